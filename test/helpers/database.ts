import { after } from 'node:test'
import { type Database, openDatabase } from '../../sql/database.ts'
import { cloneDatabase, findOrStartServer, onServer, type TestServer, urlOf } from './test_server.ts'

/** What ends with a test: its context `t`. */
export type Scope = { after(end: () => Promise<void>): void }

let server: Promise<TestServer> | null = null
let clones = 0
/** Databases still there, by name, with what removes them. */
const open = new Map<string, () => Promise<void>>()

// Databases first: a file run by itself has started the server they are on, and ends it here.
after(async () => {
    for (const remove of open.values()) await remove()
    await (await server)?.stop()
})

/**
 * A database of its own: a clone of the migrated one, an empty one with `migrated: false`, or a clone of the one whose name
 * is `like`, to which nobody may be connected. Given a test's `t` it is dropped at that test's end. Without, at the file's
 * end: then call it at the top of the file (`const { db } = await testDatabase()`), for an `after` inside a `before` comes
 * too early.
 */
export async function testDatabase(
    scope?: Scope,
    options: { migrated?: boolean; max?: number; like?: string } = {},
): Promise<{ db: Database; url: string }> {
    const its = await testServer()
    const name = `test_${process.pid}_${++clones}`
    const source = options.like ?? (options.migrated === false ? 'template0' : its.template)
    await cloneDatabase(its, name, source)
    const url = urlOf(its.url, name)
    const db = await openDatabase(url, { max: options.max ?? 4 })
    const remove = async () => {
        if (!open.delete(name)) return
        await db.close()
        await onServer(its, `drop database ${name} with (force)`)
    }
    open.set(name, remove)
    scope?.after(remove)
    return { db, url }
}

/** The server of this test run, or one of this process's own. */
export function testServer(): Promise<TestServer> {
    server ??= findOrStartServer()
    return server
}

/** Whether a statement waits for what another has locked. */
export async function somebodyWaits(db: Database): Promise<boolean> {
    const { rowCount } = await db.send(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rowCount !== 0
}
