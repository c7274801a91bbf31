import type { Context, Resolvers } from '../../context.ts'
import { topLevelError } from '../../errors.ts'
import { numberOf } from '../../shop/gids.ts'
import type { Order } from '../../shop/order_rows.ts'
import { connection, type PageArgs } from '../connection.ts'
import { counted } from '../counts.ts'
import { fullNamespace } from '../metafields/owners.ts'
import { definitionOf } from '../metafields/write.ts'
import { type CustomId, NO_DEFINITION } from '../products/find.ts'
import { foundOrders } from './search.ts'
import { ordersOf, visibleOrder } from './visible.ts'

type Search = PageArgs & { query?: string | null; sortKey?: string | null }
export type OrderIdentifier = { id?: string | null; customId?: CustomId | null }

export const resolvers: Resolvers = {
    QueryRoot: {
        order: (_: unknown, { id }: { id: string }, context: Context) => visibleOrder(context, numberOf(id, 'Order')),
        orderByIdentifier: (_: unknown, { identifier }: { identifier: OrderIdentifier }, context: Context) =>
            orderByIdentifier(context, identifier),
        orders: (_: unknown, args: Search, context: Context, info) =>
            connection(foundOrders(context, args.query, args.sortKey), args, context, info),
        ordersCount: (_: unknown, args: { query?: string | null; limit?: number | null }, context: Context) =>
            counted(foundOrders(context, args.query).length, args.limit),
        pendingOrdersCount: (_: unknown, __: unknown, context: Context) =>
            counted(foundOrders(context, 'status:open fulfillment_status:unfulfilled').length, null),
    },
}

/** Exact at once, whatever the search index knows. */
function orderByIdentifier(context: Context, { id, customId }: OrderIdentifier): Order | null {
    if (id != null) return visibleOrder(context, numberOf(id, 'Order'))
    if (customId == null) return null
    const namespace = fullNamespace(customId.namespace)
    if (definitionOf(context, 'ORDER', namespace, customId.key)?.type !== 'id') {
        throw topLevelError(NO_DEFINITION, 'NOT_FOUND')
    }
    return ordersOf(context).find((order) => carries(order, { ...customId, namespace })) ?? null
}

function carries({ metafields }: Order, { namespace, key, value }: CustomId): boolean {
    return metafields.some((one) => one.namespace === namespace && one.key === key && one.value === value)
}
