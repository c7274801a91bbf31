import { after } from 'node:test'
import { type Database, openDatabase } from '../../sql/database.ts'
import { startTestServer, type TestServer, urlOf } from './test_server.ts'

/** Anything that runs a function at its end: a test's context, or `{ after }` of node:test for a whole file. */
export type Scope = { after(end: () => Promise<void>): void }

let server: Promise<TestServer> | null = null
let clones = 0

/** A test file run by itself has no server waiting for it, and ends the one it started. */
after(async () => {
    if (server && !process.env.CROSSDOCK_TEST_SERVER) await (await server).stop()
})

/**
 * A database of its own for a test or a file: a clone of the migrated one, dropped at the end of `scope`.
 * `migrated: false` gives an empty one.
 */
export async function testDatabase(
    scope: Scope,
    options: { migrated?: boolean; max?: number } = {},
): Promise<{ db: Database; url: string }> {
    const { url: serverUrl, template } = await testServer()
    const name = `test_${process.pid}_${++clones}`
    const source = options.migrated === false ? 'template0' : template
    await onServer(serverUrl, `create database ${name} template ${source}`)
    const url = urlOf(serverUrl, name)
    const db = await openDatabase(url, { max: options.max ?? 4 })
    scope.after(async () => {
        await db.close()
        await onServer(serverUrl, `drop database ${name} with (force)`)
    })
    return { db, url }
}

/** The server of this test run, or one of this process's own. */
export function testServer(): Promise<TestServer> {
    server ??= findOrStart()
    return server
}

async function findOrStart(): Promise<TestServer> {
    const { CROSSDOCK_TEST_SERVER: url, CROSSDOCK_TEST_TEMPLATE: template } = process.env
    return url && template ? { url, template, stop: async () => {} } : startTestServer()
}

async function onServer(url: string, statement: string): Promise<void> {
    const connection = await openDatabase(url, { max: 1 })
    await connection.send(statement).finally(() => connection.close())
}
