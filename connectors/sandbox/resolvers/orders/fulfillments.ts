import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import type { Fulfillment, FulfillmentLine } from '../../shop/order_rows.ts'
import { lineOf, orderOfPart } from '../../shop/orders/lookups.ts'
import { lineAmount } from '../../shop/orders/totals.ts'
import { connection, type PageArgs } from '../connection.ts'
import { lineBag } from './money_bag.ts'
import { orderOf } from './visible.ts'

/** The parcel of a number; undefined if there is none. */
export function fulfillmentById(context: Context, id: number): Fulfillment | undefined {
    return orderOfPart(context.shop, id)?.fulfillments.find((one) => one.id === id)
}

export const resolvers: Resolvers = {
    QueryRoot: {
        fulfillment: (_: unknown, { id }: { id: string }, context: Context) =>
            fulfillmentById(context, numberOf(id, 'Fulfillment')) ?? null,
    },
    Fulfillment: {
        id: (row: Fulfillment) => gid('Fulfillment', row.id),
        legacyResourceId: (row: Fulfillment) => String(row.id),
        createdAt: (row: Fulfillment) => isoTime(row.createdAt),
        updatedAt: (row: Fulfillment) => isoTime(row.updatedAt),
        displayStatus: (row: Fulfillment) => (row.status === 'CANCELLED' ? 'CANCELED' : 'FULFILLED'),
        ...{ deliveredAt: () => null, inTransitAt: () => null, estimatedDeliveryAt: () => null, service: () => null },
        requiresShipping: () => true,
        totalQuantity: ({ lines }: Fulfillment) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
        trackingInfo: ({ tracking }: Fulfillment, { first }: { first?: number | null }) =>
            tracking.slice(0, first ?? undefined),
        location: (row: Fulfillment, _: unknown, { shop }: Context) => shop.locations.get(row.locationId) ?? null,
        order: (row: Fulfillment, _: unknown, { shop }: Context) => orderOf(shop, row),
        fulfillmentLineItems: (row: Fulfillment, args: PageArgs, context: Context, info) =>
            connection(row.lines, args, context, info),
        fulfillmentOrders: (row: Fulfillment, args: PageArgs, context: Context, info) => {
            const rows = row.fulfillmentOrderIds.flatMap((id) => context.shop.fulfillmentOrders.get(id) ?? [])
            return connection(rows, args, context, info)
        },
        events: (_: Fulfillment, args: PageArgs, context: Context, info) => connection([], args, context, info),
    },
    FulfillmentLineItem: {
        id: (row: FulfillmentLine) => gid('FulfillmentLineItem', row.id),
        lineItem: (row: FulfillmentLine, _: unknown, { shop }: Context) =>
            lineOf(orderOfPart(shop, row.id)!, row.lineId)!,
        discountedTotalSet: (row: FulfillmentLine, _: unknown, context: Context) => {
            const line = lineOf(orderOfPart(context.shop, row.id)!, row.lineId)!
            return lineBag(line, (it) => lineAmount(it, row.quantity), context)
        },
    },
}
