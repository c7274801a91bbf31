import type { Context, Resolvers } from '../../context.ts'
import type { Order, ShippingLine } from '../../shop/order_rows.ts'
import { cents, sum } from '../../shop/orders/amounts.ts'
import { orderOfPart } from '../../shop/orders/lookups.ts'
import { capturable, outstanding } from '../../shop/orders/payments.ts'
import { currentTotals, originalTotals, payments } from '../../shop/orders/totals.ts'
import { moneyBag, orderBag, taxLines } from './money_bag.ts'

const bag = (amountOf: (order: Order) => string) => (order: Order, _: unknown, context: Context) =>
    orderBag(order, amountOf, context)

const shippingLineOf = ({ shippingLines }: Order, { id }: ShippingLine) => shippingLines.find((one) => one.id === id)!

/** A draft's shipping line belongs to no order yet. */
function shippingPrice(line: ShippingLine, _: unknown, context: Context) {
    const order = orderOfPart(context.shop, line.id)
    return order ? orderBag(order, (it) => shippingLineOf(it, line).price, context) : moneyBag(line.price, context)
}

export const resolvers: Resolvers = {
    Order: {
        subtotalPriceSet: bag((order) => originalTotals(order).subtotal),
        totalPriceSet: bag((order) => originalTotals(order).total),
        originalTotalPriceSet: bag((order) => originalTotals(order).total),
        totalTaxSet: bag((order) => originalTotals(order).tax),
        totalDiscountsSet: bag((order) => originalTotals(order).discounts),
        totalShippingPriceSet: bag((order) => originalTotals(order).shipping),
        cartDiscountAmountSet: bag((order) => originalTotals(order).discounts),
        currentSubtotalPriceSet: bag((order) => currentTotals(order).subtotal),
        currentTotalPriceSet: bag((order) => currentTotals(order).total),
        currentTotalTaxSet: bag((order) => currentTotals(order).tax),
        currentTotalDiscountsSet: bag((order) => currentTotals(order).discounts),
        currentCartDiscountAmountSet: bag((order) => currentTotals(order).discounts),
        currentShippingPriceSet: bag((order) => currentTotals(order).shipping),
        totalReceivedSet: bag((order) => payments(order).received),
        totalRefundedSet: bag((order) => payments(order).refunded),
        totalRefundedShippingSet: bag((order) => sum(order.refunds.map(({ shipping }) => shipping))),
        netPaymentSet: bag((order) => payments(order).net),
        totalOutstandingSet: bag(outstanding),
        totalCapturableSet: bag(capturable),
        totalTipReceivedSet: bag(() => '0.00'),
        refundDiscrepancySet: bag(() => '0.00'),
        capturable: (order: Order) => cents(capturable(order)) > 0n,
        canMarkAsPaid: (order: Order) => cents(outstanding(order)) > 0n,
        fullyPaid: (order: Order) => cents(outstanding(order)) === 0n,
        unpaid: (order: Order) => cents(payments(order).received) === 0n,
        refundable: (order: Order) => cents(payments(order).net) > 0n,
    },
    ShippingLine: {
        id: (line: ShippingLine) => `gid://shopify/ShippingLine/${line.id}`,
        custom: () => false,
        isRemoved: () => false,
        discountAllocations: () => [],
        taxLines: (line: ShippingLine, _: unknown, context: Context) =>
            taxLines(orderOfPart(context.shop, line.id), (order) => shippingLineOf(order, line).taxLines, context),
        originalPriceSet: shippingPrice,
        discountedPriceSet: shippingPrice,
        currentDiscountedPriceSet: shippingPrice,
    },
}
