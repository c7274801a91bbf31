import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../sql/database.ts'
import { endEmbedded, startEmbedded } from '../../sql/embedded.ts'
import { migrate } from '../../sql/migrate.ts'

/** A server for tests alone, with one migrated database to clone. */
export type TestServer = {
    /** Of the database to connect to for making and dropping others. */
    url: string
    /** Name of the migrated database. */
    template: string
    stop(): Promise<void>
}

const PREFIX = 'crossdock-test-'
const TEMPLATE = 'migrated'

/** The server of this test run, which others stop, or one of this process's own. */
export async function findOrStartServer(): Promise<TestServer> {
    const { CROSSDOCK_TEST_SERVER: url, CROSSDOCK_TEST_TEMPLATE: template } = process.env
    return url && template ? { url, template, stop: async () => {} } : startTestServer()
}

/** Starts a server in a temporary folder and migrates its template. What killed test runs left behind is removed. */
export async function startTestServer(): Promise<TestServer> {
    await sweep()
    const dir = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
    const server = await startEmbedded({ dir, expendable: true })
    const stop = async () => {
        await server.stop()
        await rm(dir, { recursive: true, force: true })
    }
    try {
        await makeTemplate(server.url)
    } catch (error) {
        await stop()
        throw error
    }
    return { url: server.url, template: TEMPLATE, stop }
}

/** The same server's connection string for another database. */
export function urlOf(url: string, database: string): string {
    const other = new URL(url)
    other.pathname = `/${database}`
    return other.href
}

async function makeTemplate(url: string): Promise<void> {
    const server = await openDatabase(url, { max: 1 })
    await server.send(`create database ${TEMPLATE}`)
    await server.close()
    const template = await openDatabase(urlOf(url, TEMPLATE), { max: 2 })
    await migrate(template)
    await template.close()
}

/** The folder's name holds the process that made it. */
async function sweep(): Promise<void> {
    for (const name of await readdir(tmpdir())) {
        const maker = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
        if (!maker || exists(Number(maker))) continue
        await endEmbedded(join(tmpdir(), name))
        await rm(join(tmpdir(), name), { recursive: true, force: true })
    }
}

function exists(pid: number): boolean {
    try {
        return process.kill(pid, 0)
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM'
    }
}
