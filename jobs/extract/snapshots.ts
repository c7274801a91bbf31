import type { Queryable } from '../../sql/database.ts'
import { execute, query, queryFirst, queryOne } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import type { Kind, Operation } from './operation.ts'

/** A row of `snapshots`: one reading of one operation of one store. */
export type SnapshotRow = {
    snapshot_id: string
    store_id: number
    run_id: string | null
    operation: string
    kind: Kind
    filter: string | null
    document: string
    bulk_operation_id: string | null
    /** createdAt of the bulk operation, the store's own time. */
    read_at: string | null
    done_at: string | null
    objects_announced: string | null
    rows_staged: string | null
    /** Rows by incoming table; `others`: lines of no table. */
    counts: Record<string, number>
    state: 'reading' | 'complete' | 'doubtful' | 'broken'
    reason: string | null
    merged_at: string | null
    result_url: string | null
    created_at: string
}

/** One snapshot. Throws where the account has no such one. */
export async function snapshotById(q: Queryable, accountId: number, snapshotId: string): Promise<SnapshotRow> {
    const parameters = { account_id: accountId, snapshot_id: snapshotId, store_id: null, state: null, limit: 1 }
    const row = await queryFirst<SnapshotRow>(q, 'staging/snapshots', parameters)
    if (row === null) throw new Error(`There is no snapshot ${snapshotId}. List them: crossdock snapshots list.`)
    return row
}

/** Snapshots of an account, the newest first; of one store, or of one state. */
export async function snapshotsOf(
    q: Queryable,
    accountId: number,
    { storeId = null, state = null, limit = 100 }: { storeId?: number | null; state?: string | null; limit?: number },
): Promise<SnapshotRow[]> {
    const parameters = { account_id: accountId, snapshot_id: null, store_id: storeId, state, limit }
    return query<SnapshotRow>(q, 'staging/snapshots', parameters)
}

/**
 * `whole_at`: the last whole reading, `whole_filter` how far back it reaches; `read_at`: the last one of any kind that
 * holds what the operation reads.
 */
export type LastReadings = { whole_at: string | null; whole_filter: string | null; read_at: string | null }

export async function lastReadings(q: Queryable, store: StoreRow, operation: string, wholeIn: string) {
    const { account_id, store_id } = store
    return queryOne<LastReadings>(q, 'staging/last_readings', { account_id, store_id, operation, whole_in: wholeIn })
}

/** An operation left going is adopted up to this age: what it shows is compared with what is there now. */
const YOUNG = '2 hours'

export type ToOpen = {
    store: StoreRow
    operation: Operation
    kind: Kind
    filter: string | null
    /** The last reading: an older one has nothing new to tell. */
    lastReadAt: string | null
    /** The document under the snapshot's own name. */
    documentOf: (snapshotId: string) => string
}

/**
 * The snapshot to work on: one that an ended run left going, if there is one of this kind and young enough (spec rule
 * 75) and its operation may be of another run, else a new row, written before anything is asked. Others that were left
 * are marked broken.
 */
export async function adoptOrOpen(
    context: RunContext,
    toOpen: ToOpen,
): Promise<{ snapshot: SnapshotRow; adopted: boolean }> {
    const { store, operation, kind, filter, lastReadAt, documentOf } = toOpen
    const about = {
        account_id: store.account_id,
        store_id: store.store_id,
        run_id: context.runId,
        operation: operation.name,
    }
    return context.inTransaction(async (tx) => {
        const adoption = { ...about, kind, young: YOUNG, last_read_at: lastReadAt }
        const adopted = operation.isOfItsRun
            ? null
            : await queryFirst<{ snapshot_id: string }>(tx, 'staging/adopt_snapshot', adoption)
        await abandon(context, store, tx, { operations: [operation.name], adopted: adopted?.snapshot_id ?? null })
        if (adopted !== null) {
            return { adopted: true, snapshot: await snapshotById(tx, store.account_id, adopted.snapshot_id) }
        }
        const opening = { ...about, kind, filter }
        const { snapshot_id } = await queryOne<{ snapshot_id: string }>(tx, 'staging/open_snapshot', opening)
        const document = documentOf(snapshot_id)
        await execute(tx, 'staging/name_snapshot', { account_id: store.account_id, snapshot_id, document })
        return { adopted: false, snapshot: await snapshotById(tx, store.account_id, snapshot_id) }
    })
}

/** Marks as broken what ended runs left going of operations, but for what was adopted. */
export async function abandon(
    { runId: run_id }: RunContext,
    { account_id, store_id }: StoreRow,
    tx: Queryable,
    left: { operations: string[]; adopted: string | null },
): Promise<void> {
    await execute(tx, 'staging/abandon_snapshots', { account_id, store_id, run_id, ...left })
}

/** The document's own name, by which an unanswered start is found again. */
export const nameOfSnapshot = (snapshotId: string) => `crossdock_snapshot_${snapshotId}`

/** Notices of an operation of a store: its last reading broke; its last whole reading is doubtful. */
export const brokenNotice = (operation: string) => `snapshot_broken_${operation}`
export const doubtfulNotice = (operation: string) => `snapshot_doubtful_${operation}`
