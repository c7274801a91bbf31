import { tell } from '../happenings.ts'
import type { FulfillmentOrder, Order, OrderLine } from '../order_rows.ts'
import { nextId, type Shop } from '../state.ts'
import { partId } from './change.ts'
import { claim } from './claims.ts'
import { noteFulfillmentOrder, openFulfillmentOrders } from './lookups.ts'
import { financialStatus } from './totals.ts'

export type NewLine = Pick<OrderLine, 'title' | 'price' | 'quantity'> & Partial<Omit<OrderLine, '__typename' | 'id'>>
export type NewOrder = Partial<Omit<Order, '__typename' | 'id' | 'number' | 'lines' | 'refunds' | 'returns'>>

/** Adds an order without lines and payments; its name is the next number unless one is given. */
export function addOrder(shop: Shop, given: NewOrder, now: number): Order {
    shop.lastOrderNumber += 1
    const at = given.createdAt ?? now
    const order: Order = {
        __typename: 'Order',
        id: nextId(shop),
        number: shop.lastOrderNumber,
        name: `#${shop.lastOrderNumber}`,
        test: false,
        ...{ tags: [], note: null, email: null, phone: null, poNumber: null, customAttributes: [], customer: null },
        ...{ shippingAddress: null, billingAddress: null, shippingLines: [], currency: shop.currency },
        ...{ taxesIncluded: false, taxLines: [], discountCodes: [], sourceName: 'web', sourceIdentifier: null },
        ...{ transactions: [], fulfillments: [], metafields: [], statusGiven: null, edited: false },
        ...{ createdAt: at, processedAt: at, updatedAt: at },
        ...{ closedAt: null, cancelledAt: null, cancelReason: null, staffNote: null },
        ...given,
        ...{ lines: [], refunds: [], returns: [] },
    }
    shop.orders.set(order.id, order)
    for (const { id } of order.shippingLines) shop.orderParts.set(id, order.id)
    return order
}

/** Adds a line as it is bought; nothing is set aside for it yet. */
export function addLine(shop: Shop, order: Order, given: NewLine): OrderLine {
    const line: OrderLine = {
        __typename: 'LineItem',
        id: partId(shop, order),
        ...{ variantId: null, productId: null, inventoryItemId: null, sku: null, variantTitle: null, vendor: null },
        ...{ discount: '0.00', taxLines: [], requiresShipping: true, taxable: true, customAttributes: [] },
        ...given,
        ...{ cancelledQuantity: 0, returnedQuantity: 0, fulfilledQuantity: 0 },
    }
    order.lines.push(line)
    return line
}

/**
 * Assigns units of a line to a location: the order's open fulfilment order there takes them, or a new one. With `claims`
 * they are set aside in the location's stock at once.
 */
export function assign(
    shop: Shop,
    order: Order,
    units: { line: OrderLine; locationId: number; quantity: number; claims: boolean; cause: 'order' | 'edit' },
    now: number,
): FulfillmentOrder {
    const { line, locationId, quantity, claims, cause } = units
    const row = openAt(shop, order, locationId) ?? addFulfillmentOrder(shop, order, locationId, now)
    const claimed = claims ? claim(shop, { order, line, locationId, quantity }, cause, now) : 0
    const known = row.lines.find(({ lineId }) => lineId === line.id)
    if (known) {
        known.totalQuantity += quantity
        known.remainingQuantity += quantity
        known.claimed += claimed
        return row
    }
    row.lines.push({
        __typename: 'FulfillmentOrderLineItem',
        id: partId(shop, order),
        lineId: line.id,
        totalQuantity: quantity,
        remainingQuantity: quantity,
        claimed,
    })
    return row
}

function openAt(shop: Shop, order: Order, locationId: number): FulfillmentOrder | undefined {
    return openFulfillmentOrders(shop, order).find((row) => row.locationId === locationId)
}

/** An empty fulfilment order of an order at a location. */
export function addFulfillmentOrder(shop: Shop, order: Order, locationId: number, now: number): FulfillmentOrder {
    const at = order.edited || order.fulfillments.length > 0 ? now : order.createdAt
    const row: FulfillmentOrder = {
        __typename: 'FulfillmentOrder',
        id: partId(shop, order),
        orderId: order.id,
        locationId,
        status: 'OPEN',
        lines: [],
        createdAt: at,
        updatedAt: at,
    }
    shop.fulfillmentOrders.set(row.id, row)
    noteFulfillmentOrder(shop, row)
    return row
}

/** Tells whoever watches that an order is there, whole. */
export function announce(shop: Shop, order: Order, now: number) {
    const { id, name, test } = order
    tell(shop, { kind: 'order', at: now, what: 'created', orderId: id, name, status: financialStatus(order), test })
}
