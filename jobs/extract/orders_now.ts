import { type PagedAsk, pagedLines } from '../../connectors/shopify/paged_query.ts'
import { scopesOfOrders } from '../../connectors/shopify/scopes.ts'
import { type Queryable, withConnection } from '../../sql/database.ts'
import { execute, queryOne } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import { type RunContext, RunLostError } from '../context.ts'
import { refuseMissingScopes, withScopes } from './access.ts'
import { asksOfOrders } from './asks_of_orders.ts'
import { fill } from './fill.ts'
import { finish } from './finish.ts'
import { merge, OvertakenError } from './merge.ts'
import type { Operation } from './operation.ts'
import { fulfillmentOrders } from './operations/fulfillment_orders.ts'
import { orders } from './operations/orders.ts'
import { lagBefore, movedSince } from './plan.ts'
import { breakSnapshot, giveWay } from './settle.ts'
import { abandon, lastReadings, type SnapshotRow, snapshotById } from './snapshots.ts'

/**
 * The readings of orders by plain queries, under names of their own: they are nothing that an incremental reading could
 * build on. They ask for what that asks for, as an order may be pushed by what they brought. Fulfilment orders last, so
 * that each order that came is assigned.
 */
const operationsNow: readonly (Operation & { wholeIn: string })[] = [orders, fulfillmentOrders].map((operation) => ({
    ...operation,
    name: `${operation.name}_now`,
    wholeIn: operation.name,
}))

/** Their names, as `snapshots` keeps them. */
export const readNow: readonly string[] = operationsNow.map(({ name }) => name)

/**
 * Reads at once the orders that moved since the last reading (or since a time), with the index's lag, by plain queries:
 * for a few, after a quantity write was refused as stale (rule 33). Returns the snapshot of each reading, complete or
 * broken; none of a store whose orders nobody needs.
 * @throws where its orders were never read whole; what ends the run.
 */
export async function readOrdersNow(
    context: RunContext,
    row: StoreRow,
    { since }: { since?: string } = {},
): Promise<SnapshotRow[]> {
    const { needed, since: first, details } = await asksOfOrders(context.db, row)
    if (!needed) return []
    const scopes = scopesOfOrders(details)
    const store = await withScopes(
        context,
        row,
        operationsNow.map((operation) => ({ operation, scopes })),
    )
    await context.inTransaction((tx) => abandon(context, store, tx, { operations: [...readNow], adopted: null }))
    const snapshots: SnapshotRow[] = []
    for (const operation of operationsNow) {
        const from = since ?? (await lastReadings(context.db, store, operation.wholeIn, operation.wholeIn)).read_at
        if (from === null) {
            throw new Error(
                `${store.domain}: expected orders that were read whole, came none. ` +
                    `Read the store first: crossdock run extract --store ${store.domain}.`,
            )
        }
        const ask = { operation, moved: lagBefore(from), created: new Date(first ?? 0), details, scopes }
        snapshots.push(await readSince(context, store, ask))
    }
    return snapshots
}

/** Whether orders were read of which the reading of fulfilment orders may be too old to say where they are (rule 21a). */
export async function areUnassigned(q: Queryable, { account_id, store_id }: StoreRow): Promise<boolean> {
    return (await queryOne<{ is_so: boolean }>(q, 'staging/are_unassigned', { account_id, store_id })).is_so
}

type Ask = {
    operation: Operation
    moved: Date
    /** Orders older than this never count (D5). */
    created: Date
    details: readonly string[]
    scopes: readonly string[]
}

async function readSince(context: RunContext, store: StoreRow, ask: Ask): Promise<SnapshotRow> {
    const { operation } = ask
    const document = operation.document({ store, filter: null, details: [...ask.details] })
    const snapshot = await opened(context, store, ask, document)
    try {
        refuseMissingScopes(store, ask)
        return await finish(context, store, operation, await merged(context, store, ask, snapshot))
    } catch (error) {
        context.signal.throwIfAborted()
        if (error instanceof RunLostError) throw error
        if (error instanceof OvertakenError) return giveWay(context, store, snapshot, error)
        return breakSnapshot(context, store, snapshot, error as Error)
    }
}

async function opened(context: RunContext, store: StoreRow, ask: Ask, document: string): Promise<SnapshotRow> {
    const { account_id, store_id } = store
    const about = { account_id, store_id, run_id: context.runId, operation: ask.operation.name }
    return context.inTransaction(async (tx) => {
        const opening = { ...about, kind: 'incremental', filter: movedSince(ask.moved) }
        const { snapshot_id } = await queryOne<{ snapshot_id: string }>(tx, 'staging/open_snapshot', opening)
        await execute(tx, 'staging/name_snapshot', { account_id, snapshot_id, document })
        return snapshotById(tx, account_id, snapshot_id)
    })
}

/** Its rows in staging, as what was read when the store gave its first answer. */
async function merged(
    context: RunContext,
    store: StoreRow,
    { operation, moved, created }: Ask,
    snapshot: SnapshotRow,
): Promise<SnapshotRow> {
    let read_at: string | null = null
    const paged: PagedAsk = {
        document: snapshot.document,
        since: moved,
        wanted: ({ createdAt }) => createdAt === undefined || Date.parse(String(createdAt)) >= created.getTime(),
        told: (at) => {
            read_at = at?.toISOString() ?? null
        },
    }
    return withConnection(context.db, async (session) => {
        const filled = await fill(session, operation.tables, pagedLines(context.clientOf(store), paged))
        if (read_at === null) throw new Error(`${store.domain}: expected a Date header with its answer, came none.`)
        const { account_id } = store
        const { snapshot_id } = snapshot
        const start = { account_id, snapshot_id, bulk_operation_id: null, read_at }
        await context.inTransaction((tx) => execute(tx, 'staging/started_snapshot', start))
        return merge(context, session, store, operation, { ...snapshot, read_at }, filled)
    })
}
