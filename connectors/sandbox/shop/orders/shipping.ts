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
import { addFulfillmentOrder } from './new_order.ts'

export type Parcel = { row: FulfillmentOrder; part: FulfillmentOrderLine; quantity: number }

/** Ships units of one or several fulfilment orders of one location in one parcel. */
export function ship(
    shop: Shop,
    order: Order,
    parcels: readonly Parcel[],
    tracking: Tracking[],
    now: number,
    notify = false,
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
            ...{ tracking, mails: notify ? 1 : 0 },
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

/**
 * Takes a parcel back as if it had never left: its units are to be shipped again, and set aside as they were. A
 * fulfilment order that was closed by it stays closed, and a new one takes them (recorded).
 */
export function cancelFulfillment(shop: Shop, order: Order, fulfillment: Fulfillment, now: number) {
    changeOrder(shop, order, now, 'fulfillment_cancelled', () => {
        fulfillment.status = 'CANCELLED'
        fulfillment.updatedAt = now
        order.closedAt = null
        for (const id of fulfillment.fulfillmentOrderIds) {
            const row = shop.fulfillmentOrders.get(id)
            if (!row) continue
            const to = row.status === 'CLOSED' ? addFulfillmentOrder(shop, order, row.locationId, now) : row
            for (const shipped of fulfillment.lines) takeBack(shop, order, { from: row, to }, shipped, now)
            touchFulfillmentOrder(shop, to, now)
        }
    })
}

function takeBack(
    shop: Shop,
    order: Order,
    { from, to }: { from: FulfillmentOrder; to: FulfillmentOrder },
    { lineId, fulfillmentOrderLineId, quantity, claimed }: FulfillmentLine,
    now: number,
) {
    const part = from.lines.find(({ id }) => id === fulfillmentOrderLineId)
    const line = lineOf(order, lineId)
    if (!part || !line) return
    // the closed one says so too (recorded), though nobody ships by it any more
    part.remainingQuantity += quantity
    if (to === from) part.claimed += claimed
    else {
        const id = partId(shop, order)
        to.lines.push({ ...part, id, totalQuantity: quantity, remainingQuantity: quantity, claimed })
    }
    line.fulfilledQuantity -= quantity
    const item = shop.inventoryItems.get(line.inventoryItemId ?? -1)
    const level = item && levelAt(shop, item, from.locationId)
    if (!level || claimed === 0) return
    moveStock(shop, level, 'committed', claimed, now, { cause: 'ship', orderId: order.id, lineId })
}

/** Writes other tracking to a parcel. */
export function track(
    shop: Shop,
    order: Order,
    fulfillment: Fulfillment,
    { tracking, notify = false }: { tracking: Tracking[]; notify?: boolean },
    now: number,
) {
    changeOrder(shop, order, now, 'tracking_updated', () => {
        fulfillment.tracking = tracking
        if (notify) fulfillment.mails = (fulfillment.mails ?? 0) + 1
        fulfillment.updatedAt = now
    })
}
