import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import type { Order, OrderTransaction, Refund, RefundLine } from '../../shop/order_rows.ts'
import { share, sum } from '../../shop/orders/amounts.ts'
import { lineOf, orderOfPart } from '../../shop/orders/lookups.ts'
import { taxShare } from '../../shop/orders/totals.ts'
import { connection, type PageArgs } from '../connection.ts'
import { orderBag } from './money_bag.ts'
import { orderOf } from './visible.ts'

const transactionsOf = (order: Order, { transactionIds }: Refund) =>
    order.transactions.filter(({ id }) => transactionIds.includes(id))

const refunded = (order: Order, refund: Refund) => sum(transactionsOf(order, refund).map(({ amount }) => amount))

/** Money that is worked out of a refund's line. */
const refundBag =
    (amountOf: (row: RefundLine, order: Order) => string) => (row: RefundLine, _: unknown, context: Context) => {
        const own = (order: Order) => order.refunds.flatMap(({ lines }) => lines).find(({ id }) => id === row.id)!
        return orderBag(orderOfPart(context.shop, row.id)!, (order) => amountOf(own(order), order), context)
    }

const amountIn = ({ transactions }: Order, { id }: OrderTransaction) =>
    transactions.find((one) => one.id === id)!.amount

export const resolvers: Resolvers = {
    QueryRoot: {
        refund: (_: unknown, { id }: { id: string }, { shop }: Context) => {
            const number = numberOf(id, 'Refund')
            return orderOfPart(shop, number)?.refunds.find((one) => one.id === number) ?? null
        },
    },
    Refund: {
        id: (refund: Refund) => gid('Refund', refund.id),
        legacyResourceId: (refund: Refund) => String(refund.id),
        createdAt: (refund: Refund) => isoTime(refund.createdAt),
        updatedAt: (refund: Refund) => isoTime(refund.updatedAt),
        processedAt: (refund: Refund) => isoTime(refund.createdAt),
        duties: () => [],
        order: (refund: Refund, _: unknown, { shop }: Context) => orderOf(shop, refund),
        return: (refund: Refund, _: unknown, { shop }: Context) =>
            orderOf(shop, refund).returns.find(({ id }) => id === refund.returnId) ?? null,
        totalRefundedSet: (refund: Refund, _: unknown, context: Context) =>
            orderBag(orderOf(context.shop, refund), (order) => refunded(order, refund), context),
        totalRefunded: (refund: Refund, _: unknown, context: Context) =>
            orderBag(orderOf(context.shop, refund), (order) => refunded(order, refund), context).shopMoney,
        refundLineItems: (refund: Refund, args: PageArgs, context: Context, info) =>
            connection(refund.lines, args, context, info),
        refundShippingLines: (_: Refund, args: PageArgs, context: Context, info) => connection([], args, context, info),
        orderAdjustments: (_: Refund, args: PageArgs, context: Context, info) => connection([], args, context, info),
        transactions: (refund: Refund, args: PageArgs, context: Context, info) =>
            connection(transactionsOf(orderOf(context.shop, refund), refund), args, context, info),
    },
    RefundLineItem: {
        id: (row: RefundLine) => gid('RefundLineItem', row.id),
        lineItem: (row: RefundLine, _: unknown, { shop }: Context) => lineOf(orderOfPart(shop, row.id)!, row.lineId)!,
        location: (row: RefundLine, _: unknown, { shop }: Context) => shop.locations.get(row.locationId ?? -1) ?? null,
        subtotalSet: refundBag(({ subtotal }) => subtotal),
        priceSet: refundBag(({ subtotal, quantity }) => share(subtotal, 1, quantity)),
        totalTaxSet: refundBag((row, order) => taxShare(lineOf(order, row.lineId)!, row.quantity)),
    },
    OrderTransaction: {
        id: (row: OrderTransaction) => gid('OrderTransaction', row.id),
        createdAt: (row: OrderTransaction) => isoTime(row.createdAt),
        processedAt: (row: OrderTransaction) => isoTime(row.createdAt),
        order: (row: OrderTransaction, _: unknown, { shop }: Context) => orderOf(shop, row),
        amountSet: (row: OrderTransaction, _: unknown, context: Context) =>
            orderBag(orderOf(context.shop, row), (order) => amountIn(order, row), context),
        formattedGateway: (row: OrderTransaction) => row.gateway,
        manualPaymentGateway: (row: OrderTransaction) => row.gateway === 'manual',
        ...{ fees: () => [], manuallyCapturable: () => false, multiCapturable: () => false, errorCode: () => null },
        parentTransaction: (row: OrderTransaction, _: unknown, { shop }: Context) =>
            orderOf(shop, row).transactions.find(({ id }) => id === row.parentId) ?? null,
    },
}
