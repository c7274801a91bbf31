import type { Fulfillment, FulfillmentOrder, Order, OrderLine } from '../order_rows.ts'
import type { Shop } from '../state.ts'

/** Which order something in it belongs to: by the id of a line, payment, fulfilment, refund, return or their lines. */
export function orderOfPart(shop: Shop, partId: number): Order | undefined {
    return shop.orders.get(shop.orderParts.get(partId) ?? -1)
}

export function lineOf(order: Order, lineId: number): OrderLine | undefined {
    return order.lines.find(({ id }) => id === lineId)
}

/** The fulfilment orders of an order, oldest first. */
export function fulfillmentOrdersOf(shop: Shop, order: Order): FulfillmentOrder[] {
    return (fulfillmentOrderIds(shop).get(order.id) ?? []).map((id) => shop.fulfillmentOrders.get(id)!)
}

/** Those that still have something to ship. */
export function openFulfillmentOrders(shop: Shop, order: Order): FulfillmentOrder[] {
    return fulfillmentOrdersOf(shop, order).filter(({ status }) => status !== 'CLOSED' && status !== 'CANCELLED')
}

export function fulfillmentsOf(shop: Shop, { id, orderId }: FulfillmentOrder): Fulfillment[] {
    const all = shop.orders.get(orderId)?.fulfillments ?? []
    return all.filter(({ fulfillmentOrderIds: ids }) => ids.includes(id))
}

const byOrder = new WeakMap<Shop, Map<number, number[]>>()

function fulfillmentOrderIds(shop: Shop): Map<number, number[]> {
    const known = byOrder.get(shop)
    if (known) return known
    const made = new Map<number, number[]>()
    byOrder.set(shop, made)
    for (const row of shop.fulfillmentOrders.values()) noteFulfillmentOrder(shop, row)
    return made
}

/** To be called for each fulfilment order that is added. */
export function noteFulfillmentOrder(shop: Shop, { id, orderId }: FulfillmentOrder) {
    const ids = fulfillmentOrderIds(shop).get(orderId)
    if (!ids) fulfillmentOrderIds(shop).set(orderId, [id])
    else if (!ids.includes(id)) ids.push(id)
}
