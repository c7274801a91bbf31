import type { Session } from '../../sql/database.ts'
import { execute, type Parameters, parametersOf, query, queryOne } from '../../sql/query.ts'
import { endNotice } from '../../sql/runs/notices.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import type { Filled } from './fill.ts'
import type { Incoming, Kind, Operation } from './operation.ts'
import { brokenNotice, doubtfulNotice, type SnapshotRow, snapshotById } from './snapshots.ts'

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
 * Merges the incoming tables of a session into staging and marks the snapshot complete (or merged, where something is to
 * be read yet), in one transaction: killed at any moment, either both happened or neither. Merged by another run meanwhile, it is left as that run left it.
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
        await removeRepeated(tx, operation.tables, kind)
        for (const step of stepsOf(operation.tables, begun.is_first)) {
            const rows = await runStep(tx, step, parameters)
            changed.set(step.table.name, (changed.get(step.table.name) ?? 0) + rows)
        }
        for (const { statement, lists } of operation.also ?? []) await runNamed(tx, statement, lists, parameters)
        const { counts, lines: rows_staged } = filled
        const done = { account_id, snapshot_id, counts, rows_staged, merged_at: begun.merged_at }
        if (operation.finish) await execute(tx, 'staging/merged_snapshot', { ...done, run_id: context.runId })
        else {
            await execute(tx, 'staging/complete_snapshot', done)
            await endNotices(tx, store, operation.name, kind)
        }
        return snapshotById(tx, account_id, snapshot_id)
    }, session)
    const grown = [...changed].filter(([, rows]) => rows > MANY_ROWS).map(([table]) => table)
    if (grown.length > 0) await query(session, 'staging/analyze_staging', {}, { tables: grown })
    context.log.info({ store: store.domain, snapshot_id, changed: Object.fromEntries(changed) }, 'reading merged')
    return merged
}

/** Ends what was said of an operation that is read well now; what moved since says nothing of what is missing. */
export async function endNotices(tx: Session, store: StoreRow, operation: string, kind: Kind): Promise<void> {
    await endNotice(tx, store, brokenNotice(operation))
    if (kind === 'full') await endNotice(tx, store, doubtfulNotice(operation))
}

type Begun = { is_merged: boolean; is_first: boolean; merged_at: string; overtaken_by: string | null }

async function begin(tx: Session, store: StoreRow, operation: Operation, snapshot: SnapshotRow): Promise<Begun> {
    const begun = await queryOne<Begun>(tx, 'staging/begin_merge', {
        account_id: store.account_id,
        snapshot_id: snapshot.snapshot_id,
        whole_in: operation.wholeIn ?? operation.name,
    })
    if (!begun.is_merged && begun.overtaken_by) throw new OvertakenError(snapshot.snapshot_id, begun.overtaken_by)
    return begun
}

/**
 * A whole reading goes by id and meets nothing twice, unless its first table says so or a table is known to repeat; in
 * an incremental one, ordered by time, whatever is written meanwhile comes again.
 */
async function removeRepeated(tx: Session, tables: readonly Incoming[], kind: Kind): Promise<void> {
    let again = kind === 'incremental'
    for (const [index, { name, key, repeats }] of tables.entries()) {
        if (index > 0 && !again && !repeats) continue
        const removed = await execute(tx, 'staging/remove_repeated', {}, { table: [name], key })
        again ||= index === 0 && removed > 0
    }
}

type Step = { table: Incoming; statement: string }

/** Parents are merged before their children, and taken away after them; of a first reading nothing can be gone. */
function stepsOf(tables: readonly Incoming[], isFirst: boolean): Step[] {
    const merging = tables.map((table) => ({ table, statement: table.merge }))
    const removing = isFirst ? [] : tables.toReversed().map((table) => ({ table, statement: table.remove }))
    return [...merging, ...removing].filter((step): step is Step => step.statement !== undefined)
}

const runStep = (tx: Session, { table, statement }: Step, parameters: Parameters) =>
    runNamed(tx, statement, table.lists, parameters)

/** Returns how many rows it changed; a statement is given those of the parameters that it names. */
async function runNamed(
    tx: Session,
    statement: string,
    lists: Record<string, string[]> | undefined,
    parameters: Parameters,
): Promise<number> {
    const names = await parametersOf(statement, lists)
    const taken = Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)))
    return execute(tx, statement, taken, lists)
}
