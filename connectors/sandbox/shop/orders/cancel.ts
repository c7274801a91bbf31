import type { Order } from '../order_rows.ts'
import type { Shop } from '../state.ts'
import { cents } from './amounts.ts'
import { changeOrder, touchFulfillmentOrder } from './change.ts'
import { openFulfillmentOrders } from './lookups.ts'
import { addVoid } from './payments.ts'
import { addRefund, takeOff } from './refunds.ts'
import { currentQuantity, originalTotals, payments, unfulfilledQuantity } from './totals.ts'

export type Cancellation = { reason: string; restock: boolean; refund: boolean; staffNote?: string | null | undefined }

/**
 * Cancels an order for good: its fulfilment orders close, no line has units left, and with `refund` the money goes back.
 * Without `restock` the units set aside are lost. A payment that never came is voided.
 */
export function cancelOrder(shop: Shop, order: Order, given: Cancellation, now: number) {
    markCancelled(shop, order, given, now)
    settleCancelled(shop, order, given, now)
}

/** Cancels an order as Shopify does it over the API: units and money follow after the shop's `cancelMs`. */
export function startCancellation(shop: Shop, order: Order, given: Cancellation, now: number) {
    const { cancelMs } = shop.settings
    markCancelled(shop, order, given, now)
    if (cancelMs === 0) settleCancelled(shop, order, given, now)
    else shop.cancellations.push({ ...given, orderId: order.id, dueAt: now + cancelMs })
}

/** The first step, at once: the order says so and nothing of it may be shipped. Its units are still set aside. */
export function markCancelled(shop: Shop, order: Order, { reason, staffNote }: Cancellation, now: number) {
    changeOrder(shop, order, now, 'cancelled', () => {
        for (const row of openFulfillmentOrders(shop, order)) {
            touchFulfillmentOrder(shop, row, now)
            row.status = 'CLOSED'
        }
        order.cancelledAt = now
        order.cancelReason = reason
        order.staffNote = staffNote ?? null
    })
}

/** The second step, which over the API comes a while later: units, money, and the order is archived. */
export function settleCancelled(shop: Shop, order: Order, { restock, refund }: Cancellation, now: number) {
    changeOrder(shop, order, now, 'cancellation_settled', () => {
        const { net } = payments(order)
        const open = order.lines.filter((line) => currentQuantity(line) > 0)
        const lines = open.map((line) => ({
            ...{ line, quantity: unfulfilledQuantity(line), locationId: null },
            restockType: restock ? ('CANCEL' as const) : ('NO_RESTOCK' as const),
        }))
        if (refund && cents(net) > 0n) {
            addRefund(shop, order, { lines, amount: net, shipping: originalTotals(order).shipping }, now, 'cancel')
        } else {
            for (const one of lines) takeOff(shop, order, { ...one, restock, cause: 'cancel' }, now)
        }
        if (cents(payments(order).received) === 0n && order.transactions.length > 0) addVoid(shop, order, now)
        // a paid order that was not refunded stays open (recorded)
        if (cents(payments(order).net) <= 0n) order.closedAt = now
    })
}
