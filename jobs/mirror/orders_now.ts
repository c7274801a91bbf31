import type { Answer, ShopifyClient } from '../../connectors/shopify/client.ts'
import { gid, parseGid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'

/*
 * Orders read by their ids, past every search index: what is written to a twin is decided by what it is now. Ids are
 * decimal text; `at` is the store's own time, no later than what was read.
 */

export type Tracking = { company: string | null; number: string | null; url: string | null }
export type Parcel = {
    id: string
    status: string
    createdAt: string
    tracking: Tracking[]
    lines: { id: string; line_item_id: string; quantity: number }[]
}
export type ToShip = {
    id: string
    status: string
    location_id: string | null
    lines: { id: string; line_item_id: string; remaining: number }[]
}
export type OrderParcels = { at: Date; cancelledAt: string | null; parcels: Parcel[]; toShip: ToShip[] }

type Id = { id: string }
type Page = { pageInfo: { hasNextPage: boolean; endCursor?: string | null } }
type Nodes<T> = Page & { nodes: T[] }
type ParcelNode = {
    id: string
    status: string
    createdAt: string
    trackingInfo: Tracking[]
    fulfillmentLineItems: Nodes<{ id: string; quantity: number | null; lineItem: Id }>
}
type ToShipNode = {
    id: string
    status: string
    assignedLocation: { location: Id | null }
    lineItems: Nodes<{ id: string; remainingQuantity: number; lineItem: Id }>
}
type ParcelsData = {
    order: { cancelledAt: string | null; fulfillments?: ParcelNode[]; fulfillmentOrders: Nodes<ToShipNode> } | null
}

/** An order that is not shown any more, or is larger than what we read of one: a person has to look. */
export class OrderUnreadableError extends Error {
    constructor(domain: string, id: string, why: string) {
        super(`${domain}: expected order ${id} with all that is in it, but ${why}. Look at the order there.`)
        this.name = 'OrderUnreadableError'
    }
}

/** What an order has shipped and has left to ship. */
export async function readParcels(client: ShopifyClient, id: string): Promise<OrderParcels> {
    const read: OrderParcels = { at: new Date(0), cancelledAt: null, parcels: [], toShip: [] }
    await eachPage<ParcelsData>(client, 'mirror/order_parcels', id, read, ({ order }) => {
        read.cancelledAt = order!.cancelledAt
        for (const it of order!.fulfillments ?? []) read.parcels.push(parcelFrom(client, id, it))
        for (const it of order!.fulfillmentOrders.nodes) read.toShip.push(toShipFrom(client, id, it))
        return order!.fulfillmentOrders
    })
    return read
}

function parcelFrom(client: ShopifyClient, order: string, it: ParcelNode): Parcel {
    const lines = whole(client, order, it.fulfillmentLineItems)
    return {
        id: parseGid('Fulfillment', it.id),
        ...{ status: it.status, createdAt: it.createdAt, tracking: it.trackingInfo },
        lines: lines.map((line) => ({
            id: parseGid('FulfillmentLineItem', line.id),
            line_item_id: parseGid('LineItem', line.lineItem.id),
            quantity: line.quantity ?? 0,
        })),
    }
}

function toShipFrom(client: ShopifyClient, order: string, it: ToShipNode): ToShip {
    const { location } = it.assignedLocation
    return {
        id: parseGid('FulfillmentOrder', it.id),
        ...{ status: it.status, location_id: location && parseGid('Location', location.id) },
        lines: whole(client, order, it.lineItems).map((line) => ({
            id: parseGid('FulfillmentOrderLineItem', line.id),
            line_item_id: parseGid('LineItem', line.lineItem.id),
            remaining: line.remainingQuantity,
        })),
    }
}

export type Line = { id: string; quantity: number; current: number; unfulfilled: number; variant_id: string | null }
export type RefundNow = { id: string; note: string; createdAt: string | null; amount: string }
export type OrderLines = {
    at: Date
    cancelledAt: string | null
    currency: string
    presentment: string
    lines: Map<string, Line>
    refunds: RefundNow[]
}
type LinesData = {
    order: {
        cancelledAt: string | null
        currencyCode: string
        presentmentCurrencyCode: string
        refunds?: { id: string; note: string | null; createdAt: string | null; totalRefundedSet: Money }[]
        lineItems: Nodes<{
            id: string
            quantity: number
            currentQuantity: number
            unfulfilledQuantity: number
            variant: Id | null
        }>
    } | null
}
export type Money = { shopMoney: { amount: string } }

/** The lines of an order and its refunds. */
export async function readLines(client: ShopifyClient, id: string): Promise<OrderLines> {
    const lines: OrderLines['lines'] = new Map()
    const read: OrderLines = {
        ...{ at: new Date(0), cancelledAt: null, currency: '', presentment: '', lines, refunds: [] },
    }
    await eachPage<LinesData>(client, 'mirror/order_lines', id, read, ({ order }) => {
        read.cancelledAt = order!.cancelledAt
        read.currency = order!.currencyCode
        read.presentment = order!.presentmentCurrencyCode
        for (const it of order!.refunds ?? []) {
            const { createdAt, note, totalRefundedSet } = it
            const amount = totalRefundedSet.shopMoney.amount
            read.refunds.push({ id: parseGid('Refund', it.id), note: note ?? '', createdAt, amount })
        }
        for (const it of order!.lineItems.nodes) {
            const line = { id: parseGid('LineItem', it.id), quantity: it.quantity, current: it.currentQuantity }
            const variant_id = it.variant && parseGid('ProductVariant', it.variant.id)
            read.lines.set(line.id, { ...line, unfulfilled: it.unfulfilledQuantity, variant_id })
        }
        return order!.lineItems
    })
    return read
}

/** Reads an order page by page; `take` gives the connection that has more. */
async function eachPage<Data extends { order: unknown }>(
    client: ShopifyClient,
    name: string,
    id: string,
    read: { at: Date },
    take: (data: Data) => Page,
): Promise<void> {
    let after: string | null = null
    for (let first = true; first || after !== null; first = false) {
        const variables: Record<string, unknown> = { id: gid('Order', id), first, after }
        const { data, at }: Answer<Data> = await client.send<Data>(operation(name), variables)
        if (data.order === null) throw new OrderUnreadableError(client.domain, id, 'the store shows none')
        if (at === null) throw new Error(`${client.domain}: expected a Date header with its answer, came none.`)
        if (first) read.at = at
        const { hasNextPage, endCursor }: Page['pageInfo'] = take(data).pageInfo
        after = hasNextPage ? (endCursor ?? null) : null
    }
}

export function whole<T>({ domain }: ShopifyClient, order: string, { nodes, pageInfo }: Nodes<T>): T[] {
    if (!pageInfo.hasNextPage) return nodes
    throw new OrderUnreadableError(domain, order, `more than ${nodes.length} lines are in one part of it`)
}
