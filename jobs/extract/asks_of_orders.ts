import type { Queryable } from '../../sql/database.ts'
import { queryOne } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'

export type AsksOfOrders = {
    needed: boolean
    /** Orders older than this never count (D5); null: every one is read. */
    since: string | null
    /** Those that moved since then are read however old they are: they explain what moved at a `two_way` store (D4). */
    older: boolean
    /** Personal data that some connection's `order_details` names (rule 71). */
    details: string[]
}

/** What the connections of a store ask of its orders (D4). */
export async function asksOfOrders(q: Queryable, { account_id, store_id }: StoreRow): Promise<AsksOfOrders> {
    return queryOne<AsksOfOrders>(q, 'staging/asks_of_orders', { account_id, store_id })
}

export const ordersAreNeeded = async (q: Queryable, store: StoreRow) => (await asksOfOrders(q, store)).needed

/** A time in Shopify's search syntax, from whole seconds. */
export const searchTime = (time: Date) => `'${time.toISOString().slice(0, 19)}Z'`

/** `created_at:>='…'`, or null from no time on. */
export function fromThenOn(field: 'created_at' | 'updated_at', since: string | null): string | null {
    return since === null ? null : `${field}:>=${searchTime(new Date(since))}`
}
