import type { Cause } from '../happenings.ts'
import type { FulfillmentOrder, FulfillmentOrderLine, Order, OrderLine } from '../order_rows.ts'
import type { InventoryItem, Level, Shop } from '../state.ts'
import { levelAt, moveStock, stockItemAt } from '../stock.ts'

type Units = { order: Order; line: OrderLine; locationId: number; quantity: number }

/** The item of a line whose stock is counted; undefined for custom lines and untracked items. */
function trackedItem(shop: Shop, line: OrderLine): InventoryItem | undefined {
    const item = shop.inventoryItems.get(line.inventoryItemId ?? -1)
    return item?.tracked ? item : undefined
}

/** Sets units aside: from available to committed. Gives how many: none of an item whose stock is not counted. */
export function claim(shop: Shop, units: Units, cause: Cause['cause'], now: number): number {
    const { order, line, locationId, quantity } = units
    const item = trackedItem(shop, line)
    if (!item || quantity === 0) return 0
    const level = levelAt(shop, item, locationId) ?? stockItemAt(shop, item, locationId, now)
    const why: Cause = { cause, orderId: order.id, lineId: line.id }
    moveStock(shop, level, 'available', -quantity, now, why)
    moveStock(shop, level, 'committed', quantity, now, why)
    return quantity
}

/**
 * Takes units off a fulfilment order's line that will not be shipped. Those set aside leave committed; they go back to
 * available, unless they are lost (`restock` false).
 */
export function release(
    shop: Shop,
    at: { order: Order; row: FulfillmentOrder; part: FulfillmentOrderLine; quantity: number },
    { restock, cause }: { restock: boolean; cause: Cause['cause'] },
    now: number,
) {
    const { order, row, part, quantity } = at
    part.totalQuantity -= quantity
    part.remainingQuantity -= quantity
    const claimed = Math.min(part.claimed, quantity)
    const level = levelOfLine(shop, order, row, part)
    part.claimed -= claimed
    if (!level || claimed === 0) return
    const why: Cause = { cause, orderId: order.id, lineId: part.lineId }
    moveStock(shop, level, 'committed', -claimed, now, why)
    if (restock) moveStock(shop, level, 'available', claimed, now, why)
}

/** Units leave the shelf. Gives how many had been set aside. */
export function shipOut(
    shop: Shop,
    at: { order: Order; row: FulfillmentOrder; part: FulfillmentOrderLine; quantity: number },
    now: number,
): number {
    const { order, row, part, quantity } = at
    part.remainingQuantity -= quantity
    const claimed = Math.min(part.claimed, quantity)
    part.claimed -= claimed
    const level = levelOfLine(shop, order, row, part)
    if (level && claimed > 0) {
        moveStock(shop, level, 'committed', -claimed, now, { cause: 'ship', orderId: order.id, lineId: part.lineId })
    }
    return claimed
}

/** Units that came back, or that a shipped line is refunded with, are on sale again at a location. */
export function restock(shop: Shop, units: Units, cause: Cause['cause'], now: number): boolean {
    const item = trackedItem(shop, units.line)
    if (!item) return false
    const level = stockItemAt(shop, item, units.locationId, now)
    moveStock(shop, level, 'available', units.quantity, now, { cause, orderId: units.order.id, lineId: units.line.id })
    return true
}

function levelOfLine(shop: Shop, order: Order, row: FulfillmentOrder, part: FulfillmentOrderLine): Level | undefined {
    const line = order.lines.find(({ id }) => id === part.lineId)
    const item = shop.inventoryItems.get(line?.inventoryItemId ?? -1)
    return item && levelAt(shop, item, row.locationId)
}
