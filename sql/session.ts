import type { Knex } from 'knex'
import type pg from 'pg'

/** What PostgreSQL answered to one statement; of several, to the last. */
export type Answer<Row> = { rows: Row[]; rowCount: number }

export type Isolation = 'read committed' | 'repeatable read' | 'serializable'

/** Whatever a statement can be sent to: the pool, a transaction, a pinned connection. */
export type Queryable = {
    /** Sends SQL as PostgreSQL reads it, values as `$1…`; without values several statements may come at once. */
    send<Row>(text: string, values?: readonly unknown[]): Promise<Answer<Row>>
    /** Opens a transaction here; inside another one, a savepoint. Use `transaction` of database.ts. */
    begin<T>(isolation: Isolation | undefined, act: (tx: Session) => Promise<T>): Promise<T>
}

/** A Queryable that stays on one connection: temporary tables, COPY and session locks work. */
export type Session = Queryable & { readonly connection: pg.Client }

/** A session over a connection; `knex` is where its transactions open: the pool's, or an outer transaction's. */
export function sessionOn(connection: pg.Client, knex: Knex): Session {
    return {
        connection,
        send: (text, values) => sendOn(connection, text, values),
        begin(isolation, act) {
            // An open transaction is passed on by `knex` itself; a pinned connection has to be named.
            const place = knex.isTransaction ? {} : { connection }
            return begin(knex, { ...place, isolationLevel: isolation }, act)
        },
    }
}

/** Runs `act` in a transaction: its end commits, its error rolls back. */
export async function begin<T>(
    knex: Knex,
    options: Knex.TransactionConfig,
    act: (tx: Session) => Promise<T>,
): Promise<T> {
    return keepFirstError((keep) =>
        knex.transaction(async (tx) => {
            const connection: pg.Client = await tx.client.acquireConnection() // always the transaction's own
            const result = await act(sessionOn(connection, tx)).catch(keep)
            await refuseIfFailed(connection)
            return result
        }, options),
    )
}

/**
 * Where a connection breaks inside a transaction, the rollback fails too, and knex throws that instead of the cause.
 * Here the error that `keep` was shown is thrown whatever follows from it.
 */
export async function keepFirstError<T>(run: (keep: (error: unknown) => never) => Promise<T>): Promise<T> {
    const first: unknown[] = []
    const keep = (error: unknown): never => {
        first.push(error)
        throw error
    }
    return run(keep).catch((error) => {
        throw first.length > 0 ? first[0] : error
    })
}

/** Sends over one connection. */
export async function sendOn<Row>(
    connection: pg.Client,
    text: string,
    values?: readonly unknown[],
): Promise<Answer<Row>> {
    const answer: pg.QueryResult | pg.QueryResult[] = await connection.query(text, values as unknown[])
    const last = Array.isArray(answer) ? answer.at(-1) : answer
    return { rows: (last?.rows ?? []) as Row[], rowCount: last?.rowCount ?? 0 }
}

/** What @types/pg leaves out of node-pg's client. */
type WithStatus = { readyForQuery?: boolean; getTransactionStatus?(): string | null }

const FAILED = 'E'

/** PostgreSQL answers the commit of a failed transaction with a rollback and no error; knex calls that success. */
async function refuseIfFailed(connection: pg.Client & WithStatus): Promise<void> {
    // An error arrives before the status that follows it.
    if (!connection.readyForQuery) await connection.query('')
    if (connection.getTransactionStatus?.() !== FAILED) return
    throw new Error(
        'A statement of this transaction failed and its error was caught, so nothing of it can be committed. ' +
            'Put what may fail into a transaction of its own inside this one.',
    )
}
