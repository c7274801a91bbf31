import type { FulfillmentLine, Order, Return, ReturnLine } from '../order_rows.ts'
import type { Shop } from '../state.ts'
import { changeOrder, partId } from './change.ts'
import { lineOf } from './lookups.ts'
import { addRefund } from './refunds.ts'
import { currentQuantity } from './totals.ts'

export type LineToReturn = { shipped: FulfillmentLine; quantity: number; reason?: string; note?: string }
/** What becomes of returned units; `locationId` null: they are not put back on sale. */
export type Processed = { line: ReturnLine; quantity: number; locationId: number | null }

/** Notes that a customer sends units back: asked for only, or agreed to already. */
export function addReturn(
    shop: Shop,
    order: Order,
    given: { lines: readonly LineToReturn[]; status: 'REQUESTED' | 'OPEN' },
    now: number,
): Return {
    return changeOrder(shop, order, now, given.status === 'OPEN' ? 'return_opened' : 'return_requested', () => {
        const id = partId(shop, order)
        const row: Return = {
            __typename: 'Return',
            ...{ id, orderId: order.id, name: `${order.name}-R${order.returns.length + 1}`, status: given.status },
            lines: given.lines.map(({ shipped, quantity, reason, note }) => ({
                __typename: 'ReturnLineItem',
                id: partId(shop, order),
                ...{ returnId: id, orderId: order.id, fulfillmentLineId: shipped.id, lineId: shipped.lineId, quantity },
                ...{ processedQuantity: 0, refundedQuantity: 0, reason: reason ?? 'UNKNOWN', note: note ?? '' },
            })),
            createdAt: now,
            requestApprovedAt: given.status === 'OPEN' ? now : null,
            decline: null,
            closedAt: null,
        }
        order.returns.push(row)
        return row
    })
}

/** Agrees to a return that was asked for, or declines it for a reason. */
export function answerReturn(shop: Shop, order: Order, row: Return, decline: Return['decline'], now: number) {
    changeOrder(shop, order, now, decline ? 'return_declined' : 'return_approved', () => {
        row.status = decline ? 'DECLINED' : 'OPEN'
        row.decline = decline
        if (!decline) row.requestApprovedAt = now
    })
}

/**
 * Units have come back: they are refunded, unless they are already, and, where a location is named, on sale again. A return
 * that is done closes by itself, if it was said of all units what became of them (recorded: without that it stays open).
 */
export function processReturn(
    shop: Shop,
    order: Order,
    row: Return,
    given: { lines: readonly Processed[]; amount?: string | undefined; disposed: boolean },
    now: number,
) {
    changeOrder(shop, order, now, 'return_processed', () => {
        const back = given.lines.map(({ line, quantity: came, locationId }) => {
            const sold = lineOf(order, line.lineId)!
            const quantity = Math.min(came, currentQuantity(sold))
            line.processedQuantity += came
            line.refundedQuantity += quantity
            const restockType = locationId === null ? ('NO_RESTOCK' as const) : ('RETURN' as const)
            return { line: sold, quantity, restockType, locationId, shipped: true }
        })
        const lines = back.filter(({ quantity }) => quantity > 0)
        const { amount } = given
        if (lines.length > 0 || amount) addRefund(shop, order, { lines, amount, returnId: row.id }, now, 'return')
        const left = row.lines.some(({ quantity, processedQuantity }) => processedQuantity < quantity)
        if (left || !given.disposed) return
        row.status = 'CLOSED'
        row.closedAt = now
    })
}

/** Ends a return without anything coming back any more, or takes that back. */
export function endReturn(shop: Shop, order: Order, row: Return, status: 'CLOSED' | 'CANCELED' | 'OPEN', now: number) {
    const what = { CLOSED: 'return_closed', CANCELED: 'return_cancelled', OPEN: 'return_reopened' }[status]
    changeOrder(shop, order, now, what, () => {
        row.status = status
        row.closedAt = status === 'CLOSED' ? now : null
    })
}
