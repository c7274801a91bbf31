import { heldSets } from '../sql/changes/changes.ts'
import { lookAtSkus } from '../sql/health/look.ts'
import { compareConnection } from './compare.ts'
import type { Job, JobResult, RunContext } from './context.ts'
import { PartlyFailedError } from './execute.ts'
import { acceptSnapshot } from './extract.ts'
import { type Extent, extentOf, passOver } from './flow.ts'
import { loadConnection } from './load.ts'
import { cameOut, pushNow } from './readings.ts'
import { rollBack } from './rollback.ts'
import { refreshStock } from './stock/refresh.ts'

/** The job `compare`: compares whole what was last read, for the connections its arguments mean. */
export const compare: Job = async (context, args) => {
    const extent = await extentOf(context, args)
    return forEach(context, extent, async (connection) => {
        const sets = await compareConnection(context, connection, { whole: true })
        await context.inTransaction((tx) => lookAtSkus(tx, connection, context.runId))
        return {
            sets: sets.map(({ kind, state, counts, change_set_id }) => ({
                change_set: change_set_id,
                kind,
                state,
                counts,
            })),
        }
    })
}

/** The job `load`: writes the approved sets of the connections its arguments mean; with `dry_run` it only says what. */
export const load: Job = async (context, args) => {
    const extent = await extentOf(context, args)
    if (args.dry_run !== true) await refreshStock(context, extent)
    return forEach(context, extent, async (connection) => {
        const loaded = await loadConnection(context, connection, { dryRun: args.dry_run === true })
        await context.inTransaction((tx) => lookAtSkus(tx, connection, context.runId))
        return loaded
    })
}

/**
 * The job `push_orders`: reads the orders of the stores its arguments mean, and pushes those that no gate refuses; with
 * `whole` it reads all of them, with `dry_run` it only reads.
 */
export const pushOrders: Job = async (context, args) => {
    const extent = await extentOf(context, args)
    const readings = await pushNow(context, extent, {
        reading: args.whole === true ? 'full' : 'incremental',
        dryRun: args.dry_run === true,
    })
    const stores = extent.stores.map(({ domain, store_id }) => [domain, cameOut(readings.get(store_id))] as const)
    const unread = stores.filter(([, reading]) => reading !== 'complete').map(([domain]) => domain)
    const counts = { stores: Object.fromEntries(stores) }
    if (unread.length === 0) return { state: 'done', counts }
    throw new PartlyFailedError(`${unread.join(' and ')} could not be read: see crossdock status.`, counts, [])
}

/** The job `rollback` of one change set (rule 87). */
export const rollback: Job = async (context, args) => {
    const counts = await rollBack(context, String(args.change_set), { stock: args.stock === true })
    return { state: 'done', counts }
}

/** The job `accept_snapshot`: merges a doubtful reading that a person believes (rule 73). */
export const acceptDoubtful: Job = async (context, args) => {
    const { snapshot_id, operation, counts } = await acceptSnapshot(context, String(args.snapshot))
    return { state: 'done', counts: { snapshot: snapshot_id, operation, counts } }
}

/** One connection after the other; a failing one stops no other, and all failures are told at the end. */
async function forEach(
    context: RunContext,
    extent: Extent,
    act: (connection: Extent['connections'][number]) => Promise<JobResult['counts']>,
): Promise<JobResult> {
    const counts: { [connection: string]: JobResult['counts'] } = {}
    const failures: unknown[] = []
    for (const connection of extent.connections) {
        try {
            counts[connection.connection_id] = await act(connection)
        } catch (error) {
            await passOver(context, extent, error)
            failures.push(error)
        }
    }
    if (failures.length > 0) {
        throw new PartlyFailedError(failures.map((error) => (error as Error).message).join('; '), counts, failures)
    }
    const ids = extent.connections.map(({ connection_id }) => connection_id)
    const held = await heldSets(context.db, context.accountId, ids)
    return { state: held.length > 0 ? 'held' : 'done', counts: { connections: counts, held } }
}
