import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import type { Return, ReturnLine } from '../../shop/order_rows.ts'
import { lineOf, orderOfPart } from '../../shop/orders/lookups.ts'
import { lineAmount } from '../../shop/orders/totals.ts'
import { connection, type PageArgs } from '../connection.ts'
import { lineBag } from './money_bag.ts'
import { orderOf } from './visible.ts'

const time = (at: number | null) => (at === null ? null : isoTime(at))
const unprocessed = ({ quantity, processedQuantity }: ReturnLine) => quantity - processedQuantity

/** The return of a number; undefined if there is none. */
export function returnById({ shop }: Context, id: number): Return | undefined {
    return orderOfPart(shop, id)?.returns.find((one) => one.id === id)
}

export const resolvers: Resolvers = {
    QueryRoot: {
        return: (_: unknown, { id }: { id: string }, context: Context) =>
            returnById(context, numberOf(id, 'Return')) ?? null,
    },
    Return: {
        id: (row: Return) => gid('Return', row.id),
        createdAt: (row: Return) => isoTime(row.createdAt),
        closedAt: (row: Return) => time(row.closedAt),
        requestApprovedAt: (row: Return) => time(row.requestApprovedAt),
        order: (row: Return, _: unknown, { shop }: Context) => orderOf(shop, row),
        totalQuantity: ({ lines }: Return) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
        returnShippingFees: () => [],
        returnLineItems: (row: Return, args: PageArgs, context: Context, info) =>
            connection(row.lines, args, context, info),
        exchangeLineItems: (_: Return, args: PageArgs, context: Context, info) => connection([], args, context, info),
        // what is to come back stands in one of them, with the ids that dispositions name
        reverseFulfillmentOrders: (row: Return, args: PageArgs, context: Context, info) =>
            connection(row.status === 'OPEN' || row.status === 'CLOSED' ? [row] : [], args, context, info),
        refunds: (row: Return, args: PageArgs, context: Context, info) => {
            const refunds = orderOf(context.shop, row).refunds.filter(({ returnId }) => returnId === row.id)
            return connection(refunds, args, context, info)
        },
        transactions: (row: Return, args: PageArgs, context: Context, info) => {
            const { refunds, transactions } = orderOf(context.shop, row)
            const ids = refunds.filter(({ returnId }) => returnId === row.id).flatMap((one) => one.transactionIds)
            const own = transactions.filter(({ id }) => ids.includes(id))
            return connection(own, args, context, info)
        },
    },
    ReverseFulfillmentOrder: {
        id: (row: Return) => gid('ReverseFulfillmentOrder', row.id),
        status: ({ status }: Return) => (status === 'CLOSED' ? 'CLOSED' : 'OPEN'),
        order: (row: Return, _: unknown, { shop }: Context) => orderOf(shop, row),
        lineItems: (row: Return, args: PageArgs, context: Context, info) =>
            connection(
                row.lines.map((line) => ({ ...line, __typename: 'ReverseFulfillmentOrderLineItem' })),
                args,
                context,
                info,
            ),
    },
    ReverseFulfillmentOrderLineItem: {
        id: (line: ReturnLine) => gid('ReverseFulfillmentOrderLineItem', line.id),
        totalQuantity: ({ quantity }: ReturnLine) => quantity,
        dispositions: () => [],
        fulfillmentLineItem: (row: ReturnLine, _: unknown, { shop }: Context) => {
            const parcels = orderOf(shop, row).fulfillments.flatMap(({ lines }) => lines)
            return parcels.find(({ id }) => id === row.fulfillmentLineId)!
        },
    },
    ReturnLineItem: {
        id: (row: ReturnLine) => gid('ReturnLineItem', row.id),
        fulfillmentLineItem: (row: ReturnLine, _: unknown, { shop }: Context) => {
            const parcels = orderOf(shop, row).fulfillments.flatMap(({ lines }) => lines)
            return parcels.find(({ id }) => id === row.fulfillmentLineId)!
        },
        ...{ processableQuantity: unprocessed, unprocessedQuantity: unprocessed },
        refundableQuantity: ({ quantity, refundedQuantity }: ReturnLine) => quantity - refundedQuantity,
        returnReason: ({ reason }: ReturnLine) => reason,
        returnReasonNote: ({ note }: ReturnLine) => note,
        ...{ customerNote: () => null, restockingFee: () => null, returnReasonDefinition: () => null },
        withCodeDiscountedTotalPriceSet: (row: ReturnLine, _: unknown, context: Context) => {
            const line = lineOf(orderOf(context.shop, row), row.lineId)!
            return lineBag(line, (it) => lineAmount(it, row.quantity), context)
        },
    },
}
