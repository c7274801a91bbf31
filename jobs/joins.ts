import { ShopifyError } from '../connectors/shopify/errors.ts'
import { type ApprovedJoin, approvedJoins, noteConnected, noteFault, takeApproved } from '../sql/joins/carry_out.ts'
import { audit } from '../sql/runs/audit.ts'
import { notify } from '../sql/runs/notices.ts'
import { type StoreRow, storeById } from '../sql/stores/stores.ts'
import { notesOn, readyToConnect, SETTINGS_NOTES, writeConnection } from './connect.ts'
import type { Job, RunContext } from './context.ts'
import { PartlyFailedError } from './execute.ts'
import { passOver } from './flow.ts'

/** The job `connect_stores`: connects the stores whose source agreed by page, or those of `args.join`. */
export const connectStores: Job = async (context, args) => {
    const { connected, failures } = await carryOut(context, args.join === undefined ? null : Number(args.join))
    const counts = { connections: connected }
    if (failures.length === 0) return { state: 'done', counts }
    throw new PartlyFailedError(failures.map(({ message }) => message).join('; '), counts, failures)
}

/** Goes on with wishes that could not be carried out before; one that fails again waits for the next run. */
export async function finishJoins(context: RunContext): Promise<void> {
    await carryOut(context, null)
}

/** One after the other; a failing one says why, and stops no other. */
async function carryOut(context: RunContext, only: number | null) {
    const connected: { [join: string]: number | null } = {}
    const failures: Error[] = []
    for (const join of await approvedJoins(context.db, context.accountId, only)) {
        const source = await storeById(context.db, context.accountId, join.source_store_id)
        const destination = await storeById(context.db, context.accountId, join.destination_store_id)
        try {
            connected[join.join_id] = await connectOne(context, join, { source, destination })
        } catch (error) {
            const stores = [source, destination]
            await passOver(context, { connections: [], stores, siblings: [], others: [] }, error)
            await fail(context, join, stores, error as Error)
            failures.push(error as Error)
        }
    }
    return { connected, failures }
}

type Pair = { source: StoreRow; destination: StoreRow }

/** Connects a pair by the settings that everybody begins with; a connection that somebody made meanwhile stays as it is. */
async function connectOne(context: RunContext, join: ApprovedJoin, { source, destination }: Pair) {
    const { accountId: account_id } = context
    const pair = { source: source.domain, destination: destination.domain, settings: settingsOf(join) }
    const ready = await readyToConnect(context, account_id, pair)
    return context.inTransaction(async (tx) => {
        const taken = await takeApproved(tx, account_id, join.join_id)
        if (taken === null) return null
        const whose = { account_id, who: join.decided_by }
        const connection_id = taken.connection_id ?? (await writeConnection(tx, whose, ready))
        await noteConnected(tx, account_id, { join_id: join.join_id, connection_id })
        await audit(tx, { ...whose, what: 'join.connected', connection_id, run_id: context.runId })
        const notes = notesOn(ready)
        if (taken.connection_id === null && notes.length > 0) {
            await notify(tx, { account_id, connection_id }, SETTINGS_NOTES, notes.join(' '))
        }
        return connection_id
    })
}

/** What each side chose; where neither did, the only locations are found by themselves. */
function settingsOf({ source_location_id: source, destination_location_id: destination }: ApprovedJoin) {
    return source && destination ? { locations: [{ source, destination }] } : {}
}

async function fail(context: RunContext, { join_id }: ApprovedJoin, stores: StoreRow[], error: Error): Promise<void> {
    const named = stores.filter(({ domain }) =>
        error instanceof ShopifyError ? error.store === domain : error.message.includes(domain),
    )
    // a sentence that names both stores is for the operator alone
    const store_id = named.length === 1 ? named[0]!.store_id : null
    await context.inTransaction((tx) => noteFault(tx, context.accountId, { join_id, fault: error.message, store_id }))
}
