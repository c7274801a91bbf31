import { namedDocument } from '../../connectors/shopify/bulk_document.ts'
import {
    type BulkOperation,
    type BulkStart,
    findBulkOperation,
    waitForBulk,
} from '../../connectors/shopify/bulk_operation.ts'
import { startBulkQuery } from '../../connectors/shopify/bulk_query.ts'
import { BulkFailedError, DownloadIncompleteError } from '../../connectors/shopify/errors.ts'
import { execute } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import { type RunContext, RunLostError } from '../context.ts'
import { refuseMissingScopes } from './access.ts'
import { OvertakenError } from './merge.ts'
import type { Operation } from './operation.ts'
import type { Plan } from './plan.ts'
import { breakSnapshot, giveWay } from './settle.ts'
import { adoptOrOpen, nameOfSnapshot, type SnapshotRow } from './snapshots.ts'
import { stage } from './stage.ts'

/** Shopify may end an operation of itself, and a result may expire: it is asked for once more. */
const STARTS = 2

/**
 * Reads one operation of a store into staging. Returns its snapshot, whatever came of it: complete, doubtful or broken.
 * A doubt is judged after `judgedAfter` ends.
 * @throws only what ends the run: RunLostError, the signal's reason, a database that is gone.
 */
export async function readOperation(
    context: RunContext,
    store: StoreRow,
    plan: Plan,
    judgedAfter?: Promise<unknown>,
): Promise<SnapshotRow> {
    const { operation, kind, filter, details, lastReadAt } = plan
    const documentOf = (id: string) => namedDocument(operation.document({ store, filter, details }), nameOfSnapshot(id))
    for (let start = 1; ; start++) {
        const toOpen = { store, operation, kind, filter, lastReadAt, documentOf }
        const { snapshot, adopted } = await adoptOrOpen(context, toOpen)
        try {
            refuseMissingScopes(store, plan)
            const bulk = await (adopted ? begunBefore(context, store, snapshot) : begun(context, store, snapshot))
            const result = await resultOf(context, store, operation, snapshot, bulk)
            return await stage(context, store, operation, { ...snapshot, read_at: bulk.createdAt }, result, {
                judgedAfter,
            })
        } catch (error) {
            context.signal.throwIfAborted()
            if (error instanceof RunLostError) throw error
            if (error instanceof OvertakenError) return giveWay(context, store, snapshot, error)
            const broken = await breakSnapshot(context, store, snapshot, error as Error)
            if (start === STARTS || !mayPass(error)) return broken
        }
    }
}

function mayPass(error: unknown): boolean {
    if (error instanceof BulkFailedError) return error.errorCode !== 'ACCESS_DENIED'
    return error instanceof DownloadIncompleteError
}

/** Asks Shopify for the snapshot's document; the operation's id is saved before it is waited for. */
async function begun(context: RunContext, store: StoreRow, { snapshot_id, document }: SnapshotRow): Promise<BulkStart> {
    return saved(context, store, snapshot_id, await startBulkQuery(context.clientOf(store), document))
}

/** The operation of an adopted snapshot: the one known of, or the one an unanswered start began; else a new one. */
async function begunBefore(context: RunContext, store: StoreRow, snapshot: SnapshotRow): Promise<BulkStart> {
    const { snapshot_id, bulk_operation_id, read_at, created_at } = snapshot
    if (bulk_operation_id !== null && read_at !== null) return { id: bulk_operation_id, createdAt: read_at }
    const client = context.clientOf(store)
    const found = await findBulkOperation(client, nameOfSnapshot(snapshot_id), new Date(created_at))
    return found === null ? begun(context, store, snapshot) : saved(context, store, snapshot_id, found)
}

async function saved(
    context: RunContext,
    { account_id }: StoreRow,
    snapshot_id: string,
    { id, createdAt }: BulkStart,
): Promise<BulkStart> {
    const start = { account_id, snapshot_id, bulk_operation_id: id, read_at: createdAt }
    await context.inTransaction((tx) => execute(tx, 'staging/started_snapshot', start))
    return { id, createdAt }
}

/** Waits for an operation; what it announces is kept with the snapshot. */
async function resultOf(
    context: RunContext,
    store: StoreRow,
    operation: Operation,
    snapshot: SnapshotRow,
    { id }: BulkStart,
): Promise<BulkOperation> {
    const waiting = `${store.domain}: waiting for ${operation.name}`
    const bulk = await waitForBulk(context.clientOf(store), id, {
        signal: context.signal,
        onProgress: ({ objectCount }) => context.progress(waiting, Number(objectCount)),
    })
    const announced = {
        account_id: store.account_id,
        snapshot_id: snapshot.snapshot_id,
        done_at: bulk.completedAt,
        objects_announced: bulk.objectCount,
        result_url: bulk.url,
    }
    await context.inTransaction((tx) => execute(tx, 'staging/announced_snapshot', announced))
    return bulk
}
