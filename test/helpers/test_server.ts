import { rm } from 'node:fs/promises'
import { openDatabase } from '../../sql/database.ts'
import { startEmbedded } from '../../sql/embedded.ts'
import { migrate } from '../../sql/migrate.ts'
import { sweepTemporary, temporaryFolder } from './temporary.ts'

/** A server for tests alone, with one migrated database to clone. */
export type TestServer = {
    /** Of the database to connect to for making and dropping others. */
    url: string
    /** Name of the migrated database. */
    template: string
    stop(): Promise<void>
}

const TEMPLATE = 'migrated'

/** The server of this test run, which others stop, or one of this process's own. */
export async function findOrStartServer(): Promise<TestServer> {
    const { CROSSDOCK_TEST_SERVER: url, CROSSDOCK_TEST_TEMPLATE: template } = process.env
    return url && template ? { url, template, stop: async () => {} } : startTestServer()
}

/** Starts a server in a temporary folder and migrates its template. What killed test runs left behind is removed. */
export async function startTestServer(): Promise<TestServer> {
    await sweepTemporary()
    const dir = await temporaryFolder('server')
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

/** Sends a statement of the server itself, such as makes or drops a database. */
export async function onServer({ url }: Pick<TestServer, 'url'>, statement: string): Promise<void> {
    const connection = await openDatabase(url, { max: 1 })
    await connection.send(statement).finally(() => connection.close())
}

/**
 * Makes a database like another, to which nobody may be connected. Its files are copied: written page by page into the
 * log, as is usual, a clone takes three times as long, and each test makes one.
 */
export const cloneDatabase = (server: Pick<TestServer, 'url'>, name: string, template: string): Promise<void> =>
    onServer(server, `create database ${name} template ${template} strategy file_copy`)

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
