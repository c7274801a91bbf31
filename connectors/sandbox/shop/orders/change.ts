import { tell } from '../happenings.ts'
import type { FulfillmentOrder, Order, SearchDocument } from '../order_rows.ts'
import { nextId, type Shop } from '../state.ts'
import { touch } from '../touch.ts'
import { financialStatus, fulfillmentStatus } from './totals.ts'

/**
 * Carries out a change of an order: what search saw before is kept while the index lags, updatedAt moves, and whoever
 * watches the shop is told that the order was `what` (created, paid, cancelled …).
 */
export function changeOrder<T>(shop: Shop, order: Order, now: number, what: string, change: () => T): T {
    const before = shop.settings.indexLagMs > 0 ? seenOrder(shop, order, now) : null
    const result = change()
    if (before) order.indexed = before
    order.updatedAt = Math.max(now, order.updatedAt)
    tell(shop, { kind: 'order', at: now, what, orderId: order.id, name: order.name, status: financialStatus(order) })
    return result
}

/** The order as search sees it now; null while it is too new to be in the index at all. */
export function seenOrder(shop: Shop, order: Order, now: number): SearchDocument | null {
    const lag = shop.settings.indexLagMs
    if (lag > 0 && order.createdAt > now - lag) return null
    const hidden = lag > 0 && order.updatedAt > now - lag
    return hidden && order.indexed ? order.indexed : documentOf(order)
}

function documentOf(order: Order): SearchDocument {
    const { name, updatedAt, note, sourceIdentifier } = order
    return {
        ...{ name, updatedAt, note, sourceIdentifier, tags: [...order.tags] },
        financialStatus: financialStatus(order),
        fulfillmentStatus: fulfillmentStatus(order),
        closed: order.closedAt !== null,
        cancelled: order.cancelledAt !== null,
        metafields: order.metafields.map(({ namespace, key, value }) => ({ namespace, key, value })),
    }
}

/** The next id for something that lies within an order. */
export function partId(shop: Shop, order: Order): number {
    const id = nextId(shop)
    shop.orderParts.set(id, order.id)
    return id
}

/** An order that is shipped and paid is archived by itself (recorded). */
export function closeIfDone(order: Order, now: number) {
    const done = financialStatus(order) === 'PAID' && fulfillmentStatus(order) === 'FULFILLED'
    if (done) order.closedAt ??= now
}

/** Moves a fulfilment order's updatedAt and closes it when nothing is left to ship. */
export function touchFulfillmentOrder(shop: Shop, row: FulfillmentOrder, now: number) {
    const left = row.lines.some(({ remainingQuantity }) => remainingQuantity > 0)
    const shipped = row.lines.some(({ remainingQuantity, totalQuantity }) => remainingQuantity < totalQuantity)
    if (!left) row.status = 'CLOSED'
    else if (row.status !== 'ON_HOLD') row.status = shipped ? 'IN_PROGRESS' : 'OPEN'
    touch(shop, row, now)
}
