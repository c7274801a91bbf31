import { AccessLostError } from '../../connectors/shopify/errors.ts'
import { execute } from '../../sql/query.ts'
import { notify } from '../../sql/runs/notices.ts'
import { STORE_STOPPED } from '../../sql/stores/let_in.ts'
import { stopStore } from '../../sql/stores/save.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import type { Filled } from './fill.ts'
import type { OvertakenError } from './merge.ts'
import { brokenNotice, doubtfulNotice, type SnapshotRow, snapshotById } from './snapshots.ts'

/**
 * Marks a reading broken: nothing of it was merged, what was read last stands (spec rule 72). Where access to the store
 * is lost the store stops, and nothing else happens to it (rule 90).
 */
export async function breakSnapshot(
    context: RunContext,
    store: StoreRow,
    { snapshot_id, operation }: SnapshotRow,
    error: Error,
): Promise<SnapshotRow> {
    const { account_id, domain } = store
    const reason = error.message
    context.log.warn({ store: domain, snapshot_id, operation, err: error }, 'reading broken')
    return context.inTransaction(async (tx) => {
        const ours = { account_id, snapshot_id, run_id: context.runId, reason }
        if ((await execute(tx, 'staging/break_snapshot', ours)) > 0) {
            const text = `${domain}: ${operation} could not be read. What was read last stands and nothing is deleted; the next run reads again. ${reason}`
            await notify(tx, store, brokenNotice(operation), text)
        }
        if (error instanceof AccessLostError) {
            await stopStore(tx, store, reason)
            const text = `${domain} lets us in no more: nothing is read or written there, and its stock stands, until it is given access again. ${reason}`
            await notify(tx, store, STORE_STOPPED, text)
        }
        return snapshotById(tx, account_id, snapshot_id)
    })
}

/** Marks a reading that a newer one has overtaken, and returns the newer: nobody has to know. */
export async function giveWay(
    context: RunContext,
    { account_id, domain }: StoreRow,
    { snapshot_id }: SnapshotRow,
    error: OvertakenError,
): Promise<SnapshotRow> {
    context.log.info({ store: domain, snapshot_id, by: error.by }, 'reading overtaken')
    const ours = { account_id, snapshot_id, run_id: context.runId, reason: error.message }
    await context.inTransaction((tx) => execute(tx, 'staging/break_snapshot', ours))
    return snapshotById(context.db, account_id, error.by)
}

/** Marks a reading doubtful: it is kept at the store, and merged only if a person accepts it (spec rule 73). */
export async function doubtSnapshot(
    context: RunContext,
    store: StoreRow,
    { snapshot_id, operation }: SnapshotRow,
    reason: string,
    { counts }: Filled,
): Promise<SnapshotRow> {
    const { account_id, domain } = store
    context.log.warn({ store: domain, snapshot_id, operation, reason }, 'reading doubtful')
    return context.inTransaction(async (tx) => {
        await execute(tx, 'staging/doubt_snapshot', { account_id, snapshot_id, reason, counts })
        const text = `${domain}: ${operation} is doubtful (${reason}). It is not merged, and the whole comparison of its connections waits until a person accepts it (crossdock snapshots accept ${snapshot_id}) or a later whole reading is good.`
        await notify(tx, store, doubtfulNotice(operation), text)
        return snapshotById(tx, account_id, snapshot_id)
    })
}
