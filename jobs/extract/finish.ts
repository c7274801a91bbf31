import { execute } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { endNotices } from './merge.ts'
import type { Operation } from './operation.ts'
import { type SnapshotRow, snapshotById } from './snapshots.ts'

/**
 * Reads what belongs to a merged reading and bulk queries cannot carry, and only then marks it complete (rule 76). A
 * snapshot that is not waiting for it is returned as it is.
 */
export async function finish(
    context: RunContext,
    store: StoreRow,
    operation: Operation,
    snapshot: SnapshotRow,
): Promise<SnapshotRow> {
    if (!operation.finish || snapshot.state !== 'reading' || snapshot.read_at === null) return snapshot
    const { account_id } = store
    const { snapshot_id, kind, read_at } = snapshot
    const counts = await operation.finish(context, store, read_at)
    return context.inTransaction(async (tx) => {
        const ours = { account_id, snapshot_id, run_id: context.runId, counts }
        const finished = await execute(tx, 'staging/finish_snapshot', ours)
        if (finished > 0) await endNotices(tx, store, operation.name, kind)
        return snapshotById(tx, account_id, snapshot_id)
    })
}
