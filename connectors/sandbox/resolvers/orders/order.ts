import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime } from '../../shop/gids.ts'
import type { Order } from '../../shop/order_rows.ts'
import { fulfillmentOrdersOf } from '../../shop/orders/lookups.ts'
import { currentQuantity, financialStatus, fulfillmentStatus, unfulfilledQuantity } from '../../shop/orders/totals.ts'
import { connection, type PageArgs } from '../connection.ts'
import { counted } from '../counts.ts'
import { foundFulfillmentOrders } from './fulfillment_orders.ts'
import { taxLines } from './money_bag.ts'

type First = { first?: number | null }
type Transactions = First & { capturable?: boolean | null }

const time = (at: number | null) => (at === null ? null : isoTime(at))
const units = (order: Order, of: (line: Order['lines'][number]) => number) =>
    order.lines.reduce((sum, line) => sum + of(line), 0)

export const resolvers: Resolvers = {
    Order: {
        id: (order: Order) => gid('Order', order.id),
        legacyResourceId: (order: Order) => String(order.id),
        createdAt: (order: Order) => isoTime(order.createdAt),
        updatedAt: (order: Order) => isoTime(order.updatedAt),
        processedAt: (order: Order) => isoTime(order.processedAt),
        cancelledAt: (order: Order) => time(order.cancelledAt),
        closedAt: (order: Order) => time(order.closedAt),
        closed: (order: Order) => order.closedAt !== null,
        cancellation: (order: Order) => (order.cancelledAt === null ? null : { staffNote: order.staffNote }),
        confirmed: () => true,
        confirmationNumber: (order: Order) => order.id.toString(36).toUpperCase().slice(-9),
        displayFinancialStatus: (order: Order) => financialStatus(order),
        displayFulfillmentStatus: (order: Order) => fulfillmentStatus(order),
        returnStatus: (order: Order) => returnStatus(order),
        currencyCode: (order: Order) => order.currency,
        presentmentCurrencyCode: (order: Order) => order.presentment?.currency ?? order.currency,
        taxLines: (order: Order, _: unknown, context: Context) => taxLines(order, (it) => it.taxLines, context),
        currentTaxLines: (order: Order, _: unknown, context: Context) => taxLines(order, (it) => it.taxLines, context),
        ...{ taxExempt: () => false, estimatedTaxes: () => false, dutiesIncluded: () => false },
        discountCode: (order: Order) => order.discountCodes[0] ?? null,
        discountApplications: (_: Order, args: PageArgs, context: Context, info) => connection([], args, context, info),
        paymentGatewayNames: (order: Order) => [...new Set(order.transactions.map(({ gateway }) => gateway))],
        subtotalLineItemsQuantity: (order: Order) => units(order, ({ quantity }) => quantity),
        currentSubtotalLineItemsQuantity: (order: Order) => units(order, currentQuantity),
        requiresShipping: (order: Order) => order.lines.some(({ requiresShipping }) => requiresShipping),
        fulfillable: (order: Order) => units(order, unfulfilledQuantity) > 0,
        restockable: (order: Order) => units(order, currentQuantity) > 0,
        merchantEditable: (order: Order) => order.cancelledAt === null,
        merchantEditableErrors: () => [],
        ...{ alerts: () => [], disputes: () => [], additionalFees: () => [], customerAcceptsMarketing: () => false },
        ...{ hasTimelineComment: () => false, canNotifyCustomer: (order: Order) => order.email !== null },
        statusPageUrl: (order: Order, _: unknown, { origin }: Context) => `${origin}/orders/${order.id}/authenticate`,
        billingAddressMatchesShippingAddress: ({ billingAddress, shippingAddress }: Order) =>
            JSON.stringify({ ...billingAddress, id: 0 }) === JSON.stringify({ ...shippingAddress, id: 0 }),
        displayAddress: (order: Order) => order.shippingAddress ?? order.billingAddress,
        shippingLine: (order: Order) => order.shippingLines[0] ?? null,
        shippingLines: (order: Order, args: PageArgs, context: Context, info) =>
            connection(order.shippingLines, args, context, info),
        lineItems: (order: Order, args: PageArgs, context: Context, info) =>
            connection(order.lines, args, context, info),
        nonFulfillableLineItems: (_: Order, args: PageArgs, context: Context, info) =>
            connection([], args, context, info),
        fulfillments: (order: Order, { first }: First) => order.fulfillments.slice(0, first ?? undefined),
        fulfillmentsCount: (order: Order) => counted(order.fulfillments.length),
        fulfillmentOrders: (order: Order, args: PageArgs & { query?: string | null }, context: Context, info) => {
            const rows = fulfillmentOrdersOf(context.shop, order)
            return connection(foundFulfillmentOrders(context, rows, args.query), args, context, info)
        },
        refunds: (order: Order, { first }: First) => order.refunds.slice(0, first ?? undefined),
        returns: (order: Order, args: PageArgs, context: Context, info) =>
            connection(order.returns, args, context, info),
        transactions: (order: Order, { first }: Transactions) => order.transactions.slice(0, first ?? undefined),
        transactionsCount: (order: Order) => counted(order.transactions.length),
        events: (_: Order, args: PageArgs, context: Context, info) => connection([], args, context, info),
    },
}

function returnStatus({ returns }: Order): string {
    const of = (status: string) => returns.some((one) => one.status === status)
    if (of('REQUESTED')) return 'RETURN_REQUESTED'
    if (of('OPEN')) return 'IN_PROGRESS'
    return of('CLOSED') ? 'RETURNED' : 'NO_RETURN'
}
