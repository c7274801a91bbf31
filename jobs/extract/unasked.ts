import { execute } from '../../sql/query.ts'
import { endNotice } from '../../sql/runs/notices.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { ORDERS_WINDOW } from './access.ts'
import { asksOfOrders } from './asks_of_orders.ts'

/** Deletes the personal data of a store's orders that no setting names any more (rule 71), and what was said of orders. */
export async function forgetUnasked(context: RunContext, store: StoreRow): Promise<void> {
    const { account_id, store_id } = store
    const { needed, details } = await asksOfOrders(context.db, store)
    await context.inTransaction(async (tx) => {
        await execute(tx, 'staging/blank_order_people', { account_id, store_id, details })
        await execute(tx, 'staging/forget_order_people', { account_id, store_id })
        if (!needed) await endNotice(tx, store, ORDERS_WINDOW)
    })
}
