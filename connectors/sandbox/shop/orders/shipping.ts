import type {
    Fulfillment,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentOrderLine,
    Order,
    Tracking,
} from '../order_rows.ts'
import type { Shop } from '../state.ts'
import { levelAt, moveStock } from '../stock.ts'
import { changeOrder, closeIfDone, partId, touchFulfillmentOrder } from './change.ts'
import { shipOut } from './claims.ts'
import { lineOf } from './lookups.ts'

export type Parcel = { row: FulfillmentOrder; part: FulfillmentOrderLine; quantity: number }

/** Ships units of one or several fulfilment orders of one location in one parcel. */
export function ship(
    shop: Shop,
    order: Order,
    parcels: readonly Parcel[],
    tracking: Tracking[],
    now: number,
): Fulfillment {
    return changeOrder(shop, order, now, 'fulfilled', () => {
        const rows = [...new Set(parcels.map(({ row }) => row))]
        const fulfillment: Fulfillment = {
            __typename: 'Fulfillment',
            id: partId(shop, order),
            orderId: order.id,
            name: `${order.name}-F${order.fulfillments.length + 1}`,
            locationId: rows[0]!.locationId,
            status: 'SUCCESS',
            lines: parcels.map((parcel) => shippedLine(shop, order, parcel, now)),
            fulfillmentOrderIds: rows.map(({ id }) => id),
            tracking,
            createdAt: now,
            updatedAt: now,
        }
        order.fulfillments.push(fulfillment)
        for (const row of rows) touchFulfillmentOrder(shop, row, now)
        closeIfDone(order, now)
        return fulfillment
    })
}

function shippedLine(shop: Shop, order: Order, { row, part, quantity }: Parcel, now: number): FulfillmentLine {
    const claimed = shipOut(shop, { order, row, part, quantity }, now)
    const line = lineOf(order, part.lineId)
    if (line) line.fulfilledQuantity += quantity
    return {
        __typename: 'FulfillmentLineItem',
        id: partId(shop, order),
        ...{ lineId: part.lineId, fulfillmentOrderLineId: part.id, quantity, claimed },
    }
}

/** Takes a parcel back as if it had never left: its units are to be shipped again, and set aside as they were. */
export function cancelFulfillment(shop: Shop, order: Order, fulfillment: Fulfillment, now: number) {
    changeOrder(shop, order, now, 'fulfillment_cancelled', () => {
        fulfillment.status = 'CANCELLED'
        fulfillment.updatedAt = now
        order.closedAt = null
        for (const id of fulfillment.fulfillmentOrderIds) {
            const row = shop.fulfillmentOrders.get(id)
            if (!row) continue
            for (const shipped of fulfillment.lines) takeBack(shop, order, row, shipped, now)
            row.status = 'OPEN'
            touchFulfillmentOrder(shop, row, now)
        }
    })
}

function takeBack(shop: Shop, order: Order, row: FulfillmentOrder, shipped: FulfillmentLine, now: number) {
    const part = row.lines.find(({ id }) => id === shipped.fulfillmentOrderLineId)
    const line = lineOf(order, shipped.lineId)
    if (!part || !line) return
    part.remainingQuantity += shipped.quantity
    part.claimed += shipped.claimed
    line.fulfilledQuantity -= shipped.quantity
    const item = shop.inventoryItems.get(line.inventoryItemId ?? -1)
    const level = item && levelAt(shop, item, row.locationId)
    if (!level || shipped.claimed === 0) return
    moveStock(shop, level, 'committed', shipped.claimed, now, { cause: 'ship', orderId: order.id, lineId: line.id })
}

/** Writes other tracking to a parcel. */
export function track(shop: Shop, order: Order, fulfillment: Fulfillment, tracking: Tracking[], now: number) {
    changeOrder(shop, order, now, 'tracking_updated', () => {
        fulfillment.tracking = tracking
        fulfillment.updatedAt = now
    })
}
