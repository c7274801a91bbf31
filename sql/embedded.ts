import type { ChildProcess } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { findBinaries } from './embedded/binaries.ts'
import { type Cluster, clusterIn, ensureCluster, OWNER } from './embedded/cluster.ts'
import { homeFolder, prepareFolder } from './embedded/place.ts'
import { findPostmaster, type Postmaster, shutDown } from './embedded/postmaster.ts'
import { chooseServerUser, type ServerUser } from './embedded/server_user.ts'
import { serverArguments } from './embedded/settings.ts'
import { type Hold, hold, launch, logIn } from './embedded/watch.ts'

/** Crash recovery of a large database is the slowest start there is. */
const START_LIMIT_MS = 120_000
const POLL_MS = 15
/** A port found free may be taken before the server binds it; so may another process start the server first. */
const LAUNCH_LIMIT = 5

export type EmbeddedOptions = {
    /** The server's own folder; by default `postgres` in CROSSDOCK_HOME or in the project's `.crossdock`. */
    dir?: string
    /** For tests: fast instead of safe against power cuts, and `stop` ends the server for everybody. */
    expendable?: boolean
}

export type Embedded = {
    /** Superuser's connection string of the database `crossdock`. */
    url: string
    /** The server's folder: `cluster/data`, `cluster/password`, `server.log`. */
    dir: string
    /** Lets go of the server, which ends with its last user; that this process ends has the same effect. */
    stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that npm installed, or joins the one already running on the same folder: however many
 * processes do so at once, one server runs. A killed one is cleared away first. It listens on the loopback only.
 * Throws a sentence where the machine, the folder or the data does not allow it, with the end of the server's log.
 */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<Embedded> {
    const expected = clusterIn(options.dir ?? join(homeFolder(), 'postgres')).folder
    const user = await chooseServerUser(expected)
    const dir = await prepareFolder(options.dir, user)
    const binaries = await findBinaries(dir, user)
    const expendable = options.expendable ?? false
    const cluster = await ensureCluster(dir, binaries, user, expendable)
    const { url, share } = await joinOrLaunch({ dir, binaries, cluster, user, expendable })
    return {
        url,
        dir,
        async stop() {
            share.release()
            if (expendable) await shutDown(cluster.data)
        },
    }
}

/** Ends the server of a folder for everybody and waits until it has gone; for starting anew. */
export async function endEmbedded(dir: string): Promise<void> {
    await shutDown(clusterIn(dir).data)
}

/** Ends the server of the default folder for everybody and deletes its data. */
export async function removeEmbedded(): Promise<void> {
    const user = await chooseServerUser(clusterIn(join(homeFolder(), 'postgres')).folder)
    const { folder, data } = clusterIn(await prepareFolder(undefined, user))
    await shutDown(data)
    await rm(folder, { recursive: true, force: true })
}

type Site = { dir: string; binaries: string; cluster: Cluster; user: ServerUser; expendable: boolean }
type Joined = { url: string; share: Hold }

async function joinOrLaunch(site: Site): Promise<Joined> {
    const deadline = Date.now() + START_LIMIT_MS
    let child: ChildProcess | null = null
    let launches = 0
    while (Date.now() < deadline) {
        const running = await findPostmaster(site.cluster.data)
        const joined = running && (await joinRunning(site, running))
        if (joined) return joined
        if (!running && (!child || child.exitCode !== null || child.signalCode !== null)) {
            if (launches++ === LAUNCH_LIMIT) break
            child = await launch(site.dir, await serverCommand(site), site.user)
        }
        await setTimeout(POLL_MS)
    }
    throw new Error(`The embedded PostgreSQL in ${site.dir} did not start. Its log ends:\n${await endOfLog(site.dir)}`)
}

/** `null`: not ready yet, or about to leave; look again. */
async function joinRunning(site: Site, running: Postmaster): Promise<Joined | null> {
    if (running.status !== 'ready') return null
    const share = hold(site.dir, running.pid)
    if (!share) return null
    try {
        const url = await urlOf(site.cluster, running.port)
        // Asked again after the connection stood: a server that was leaving when we came has no reader any more.
        if ((await answers(url)) && share.isWatched()) return { url, share }
    } catch (error) {
        share.release()
        throw error
    }
    share.release()
    return null
}

async function urlOf(cluster: Cluster, port: number): Promise<string> {
    const password = (await readFile(cluster.password, 'utf8')).trim()
    return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${OWNER}`
}

/** Whether the server takes us in; a new one gets our database first. */
async function answers(url: string): Promise<boolean> {
    try {
        await connectTo(url).catch((error: { code?: string }) => {
            if (error.code !== NO_SUCH_DATABASE) throw error
            return createDatabase(url)
        })
        return true
    } catch (error) {
        if (LEAVING.has((error as { code?: string }).code ?? '')) return false
        throw error
    }
}

/** How a server that is starting or stopping turns one away. */
const LEAVING = new Set(['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])
const NO_SUCH_DATABASE = '3D000'
const DUPLICATE_DATABASE = '42P04'
const UNIQUE_VIOLATION = '23505' // two creating it at the very same time

async function createDatabase(url: string): Promise<void> {
    const statement = await readFile(join(import.meta.dirname, 'embedded', 'create_database.sql'), 'utf8')
    const maintenance = new URL(url)
    maintenance.pathname = '/postgres'
    await connectTo(maintenance.href, statement).catch((error: { code?: string }) => {
        if (error.code !== DUPLICATE_DATABASE && error.code !== UNIQUE_VIOLATION) throw error
    })
}

async function connectTo(connectionString: string, statement?: string): Promise<void> {
    const client = new pg.Client({ connectionString })
    client.on('error', () => {}) // its loss in mid-air reaches the promises below as well
    try {
        await client.connect()
        if (statement) await client.query(statement)
    } finally {
        await client.end().catch(() => {})
    }
}

async function serverCommand(site: Site): Promise<string[]> {
    const settings = await serverArguments(await freePort(), site.expendable)
    return [join(site.binaries, 'bin', 'postgres'), '-D', site.cluster.data, ...settings]
}

async function freePort(): Promise<number> {
    const probe = createServer()
    await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
    const address = probe.address()
    await new Promise((resolve) => probe.close(resolve))
    if (address === null || typeof address === 'string') throw new Error('The loopback gave no port.')
    return address.port
}

async function endOfLog(dir: string): Promise<string> {
    const text = await readFile(logIn(dir), 'utf8').catch((error: Error) => error.message)
    return text.trimEnd().split('\n').slice(-15).join('\n')
}
