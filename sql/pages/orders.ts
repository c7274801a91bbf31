import { transaction } from '../database.ts'
import {
    decideOrders,
    linesOf,
    type OrderDecision,
    type OrderLineRow,
    type OrderRow,
    ordersOf,
} from '../orders/orders.ts'
import { query, queryFirst } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'
import type { SeenConnection } from './connections.ts'
import { patternOf } from './patterns.ts'

export type SeenOrder = { order_id: string; name: string; created_at: string }

const whole = { push_state: null, pattern: null, before_at: null, before_id: null }

/** An order of a connection's destination that is in sight, or null. */
export async function seenOrder(q: Queryable, connection: SeenConnection, order_id: string): Promise<SeenOrder | null> {
    const found = { ...sightOf(connection), ...whole, order_id, limit: 1 }
    return queryFirst<SeenOrder>(q, 'pages/page_of_orders', found)
}

export type OrdersWanted = {
    push_state?: string | null
    search?: string | null
    /** Where the page before ended: `time_id` of its last order. */
    before?: string | null
    limit: number
}

/** A page of the orders in sight, each with what the gates say of it now. */
export async function seenOrders(q: Queryable, connection: SeenConnection, wanted: OrdersWanted): Promise<OrderRow[]> {
    const { push_state = null, search = null, before, limit } = wanted
    // a source sees pushed ones alone: of another state there is none, which the whole table need not be asked for
    if (connection.side === 'source' && push_state !== null && push_state !== 'pushed') return []
    const [, before_at, before_id] = /^([-0-9T:.Z]{20,30})_(\d{1,18})$/.exec(before ?? '') ?? []
    return transaction(q, async (tx) => {
        const page = await query<SeenOrder>(tx, 'pages/page_of_orders', {
            ...sightOf(connection),
            ...{ order_id: null, push_state, pattern: patternOf(search), limit },
            before_at: before_at ?? null,
            before_id: before_id ?? null,
        })
        const order_ids = page.map(({ order_id }) => order_id)
        return page.length === 0 ? [] : ordersOf(tx, whoseOf(connection), { order_ids, limit })
    })
}

/** One order with its lines; of a source's side those lines alone that were pushed to it (rule 91). */
export async function orderWithLines(
    q: Queryable,
    connection: SeenConnection,
    order_id: string,
): Promise<{ order: OrderRow; lines: OrderLineRow[] }> {
    return transaction(q, async (tx) => {
        const [order] = await ordersOf(tx, whoseOf(connection), { order_ids: [order_id], limit: 1 })
        const lines = await linesOf(tx, whoseOf(connection), order_id)
        const seen = connection.side === 'source' ? lines.filter(({ line_state }) => line_state === 'pushed') : lines
        return { order: order!, lines: seen }
    })
}

/** Notes what a person says of orders in sight: push them, hold them, or (null) nothing any more. Returns how many there were. */
export async function sayOfOrders(
    q: Queryable,
    connection: SeenConnection,
    { who, orders, decision }: { who: string; orders: readonly string[]; decision: OrderDecision | null },
): Promise<number> {
    const whose = whoseOf(connection)
    return transaction(q, async (tx) => {
        const known: string[] = []
        for (const order of orders) if (await seenOrder(tx, connection, order)) known.push(order)
        await decideOrders(tx, { ...whose, who }, known, decision)
        const detail = { orders: known, decision }
        await audit(tx, { ...whose, who, what: `orders.${decision ?? 'released'}`, detail })
        return known.length
    })
}

function whoseOf({ account_id, connection_id }: SeenConnection) {
    return { account_id, connection_id }
}

function sightOf(connection: SeenConnection) {
    const { destination_store_id: destination, side } = connection
    return { ...whoseOf(connection), destination, pushed_only: side === 'source' }
}
