import type { Session } from '../../sql/database.ts'
import { execute, parametersOf, query, queryOne } from '../../sql/query.ts'
import { endNotice } from '../../sql/runs/notices.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import type { Filled } from './fill.ts'
import type { Incoming, Operation } from './operation.ts'
import { noticeCode, type SnapshotRow, snapshotById } from './snapshots.ts'

/** After more changed rows than this the planner's figures are made anew at once, not when autovacuum gets there. */
const MANY_ROWS = 10_000

/** A whole reading that was asked for later has been merged already: this one has nothing to tell. */
export class OvertakenError extends Error {
    /** The snapshot that is newer. */
    readonly by: string

    constructor(snapshotId: string, by: string) {
        super(`Snapshot ${snapshotId} was overtaken: snapshot ${by}, asked for later, is merged already.`)
        this.name = 'OvertakenError'
        this.by = by
    }
}

/** The lock under which a store's staging rows change, for the seconds of a merge. */
export const stagingLock = ({ account_id, store_id }: StoreRow) => `staging of store ${account_id}/${store_id}`

/**
 * Merges the incoming tables of a session into staging and marks the snapshot complete, in one transaction: killed at
 * any moment, either both happened or neither. Merged by another run meanwhile, it is left as that run left it.
 * @throws OvertakenError, RunLostError
 */
export async function merge(
    context: RunContext,
    session: Session,
    store: StoreRow,
    operation: Operation,
    snapshot: SnapshotRow,
    filled: Filled,
): Promise<SnapshotRow> {
    const { account_id, store_id } = store
    const { snapshot_id, read_at, kind } = snapshot
    const changed = new Map<string, number>()
    const merged = await context.inTransaction(async (tx) => {
        await query(tx, 'locks/lock_in_transaction', { key: stagingLock(store) })
        const begun = await begin(tx, store, operation, snapshot)
        if (begun.is_merged) return snapshotById(tx, account_id, snapshot_id)
        await query(tx, 'staging/tune')
        const parameters = { account_id, store_id, read_at, merged_at: begun.merged_at, whole: kind === 'full' }
        await mergeTables(tx, operation.tables, parameters, changed)
        await execute(tx, 'staging/complete_snapshot', {
            account_id,
            snapshot_id,
            counts: filled.counts,
            rows_staged: filled.lines,
            merged_at: begun.merged_at,
        })
        await endNotice(tx, { account_id, store_id }, noticeCode(operation.name))
        return snapshotById(tx, account_id, snapshot_id)
    }, session)
    const grown = [...changed].filter(([, rows]) => rows > MANY_ROWS).map(([table]) => table)
    if (grown.length > 0) await query(session, 'staging/analyze_staging', {}, { tables: grown })
    context.log.info({ store: store.domain, snapshot_id, changed: Object.fromEntries(changed) }, 'reading merged')
    return merged
}

type Begun = { is_merged: boolean; merged_at: string; overtaken_by: string | null }

async function begin(tx: Session, store: StoreRow, operation: Operation, snapshot: SnapshotRow): Promise<Begun> {
    const begun = await queryOne<Begun>(tx, 'staging/begin_merge', {
        account_id: store.account_id,
        snapshot_id: snapshot.snapshot_id,
        whole_in: operation.wholeIn ?? operation.name,
    })
    if (!begun.is_merged && begun.overtaken_by) throw new OvertakenError(snapshot.snapshot_id, begun.overtaken_by)
    return begun
}

type MergeParameters = {
    account_id: number
    store_id: number
    read_at: string | null
    merged_at: string
    whole: boolean
}

/** Parents are merged before their children, and taken away after them. `changed` counts rows by staging table. */
async function mergeTables(
    tx: Session,
    tables: readonly Incoming[],
    parameters: MergeParameters,
    changed: Map<string, number>,
): Promise<void> {
    for (const { name, key } of tables) {
        await execute(tx, 'staging/remove_repeated', {}, { table: [name], key: [...key] })
    }
    const steps = [
        ...tables.map((table) => ({ table, statement: table.merge })),
        ...tables.toReversed().map((table) => ({ table, statement: table.remove })),
    ]
    for (const { table, statement } of steps) {
        if (statement === undefined) continue
        const names = await parametersOf(statement, table.lists)
        const taken = Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)))
        const rows = await execute(tx, statement, taken, table.lists)
        changed.set(table.name, (changed.get(table.name) ?? 0) + rows)
    }
}
