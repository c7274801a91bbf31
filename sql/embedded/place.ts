import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { mayUse, type ServerUser } from './server_user.ts'

const projectFolder = dirname(dirname(import.meta.dirname))

/** The folder of everything this installation keeps: CROSSDOCK_HOME, or else `.crossdock` in the project. */
export function homeFolder(): string {
    return resolve(process.env.CROSSDOCK_HOME || join(projectFolder, '.crossdock'))
}

/**
 * Makes the server's folder and gives it to the server's user. Where that user may not enter the project (root's
 * home, mostly), a folder outside is taken, always the same for the same project, and its path is noted beside where
 * it would have been. Throws where a folder asked for by name cannot be used.
 */
export async function prepareFolder(wanted: string | undefined, user: ServerUser): Promise<string> {
    const folder = wanted ?? join(homeFolder(), 'postgres')
    await mkdir(folder, { recursive: true })
    if (await give(folder, user)) return folder
    if (wanted || !user) {
        throw new Error(`PostgreSQL's user ${user?.uid ?? process.getuid?.()} cannot write to ${folder}.`)
    }
    const outside = await outsideFolder(folder, user)
    await writeFile(`${folder}.is_elsewhere`, `${outside}\n`)
    return outside
}

/** Where `prepareFolder` puts a project's server that must live outside the project. */
async function outsideFolder(inside: string, user: ServerUser): Promise<string> {
    const name = `crossdock-${createHash('sha256').update(inside).digest('hex').slice(0, 12)}`
    for (const base of ['/var/lib', tmpdir()]) {
        const folder = join(base, name)
        await mkdir(folder).catch(() => null)
        const found = await lstat(folder).catch(() => null)
        // In a folder that everybody may write to, a stranger could have laid out binaries for us to run.
        const ours = found?.isDirectory() && (found.uid === 0 || found.uid === user?.uid)
        if (ours && (await give(folder, user))) return folder
    }
    throw new Error(`No folder for the embedded PostgreSQL: its user may enter neither ${inside} nor /var/lib/${name}.`)
}

async function give(folder: string, user: ServerUser): Promise<boolean> {
    if (user) {
        await chown(folder, user.uid, user.gid)
        await chmod(folder, 0o700)
    }
    return mayUse(user, folder)
}
