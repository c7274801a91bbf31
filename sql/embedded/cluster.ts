import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isAlive } from './postmaster.ts'
import type { ServerUser } from './server_user.ts'

const run = promisify(execFile)

/** PostgreSQL's major version in the npm package; data of another one cannot be opened by it. */
const MAJOR = '18'

/** The superuser, and the database that Crossdock lives in. */
export const OWNER = 'crossdock'

/** The folder of one database cluster: its data and the password to it, which are useless apart. */
export type Cluster = { folder: string; data: string; password: string }

/** Where a server's folder keeps its cluster. */
export function clusterIn(folder: string): Cluster {
    const cluster = join(folder, 'cluster')
    return { folder: cluster, data: join(cluster, 'data'), password: join(cluster, 'password') }
}

/**
 * Makes the cluster unless it is there. It is made under another name and renamed when whole: so a killed start
 * leaves no half of one, and of two processes making it at once the slower takes the other's.
 */
export async function ensureCluster(
    folder: string,
    binaries: string,
    user: ServerUser,
    expendable: boolean,
): Promise<Cluster> {
    const cluster = clusterIn(folder)
    if (await hasData(cluster)) return cluster
    await sweep(folder)
    const fresh = await makeCluster(folder, binaries, user, expendable)
    await rename(fresh, cluster.folder).catch(async (error: NodeJS.ErrnoException) => {
        await rm(fresh, { recursive: true, force: true })
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
    return cluster
}

async function hasData(cluster: Cluster): Promise<boolean> {
    const version = await readFile(join(cluster.data, 'PG_VERSION'), 'utf8').catch(() => null)
    if (version === null) return false
    if (version.trim() !== MAJOR) {
        throw new Error(
            `${cluster.data} was made by PostgreSQL ${version.trim()}, this is ${MAJOR}. ` +
                'Move the data over with pg_dump and pg_restore, or name another folder in CROSSDOCK_HOME.',
        )
    }
    return true
}

async function makeCluster(folder: string, binaries: string, user: ServerUser, expendable: boolean): Promise<string> {
    const fresh = join(folder, `cluster.${process.pid}.${randomBytes(4).toString('hex')}`)
    const password = join(fresh, 'password')
    await mkdir(fresh, { mode: 0o700 })
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (user) for (const path of [fresh, password]) await chown(path, user.uid, user.gid)
    const access = ['--username', OWNER, '--pwfile', password, '--auth', 'scram-sha-256']
    // The built-in collation orders alike on every machine and in every version of its libraries.
    const locale = [
        '--encoding',
        'UTF8',
        '--locale',
        'C',
        '--locale-provider',
        'builtin',
        '--builtin-locale',
        'C.UTF-8',
    ]
    const haste = expendable ? ['--no-sync'] : []
    const settings = ['--pgdata', join(fresh, 'data'), ...access, ...locale, ...haste]
    await run(join(binaries, 'bin', 'initdb'), settings, {
        ...user,
        cwd: folder,
        env: { PATH: process.env.PATH, LC_ALL: 'C' },
    })
    return fresh
}

/** Removes what a start that was killed while it made a cluster left behind. */
async function sweep(folder: string): Promise<void> {
    for (const name of await readdir(folder)) {
        const maker = /^cluster\.(\d+)\./.exec(name)?.[1]
        if (maker && !isAlive(Number(maker))) await rm(join(folder, name), { recursive: true, force: true })
    }
}
