import type { Resolvers } from '../../context.ts'
import { resolvers as draftMutations } from './draft_mutations.ts'
import { resolvers as drafts } from './drafts.ts'
import { resolvers as fulfillmentMutations } from './fulfillment_mutations.ts'
import { resolvers as fulfillmentOrders } from './fulfillment_orders.ts'
import { resolvers as fulfillments } from './fulfillments.ts'
import { resolvers as lines } from './lines.ts'
import { resolvers as order } from './order.ts'
import { resolvers as orderCancel } from './order_cancel.ts'
import { resolvers as orderCreate } from './order_create.ts'
import { resolvers as orderEdit } from './order_edit.ts'
import { resolvers as orderMoney } from './order_money.ts'
import { resolvers as orderUpdate } from './order_update.ts'
import { resolvers as people } from './people.ts'
import { resolvers as queries } from './queries.ts'
import { resolvers as refundCreate } from './refund_create.ts'
import { resolvers as refunds } from './refunds.ts'
import { resolvers as returnMutations } from './return_mutations.ts'
import { resolvers as returns } from './returns.ts'
import { resolvers as suggestedRefund } from './suggested_refund.ts'

/** All that the sandbox answers about orders, for the table of contents above. */
export const orderResolvers: readonly Resolvers[] = [
    ...[fulfillmentOrders, fulfillments, lines, order, orderCreate, orderMoney],
    ...[fulfillmentMutations, orderCancel, orderEdit, orderUpdate, refundCreate, returnMutations],
    ...[draftMutations, drafts],
    ...[people, queries, refunds, returns, suggestedRefund],
]
