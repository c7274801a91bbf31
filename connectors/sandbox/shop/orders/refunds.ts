import type { Order, OrderLine, Refund, RefundLine, RestockType } from '../order_rows.ts'
import type { Shop } from '../state.ts'
import { changeOrder, partId, touchFulfillmentOrder } from './change.ts'
import { release, restock } from './claims.ts'
import { fulfillmentOrdersOf } from './lookups.ts'
import { giveBack } from './payments.ts'
import { refundWorth } from './suggest.ts'
import { lineAmount, unfulfilledQuantity } from './totals.ts'

export type LineToRefund = {
    line: OrderLine
    quantity: number
    restockType: RestockType
    /** where returned units are on sale again */
    locationId: number | null
    /** these units had been shipped, whatever else of the line was not */
    shipped?: boolean
}
export type NewRefund = {
    lines: readonly LineToRefund[]
    /** money given back; absent: what the lines and the shipping cost */
    amount?: string | undefined
    /** the same in the customer's currency, where that is what was given */
    presentmentAmount?: string | undefined
    shipping?: string | undefined
    note?: string | null | undefined
    returnId?: number | null | undefined
}

/** Refunds lines of an order: units, stock and money, in one refund. */
export function refundOrder(shop: Shop, order: Order, given: NewRefund, now: number): Refund {
    return changeOrder(shop, order, now, 'refunded', () => addRefund(shop, order, given, now))
}

/** The refund alone, for a change that is made of more than it. */
export function addRefund(shop: Shop, order: Order, given: NewRefund, now: number, cause: Why = 'refund'): Refund {
    const lines = given.lines.map((one) => refundedLine(shop, order, one, now, cause))
    const shipping = given.shipping ?? '0.00'
    const worth = given.amount ?? refundWorth(order, given.lines, shipping).amount
    const paid = giveBack(shop, order, worth, now, given.presentmentAmount)
    const refund: Refund = {
        __typename: 'Refund',
        id: partId(shop, order),
        orderId: order.id,
        note: given.note ?? null,
        lines,
        shipping,
        transactionIds: paid ? [paid.id] : [],
        returnId: given.returnId ?? null,
        createdAt: now,
        updatedAt: now,
    }
    order.refunds.push(refund)
    return refund
}

type Why = 'refund' | 'cancel' | 'return'

function refundedLine(shop: Shop, order: Order, given: LineToRefund, now: number, cause: Why): RefundLine {
    const { line, quantity, restockType, locationId } = given
    const subtotal = lineAmount(line, quantity)
    // what was not shipped is taken off first, unless the units are said to come back
    const unshipped = restockType === 'RETURN' || given.shipped ? 0 : Math.min(quantity, unfulfilledQuantity(line))
    const back = restockType !== 'NO_RESTOCK'
    if (unshipped > 0) takeOff(shop, order, { line, quantity: unshipped, restock: back, cause }, now)
    line.returnedQuantity += quantity - unshipped
    let restocked = back && unshipped > 0
    if (restockType === 'RETURN' && locationId !== null) {
        restocked = restock(shop, { order, line, locationId, quantity }, cause, now)
        line.restocked = (line.restocked ?? 0) + quantity
        // units never shipped that are refunded as returned still lie there, set aside for nobody
        returnUnshipped(shop, order, line, now)
    }
    return {
        __typename: 'RefundLineItem',
        id: partId(shop, order),
        ...{ lineId: line.id, quantity, restockType, restocked, locationId, subtotal },
    }
}

function returnUnshipped(shop: Shop, order: Order, line: OrderLine, now: number) {
    const unshipped = Math.max(0, line.returnedQuantity - line.fulfilledQuantity)
    if (unshipped === 0) return
    line.returnedQuantity -= unshipped
    takeOff(shop, order, { line, quantity: unshipped, restock: false, cause: 'refund' }, now)
}

/** Takes units that were not shipped off a line and its fulfilment orders. */
export function takeOff(
    shop: Shop,
    order: Order,
    units: { line: OrderLine; quantity: number; restock: boolean; cause: Why | 'edit' },
    now: number,
) {
    const { line, restock: back, cause } = units
    line.cancelledQuantity += units.quantity
    if (back) line.restocked = (line.restocked ?? 0) + units.quantity
    let left = units.quantity
    for (const row of fulfillmentOrdersOf(shop, order).toReversed()) {
        for (const part of row.lines) {
            const quantity = part.lineId === line.id ? Math.min(left, part.remainingQuantity) : 0
            if (quantity === 0) continue
            left -= quantity
            release(shop, { order, row, part, quantity }, { restock: back, cause }, now)
            touchFulfillmentOrder(shop, row, now)
        }
    }
}
