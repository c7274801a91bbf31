import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import type { FulfillmentOrder, FulfillmentOrderLine } from '../../shop/order_rows.ts'
import { fulfillmentsOf, lineOf, orderOfPart } from '../../shop/orders/lookups.ts'
import type { Shop } from '../../shop/state.ts'
import { seenBySearch } from '../../shop/touch.ts'
import { connection, type PageArgs } from '../connection.ts'
import { matches } from '../search.ts'
import { idTest, textTest, timeTest } from '../search_tests.ts'
import { isVisible, orderOf } from './visible.ts'

type Search = PageArgs & { query?: string | null; sortKey?: string | null; includeClosed?: boolean | null }

const line = (shop: Shop, part: FulfillmentOrderLine) => lineOf(orderOfPart(shop, part.id)!, part.lineId)!
const isClosed = ({ status }: FulfillmentOrder) => status === 'CLOSED' || status === 'CANCELLED'

/** Those of the rows that a search names; the index lags, and a new row is not in it yet. */
export function foundFulfillmentOrders({ shop, clock }: Context, rows: FulfillmentOrder[], query?: string | null) {
    if (query == null || query.trim() === '') return rows
    const now = clock.now()
    const newest = now - shop.settings.indexLagMs
    return rows.filter(
        (row) =>
            row.createdAt <= newest &&
            matches(query, {
                id: idTest(row.id),
                status: textTest(row.status),
                assigned_location_id: idTest(row.locationId),
                updated_at: timeTest(seenBySearch(shop, row, now)),
            }),
    )
}

function all(context: Context, { query, includeClosed, sortKey }: Search): FulfillmentOrder[] {
    const { shop, clock } = context
    const rows = [...shop.fulfillmentOrders.values()].filter(
        (row) => (includeClosed || !isClosed(row)) && isVisible(context, orderOf(shop, row)),
    )
    const found = foundFulfillmentOrders(context, rows, query)
    if (sortKey !== 'UPDATED_AT') return found
    const seen = (row: FulfillmentOrder) => seenBySearch(shop, row, clock.now())
    return found.sort((a, b) => seen(a) - seen(b) || a.id - b.id)
}

export const resolvers: Resolvers = {
    QueryRoot: {
        fulfillmentOrder: (_: unknown, { id }: { id: string }, { shop }: Context) =>
            shop.fulfillmentOrders.get(numberOf(id, 'FulfillmentOrder')) ?? null,
        fulfillmentOrders: (_: unknown, args: Search, context: Context, info) =>
            connection(all(context, args), args, context, info),
    },
    FulfillmentOrder: {
        id: (row: FulfillmentOrder) => gid('FulfillmentOrder', row.id),
        orderId: (row: FulfillmentOrder) => gid('Order', row.orderId),
        order: (row: FulfillmentOrder, _: unknown, { shop }: Context) => orderOf(shop, row),
        orderName: (row: FulfillmentOrder, _: unknown, { shop }: Context) => orderOf(shop, row).name,
        orderProcessedAt: (row: FulfillmentOrder, _: unknown, { shop }: Context) =>
            isoTime(orderOf(shop, row).processedAt),
        createdAt: (row: FulfillmentOrder) => isoTime(row.createdAt),
        updatedAt: (row: FulfillmentOrder) => isoTime(row.updatedAt),
        requestStatus: () => 'UNSUBMITTED',
        supportedActions: (row: FulfillmentOrder) =>
            isClosed(row)
                ? []
                : ['CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'MOVE', 'HOLD'].map((action) => ({ action })),
        assignedLocation: (row: FulfillmentOrder, _: unknown, { shop }: Context) => {
            const location = shop.locations.get(row.locationId)
            const { address1 = null, address2 = null, city = null, zip = null, phone = null } = location?.address ?? {}
            const countryCode = location?.address.countryCode ?? 'US'
            return { location, name: location?.name ?? '', address1, address2, city, zip, phone, countryCode }
        },
        destination: (row: FulfillmentOrder, _: unknown, { shop }: Context) => {
            const address = orderOf(shop, row).shippingAddress
            return address && { ...address, id: gid('FulfillmentOrderDestination', row.id), location: null }
        },
        ...{ fulfillmentHolds: () => [], deliveryMethod: () => null, fulfillAt: () => null, fulfillBy: () => null },
        lineItems: (row: FulfillmentOrder, args: PageArgs, context: Context, info) =>
            connection(row.lines, args, context, info),
        fulfillments: (row: FulfillmentOrder, args: PageArgs, context: Context, info) =>
            connection(fulfillmentsOf(context.shop, row), args, context, info),
        merchantRequests: (_: FulfillmentOrder, args: PageArgs, context: Context, info) =>
            connection([], args, context, info),
    },
    FulfillmentOrderLineItem: {
        id: (part: FulfillmentOrderLine) => gid('FulfillmentOrderLineItem', part.id),
        lineItem: (part: FulfillmentOrderLine, _: unknown, { shop }: Context) => line(shop, part),
        inventoryItemId: (part: FulfillmentOrderLine, _: unknown, { shop }: Context) => {
            const { inventoryItemId } = line(shop, part)
            return inventoryItemId === null ? null : gid('InventoryItem', inventoryItemId)
        },
        variant: (part: FulfillmentOrderLine, _: unknown, { shop }: Context) =>
            shop.variants.get(line(shop, part).variantId ?? -1) ?? null,
        productTitle: (part: FulfillmentOrderLine, _: unknown, { shop }: Context) => line(shop, part).title,
        variantTitle: (part: FulfillmentOrderLine, _: unknown, { shop }: Context) => line(shop, part).variantTitle,
        sku: (part: FulfillmentOrderLine, _: unknown, { shop }: Context) => line(shop, part).sku,
        vendor: (part: FulfillmentOrderLine, _: unknown, { shop }: Context) => line(shop, part).vendor,
        requiresShipping: (part: FulfillmentOrderLine, _: unknown, { shop }: Context) =>
            line(shop, part).requiresShipping,
        ...{ warnings: () => [], financialSummaries: () => [] },
    },
}
