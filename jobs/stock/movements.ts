import { execute, type Parameters, queryOne } from '../../sql/query.ts'
import type { Session } from '../../sql/session.ts'
import type { ConnectionRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'

/** Rows changed by a transaction that began before this was last done and ended after it must not slip through. */
const MERGE_MINUTES = 15

/**
 * Brings a connection's movements up to what its destination's orders now say (rules 17 to 25, 21a, 21b): what counts is
 * subtracted until the source shows it, what came back is added, what the source need not be told of is closed.
 * `whole` looks at every order that is kept, otherwise at those that moved since it was last done. The same orders give
 * the same movements: their origins are unique.
 */
export async function refreshMovements(context: RunContext, connection: ConnectionRow, whole: boolean): Promise<void> {
    if (connection.settings.orders === 'none') return
    await context.inTransaction(async (tx) => {
        const keys = keysOf(connection)
        const order_ids = whole || connection.movements_at === null ? null : await touchedOrders(tx, connection)
        if (order_ids === null) for (const file of ['diff/tune', 'diff/tune_whole']) await execute(tx, file)
        await execute(tx, 'diff/sold', { ...keys, order_ids, products: null })
        await execute(tx, 'diff/given_back', keys)
        await execute(tx, 'stock/analyze_sold')
        // Before it is said where the source was told: here counts where the units were.
        await execute(tx, 'stock/effects', keys)
        await execute(tx, 'stock/stay_told', keys)
        await execute(tx, 'stock/untold_edits', keys)
        await execute(tx, 'stock/restocks', keys)
        const pushes = connection.settings.orders === 'order_push'
        await execute(tx, 'stock/sales', { ...keys, pushes, order_location: await orderLocation(tx, connection) })
        await execute(tx, 'stock/edits', { ...keys, pushes })
        // What came back of a pushed order its mirror makes the source show, or brought from there (rule 24).
        for (const step of ['leave', 'assign', 'tell']) await execute(tx, `mirror/${step}_movements`, keys)
        await execute(tx, 'stock/close_unsent', { ...keys, order_ids, pushes })
        await execute(tx, 'stock/counted', keys)
    })
}

const keysOf = ({ account_id, connection_id }: ConnectionRow): Parameters => ({ account_id, connection_id })

async function touchedOrders(tx: Session, connection: ConnectionRow): Promise<string[]> {
    const since = new Date(Date.parse(connection.movements_at ?? '') - MERGE_MINUTES * 60_000)
    const asked = { ...keysOf(connection), destination: connection.destination_store_id, since }
    const { orders } = await queryOne<{ orders: string[] | null }>(tx, 'stock/touched_orders', asked)
    return orders ?? []
}

/** The source location of sales that are assigned to none, where the settings name one (rule 21a). */
async function orderLocation(tx: Session, connection: ConnectionRow): Promise<string | null> {
    const name = connection.settings.order_location
    if (name === null) return null
    const asked = { account_id: connection.account_id, store_id: connection.source_store_id, name }
    return (await queryOne<{ location_id: string | null }>(tx, 'stock/location_named', asked)).location_id
}
