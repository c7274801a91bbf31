import knexFrom, { type Knex } from 'knex'
import type pg from 'pg'
import { type EmbeddedOptions, startEmbedded } from './embedded.ts'
import { query, sqlText } from './query.ts'
import { begin, type Isolation, type Queryable, type Session, sendOn, sessionOn } from './session.ts'
import { valueTypes } from './value_types.ts'

export type { Answer, Isolation, Queryable, Session } from './session.ts'

/** A pool of connections to one database. */
export type Database = Queryable & {
    readonly url: string
    /** For what takes a knex (the migrator); statements go through query.ts. */
    readonly knex: Knex
    /** Connections beside the pool, each for one piece of work at a time (withConnection). */
    readonly pinned: Knex
    /** Ends the connections when the statements under way have ended, and lets go of the embedded server. */
    close(): Promise<void>
}

export type DatabaseOptions = {
    /** Most connections the pool may have; pinned ones come on top. Default 10. */
    max?: number
    /** Shown by the server beside the session. */
    name?: string
    embedded?: EmbeddedOptions
}

const OLDEST_VERSION = 150000
const KEEP_ALIVE_MS = 15_000
/** More than any process ever needs at once, so that nothing waits for one. */
const MOST_PINNED = 100

/**
 * Opens a pool: on `url`, or else DATABASE_URL, or else the embedded PostgreSQL. bigint, numeric and times come back
 * as strings (value_types.ts). Throws where nothing answers, or something older than PostgreSQL 15.
 */
export async function openDatabase(url?: string, options: DatabaseOptions = {}): Promise<Database> {
    const given = url ?? process.env.DATABASE_URL
    const server = given ? null : await startEmbedded(options.embedded)
    const address = given ?? server?.url ?? ''
    const knex = openPool(address, options)
    const pinned = openPool(address, { ...options, max: MOST_PINNED })
    const db: Database = {
        url: address,
        knex,
        pinned,
        send: (text, values) => sendFromPool(knex, text, values),
        begin: (isolation, act) => begin(knex, { isolationLevel: isolation }, act),
        async close() {
            await Promise.all([knex.destroy(), pinned.destroy()])
            await server?.stop()
        },
    }
    await refuseOldServer(db)
    return db
}

/**
 * Runs `act` in a transaction of a database, of a pinned connection or, as a savepoint, of a transaction. It is
 * committed when `act` ends and rolled back when it throws, also where an error inside was caught and passed over.
 */
export async function transaction<T>(
    on: Queryable,
    act: (tx: Session) => Promise<T>,
    options: { isolation?: Isolation } = {},
): Promise<T> {
    return on.begin(options.isolation, act)
}

/**
 * Runs `act` on a connection of its own beside the pool: a full pool cannot block it. Its temporary tables, settings
 * and locks are gone at the end. After an error the connection is closed; else it is kept for the next, which finds
 * it as new: opening one takes the server longer than most of what is done on it.
 */
export async function withConnection<T>(db: Database, act: (connection: Session) => Promise<T>): Promise<T> {
    const { client } = db.pinned
    const connection: pg.Client = await client.acquireConnection()
    try {
        const result = await act(sessionOn(connection, db.knex))
        await clear(connection).catch(() => connection.end())
        return result
    } catch (error) {
        await connection.end()
        throw error
    } finally {
        await client.releaseConnection(connection)
    }
}

async function clear(connection: pg.Client): Promise<void> {
    await sendOn(connection, await sqlText('session/discard'))
    await greet(connection)
}

/**
 * Runs `act` while no other process holds the lock of this name in this database, waiting for it. The lock lives on
 * the connection that `act` is given: when that breaks, its next statement fails and the lock is free.
 */
export async function withAdvisoryLock<T>(
    db: Database,
    key: string,
    act: (connection: Session) => Promise<T>,
): Promise<T> {
    return withConnection(db, async (connection) => {
        await query(connection, 'locks/lock', { key })
        return act(connection)
    })
}

/** As withAdvisoryLock, but answers `null` at once, without running `act`, where another holds the lock. */
export async function tryAdvisoryLock<T>(
    db: Database,
    key: string,
    act: (connection: Session) => Promise<T>,
): Promise<T | null> {
    return withConnection(db, async (connection) => {
        const [lock] = await query<{ taken: boolean }>(connection, 'locks/try_lock', { key })
        return lock?.taken ? act(connection) : null
    })
}

function openPool(url: string, options: DatabaseOptions): Knex {
    return knexFrom({
        client: 'pg',
        connection: {
            connectionString: url,
            application_name: options.name ?? 'crossdock',
            keepAlive: true,
            keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
            types: valueTypes,
        },
        pool: { min: 0, max: options.max ?? 10, afterCreate: greetPooled },
        // knex tells here what it throws as well: said once is enough.
        log: { warn() {}, error() {} },
    })
}

function greetPooled(connection: pg.Client, done: (error: Error | null, connection: pg.Client) => void): void {
    greet(connection).then(
        () => done(null, connection),
        (error) => done(error, connection),
    )
}

async function greet(connection: pg.Client): Promise<void> {
    await sendOn(connection, await sqlText('session/begin'))
}

async function sendFromPool<Row>(knex: Knex, text: string, values?: readonly unknown[]) {
    const connection: pg.Client = await knex.client.acquireConnection()
    try {
        return await sendOn<Row>(connection, text, values)
    } finally {
        await knex.client.releaseConnection(connection)
    }
}

async function refuseOldServer(db: Database): Promise<void> {
    try {
        const [version] = await query<{ number: number; name: string }>(db, 'session/version')
        if (version && version.number < OLDEST_VERSION) {
            throw new Error(`Crossdock needs PostgreSQL 15 or newer; the server at DATABASE_URL is ${version.name}.`)
        }
    } catch (error) {
        await db.close()
        throw error
    }
}
