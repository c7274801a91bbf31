import type { FulfillmentOrder, Order } from '../order_rows.ts'
import type { Shop } from '../state.ts'
import { changeOrder, partId, touchFulfillmentOrder } from './change.ts'
import { claim, release } from './claims.ts'
import { lineOf } from './lookups.ts'
import { addFulfillmentOrder } from './new_order.ts'

/**
 * Has another location ship what is left of a fulfilment order; the units set aside move along. Nothing shipped yet: the
 * same row is assigned elsewhere; else it closes, and a new one takes the rest.
 */
export function moveFulfillmentOrder(
    shop: Shop,
    order: Order,
    row: FulfillmentOrder,
    locationId: number,
    now: number,
): FulfillmentOrder {
    return changeOrder(shop, order, now, 'moved', () => {
        const begun = row.lines.some(({ remainingQuantity, totalQuantity }) => remainingQuantity < totalQuantity)
        const to = begun ? addFulfillmentOrder(shop, order, locationId, now) : row
        const left = row.lines.filter(({ remainingQuantity }) => remainingQuantity > 0)
        const units = left.map((part) => ({ part, quantity: part.remainingQuantity, claims: part.claimed > 0 }))
        for (const { part, quantity } of units) {
            release(shop, { order, row, part, quantity }, { restock: true, cause: 'move' }, now)
        }
        to.locationId = locationId
        for (const { part, quantity, claims } of units) {
            const line = lineOf(order, part.lineId)!
            const claimed = claims ? claim(shop, { order, line, locationId, quantity }, 'move', now) : 0
            if (to === row) Object.assign(part, { totalQuantity: quantity, remainingQuantity: quantity, claimed })
            else
                to.lines.push({
                    ...part,
                    id: partId(shop, order),
                    totalQuantity: quantity,
                    remainingQuantity: quantity,
                    claimed,
                })
        }
        for (const one of new Set([row, to])) touchFulfillmentOrder(shop, one, now)
        return to
    })
}
