import { execute, query } from '../query.ts'
import type { Queryable, Session } from '../session.ts'
import { gateOrders } from './gated.ts'

/** An order of a destination, as people look at it. Money is decimal text. */
export type OrderRow = {
    connection_id: number
    order_id: string
    name: string
    created_at: string
    financial_status: string | null
    fulfillment_status: string | null
    total: string | null
    currency: string | null
    push_state: 'pushed' | 'cancelled' | 'not_pushed'
    intent: string | null
    /** The first gate that refuses it (spec §3.1). */
    reason: string | null
    detail: string | null
    source_order_id: string | null
    source_order_name: string | null
    kind: 'order' | 'draft' | null
    mode: 'auto' | 'manual' | null
    attempts: number
    first_sent_at: string | null
    told_at: string | null
    decision: 'push' | 'hold' | null
}

export type OrderLineRow = {
    line_item_id: string
    sku: string | null
    title: string | null
    quantity: number
    current_quantity: number
    source_sku: string | null
    matched_by: string | null
    factor: number
    line_state: 'pushed' | 'stays' | 'travels' | 'refused'
    reason: string | null
    units_pushed: number
}

type Whose = { account_id: number; connection_id: number }
export type OrderFilter = {
    order_ids?: readonly string[]
    push_state?: OrderRow['push_state']
    reason?: string
    limit: number
}

/** Orders of a connection's destination, the newest first. Needs a transaction. */
export async function ordersOf(tx: Session, whose: Whose, filter: OrderFilter): Promise<OrderRow[]> {
    const { order_ids = null, push_state = null, reason = null, limit } = filter
    await gateOrders(tx, { ...whose, order_ids })
    return query<OrderRow>(tx, 'orders/orders_of', { ...whose, push_state, reason, limit })
}

/** The lines of one of the orders that `ordersOf` was just asked for, in the same transaction. */
export async function linesOf(tx: Session, whose: Whose, orderId: string): Promise<OrderLineRow[]> {
    return query<OrderLineRow>(tx, 'orders/lines_of', { ...whose, order_id: orderId })
}

export type Named = { order_id: string; name: string }

/**
 * Orders by id or name, as typed.
 * @throws naming those that are unknown, or carried by several orders.
 */
export async function ordersNamed(q: Queryable, whose: Whose, wanted: readonly string[]): Promise<Named[]> {
    type Row = { wanted: string; order_id: string | null; name: string }
    const rows = await query<Row>(q, 'orders/orders_named', { ...whose, wanted })
    const found = wanted.map((one) => rows.filter((row) => row.wanted === one && row.order_id !== null))
    const wrong = wanted.filter((_, index) => found[index]!.length !== 1)
    if (wrong.length === 0) return found.map(([row]) => ({ order_id: row!.order_id!, name: row!.name }))
    throw new Error(
        `Expected orders of the destination by name or id, but ${wrong.join(', ')} is none, or the name of several: ` +
            `see orders list --connection ${whose.connection_id}.`,
    )
}

/** Orders made from a time on until before another. */
export async function ordersBetween(q: Queryable, whose: Whose, from: Date, until: Date): Promise<Named[]> {
    return query<Named>(q, 'orders/orders_between', { ...whose, from, until })
}

export type OrderDecision = 'push' | 'hold'

/** Notes what a person says of orders; null takes it back. To push what was refused is to try it anew. */
export async function decideOrders(
    tx: Session,
    whose: Whose & { who: string },
    orderIds: readonly string[],
    decision: OrderDecision | null,
): Promise<void> {
    await execute(tx, 'orders/decide', { ...whose, order_ids: orderIds, decision })
    if (decision !== 'push') return
    const keys = { account_id: whose.account_id, connection_id: whose.connection_id }
    const waiting = await query<{ order_push_id: string }>(tx, 'orders/waiting_pushes', {
        ...keys,
        order_ids: orderIds,
    })
    for (const { order_push_id } of waiting) {
        const facts = { state: 'planned', reason: null, detail: null }
        await execute(tx, 'orders/push_not_there', { account_id: whose.account_id, order_push_id, ...facts })
    }
}
