import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import type { Order } from '../../shop/order_rows.ts'
import { atMost, cents } from '../../shop/orders/amounts.ts'
import { lineOf } from '../../shop/orders/lookups.ts'
import { inPresentment } from '../../shop/orders/presentment.ts'
import { refundableShipping, refundWorth } from '../../shop/orders/suggest.ts'
import { currentQuantity } from '../../shop/orders/totals.ts'
import { money } from '../../shop/text.ts'
import { orderBag } from './money_bag.ts'
import { type LineInput, lineOfInput } from './refund_create.ts'

type Asked = {
    refundLineItems?: LineInput[] | null
    refundShipping?: boolean | null
    shippingAmount?: string | number | null
    suggestFullRefund?: boolean | null
}

export const resolvers: Resolvers = {
    Order: {
        /** What could be given back for some units: their price after discounts with its tax, never more than was paid. */
        suggestedRefund: (order: Order, asked: Asked, context: Context) => {
            const chosen = asked.suggestFullRefund ? allOf(order) : (asked.refundLineItems ?? [])
            const lines = chosen.flatMap((given) =>
                lineOf(order, numberOf(given.lineItemId, 'LineItem')) ? [lineOfInput(context, order, given)] : [],
            )
            const shipping = shippingOf(order, asked)
            const seen = order.presentment ? inPresentment(shipping, order.presentment.rate) : shipping
            const bag: Bag = (of) =>
                orderBag(order, (it) => refundWorth(it, lines, it === order ? shipping : seen)[of], context)
            return suggestion(order, context, bag)
        },
    },
}

type Bag = (of: keyof ReturnType<typeof refundWorth>) => ReturnType<typeof orderBag>

function suggestion(order: Order, context: Context, bag: Bag) {
    const [amountSet, maximumRefundableSet] = [bag('amount'), bag('most')]
    const none = orderBag(order, () => '0.00', context)
    const parent = order.transactions.find(({ kind }) => kind === 'SALE' || kind === 'CAPTURE')
    const transaction = {
        ...{ amountSet, maximumRefundableSet, amount: amountSet.shopMoney.amount },
        ...{ maximumRefundable: maximumRefundableSet.shopMoney.amount, parentTransaction: parent ?? null },
        ...{ kind: 'SUGGESTED_REFUND', gateway: parent?.gateway ?? null, formattedGateway: parent?.gateway ?? null },
        ...{ accountNumber: null, paymentDetails: null },
    }
    const left = orderBag(order, refundableShipping, context)
    return {
        ...{ amountSet, maximumRefundableSet, amount: amountSet.shopMoney.amount },
        maximumRefundable: maximumRefundableSet.shopMoney.amount,
        ...{ subtotalSet: bag('subtotal'), discountedSubtotalSet: bag('subtotal'), totalTaxSet: bag('tax') },
        ...{ subtotal: bag('subtotal').shopMoney.amount, totalTaxes: bag('tax').shopMoney.amount },
        ...{ totalCartDiscountAmountSet: none, totalDutiesSet: none, refundDuties: [], suggestedRefundMethods: [] },
        shipping: {
            ...{ amountSet: bag('shipping'), amount: bag('shipping').shopMoney.amount, taxSet: none, tax: '0.0' },
            ...{ maximumRefundableSet: left, maximumRefundable: left.shopMoney.amount },
        },
        // lines of a refund that there is not yet have no ids here
        refundLineItems: [],
        suggestedTransactions: cents(amountSet.shopMoney.amount) > 0n ? [transaction] : [],
    }
}

const allOf = ({ lines }: Order): LineInput[] =>
    lines
        .map((line) => ({ lineItemId: `gid://shopify/LineItem/${line.id}`, quantity: currentQuantity(line) }))
        .filter(({ quantity }) => quantity > 0)

/** Asked for by the shop's money. */
function shippingOf(order: Order, { refundShipping, shippingAmount, suggestFullRefund }: Asked): string {
    if (shippingAmount != null) return atMost(money(String(shippingAmount)), refundableShipping(order))
    return refundShipping || suggestFullRefund ? refundableShipping(order) : '0.00'
}
