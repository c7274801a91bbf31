import type { Resolvers } from '../../context.ts'
import { resolvers as fulfillmentOrders } from './fulfillment_orders.ts'
import { resolvers as fulfillments } from './fulfillments.ts'
import { resolvers as lines } from './lines.ts'
import { resolvers as order } from './order.ts'
import { resolvers as orderMoney } from './order_money.ts'
import { resolvers as people } from './people.ts'
import { resolvers as queries } from './queries.ts'
import { resolvers as refunds } from './refunds.ts'
import { resolvers as returns } from './returns.ts'

/** All that the sandbox answers about orders, for the table of contents above. */
export const orderResolvers: readonly Resolvers[] = [
    ...[fulfillmentOrders, fulfillments, lines, order, orderMoney],
    ...[people, queries, refunds, returns],
]
