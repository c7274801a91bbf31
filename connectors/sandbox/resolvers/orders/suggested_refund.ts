import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import type { Order, OrderLine } from '../../shop/order_rows.ts'
import { atMost, cents, minus, share, sum } from '../../shop/orders/amounts.ts'
import { lineOf } from '../../shop/orders/lookups.ts'
import { currentQuantity, lineAmount, originalTotals, payments } from '../../shop/orders/totals.ts'
import { money } from '../../shop/text.ts'
import { moneyBag } from './money_bag.ts'

type LineInput = { lineItemId: string; quantity: number; restockType?: string | null; locationId?: string | null }
type Asked = {
    refundLineItems?: LineInput[] | null
    refundShipping?: boolean | null
    shippingAmount?: string | number | null
    suggestFullRefund?: boolean | null
}
type Line = { line: OrderLine; quantity: number; restockType: string; locationId: number | null }

/** What the shop would give back: what the lines and the shipping cost, and never more than came and was kept. */
export const resolvers: Resolvers = {
    Order: {
        suggestedRefund: (order: Order, asked: Asked, context: Context) => {
            const lines = linesOf(order, asked)
            const shipping = shippingOf(order, asked)
            const subtotal = sum(lines.map(({ line, quantity }) => lineAmount(line, quantity)))
            const tax = sum(lines.map(({ line, quantity }) => taxOf(line, quantity)))
            const { net } = payments(order)
            const amount = atMost(sum([subtotal, shipping, order.taxesIncluded ? '0.00' : tax]), net)
            const bag = (value: string) => moneyBag(value, context)
            return {
                ...{ amountSet: bag(amount), amount, maximumRefundableSet: bag(net), maximumRefundable: net },
                ...{ subtotalSet: bag(subtotal), subtotal, discountedSubtotalSet: bag(subtotal) },
                ...{ totalTaxSet: bag(tax), totalTaxes: tax, totalDutiesSet: bag('0.00'), refundDuties: [] },
                totalCartDiscountAmountSet: bag('0.00'),
                shipping: { amountSet: bag(shipping), maximumRefundableSet: bag(leftOfShipping(order)) },
                refundLineItems: lines.map((one) => lineShown(one)),
                suggestedTransactions: transactionsOf(order, amount, context),
                suggestedRefundMethods: [],
            }
        },
    },
}

function linesOf(order: Order, { refundLineItems, suggestFullRefund }: Asked): Line[] {
    if (suggestFullRefund) {
        const left = order.lines.map((line) => ({ line, quantity: currentQuantity(line) }))
        return left
            .filter(({ quantity }) => quantity > 0)
            .map((one) => ({ ...one, restockType: 'NO_RESTOCK', locationId: null }))
    }
    return (refundLineItems ?? []).flatMap((given) => {
        const line = lineOf(order, numberOf(given.lineItemId, 'LineItem'))
        if (!line) return []
        const locationId = given.locationId == null ? null : numberOf(given.locationId, 'Location')
        const quantity = Math.min(given.quantity, currentQuantity(line))
        return [{ line, quantity, restockType: given.restockType ?? 'NO_RESTOCK', locationId }]
    })
}

function lineShown({ line, quantity, restockType, locationId }: Line) {
    const subtotal = lineAmount(line, quantity)
    return {
        ...{ __typename: 'RefundLineItem', id: 0, lineId: line.id, quantity, restockType, restocked: false },
        ...{ locationId, subtotal },
    }
}

const taxOf = (line: OrderLine, quantity: number) =>
    share(sum(line.taxLines.map(({ price }) => price)), quantity, line.quantity)

const leftOfShipping = (order: Order) =>
    minus(originalTotals(order).shipping, sum(order.refunds.map((refund) => refund.shipping)))

function shippingOf(order: Order, { refundShipping, shippingAmount, suggestFullRefund }: Asked): string {
    if (refundShipping || suggestFullRefund) return leftOfShipping(order)
    return atMost(money(String(shippingAmount ?? '0')), leftOfShipping(order))
}

/** Each payment gives back what is left of it, the older ones first. */
function transactionsOf(order: Order, amount: string, context: Context) {
    let left = amount
    return order.transactions.flatMap((parent) => {
        if (parent.status !== 'SUCCESS' || (parent.kind !== 'SALE' && parent.kind !== 'CAPTURE')) return []
        const back = order.transactions.filter(({ kind, parentId }) => kind === 'REFUND' && parentId === parent.id)
        const most = minus(parent.amount, sum(back.map((one) => one.amount)))
        if (cents(most) <= 0n) return []
        const part = atMost(left, most)
        left = minus(left, part)
        const { gateway } = parent
        return [
            {
                ...{ gateway, formattedGateway: gateway, kind: 'SUGGESTED_REFUND', parentTransaction: parent },
                ...{ amount: part, amountSet: moneyBag(part, context), accountNumber: null, paymentDetails: null },
                ...{ maximumRefundable: most, maximumRefundableSet: moneyBag(most, context) },
            },
        ]
    })
}
