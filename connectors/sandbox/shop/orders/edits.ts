import type { Order, OrderLine } from '../order_rows.ts'
import type { Shop } from '../state.ts'
import { changeOrder, touchFulfillmentOrder } from './change.ts'
import { fulfillmentOrdersOf } from './lookups.ts'
import { addLine, assign, type NewLine } from './new_order.ts'
import { takeOff } from './refunds.ts'
import { currentQuantity } from './totals.ts'

export type Edit = {
    added: readonly { line: NewLine; locationId: number }[]
    set: readonly { line: OrderLine; quantity: number; restock: boolean; locationId: number }[]
}

/**
 * Changes what an order is made of: new lines and more units are set aside, fewer units go back to available, or with
 * `restock` false are lost. Gives the lines that were added.
 */
export function editOrder(shop: Shop, order: Order, { added, set }: Edit, now: number): OrderLine[] {
    return changeOrder(shop, order, now, 'edited', () => {
        order.edited = true
        order.statusGiven = null
        for (const { line, quantity, restock, locationId } of set) {
            const delta = quantity - currentQuantity(line)
            if (delta < 0) takeOff(shop, order, { line, quantity: -delta, restock, cause: 'edit' }, now)
            if (delta > 0) {
                line.quantity += delta
                line.added = (line.added ?? 0) + delta
                put(shop, order, { line, locationId, quantity: delta }, now)
            }
        }
        return added.map(({ line: given, locationId }) => {
            const line = addLine(shop, order, { ...given, added: given.quantity })
            put(shop, order, { line, locationId, quantity: line.quantity }, now)
            return line
        })
    })
}

function put(shop: Shop, order: Order, units: { line: OrderLine; locationId: number; quantity: number }, now: number) {
    const row = assign(shop, order, { ...units, claims: true, cause: 'edit' }, now)
    touchFulfillmentOrder(shop, row, now)
}

/** Where more units of a line are to be set aside: where it is assigned already. */
export function locationOfLine(shop: Shop, order: Order, line: OrderLine): number | null {
    const rows = fulfillmentOrdersOf(shop, order)
    return rows.findLast(({ lines }) => lines.some(({ lineId }) => lineId === line.id))?.locationId ?? null
}
