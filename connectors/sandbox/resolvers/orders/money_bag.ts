import type { Context } from '../../context.ts'
import type { Order, OrderLine, TaxLine } from '../../shop/order_rows.ts'
import { orderOfPart } from '../../shop/orders/lookups.ts'
import { presented } from '../../shop/orders/presentment.ts'
import { moneyV2, shortDecimal } from '../money.ts'

/** Money of whatever has no customer's currency of its own. */
export function moneyBag(amount: string, context: Context) {
    const money = moneyV2(amount, context)
    return { shopMoney: money, presentmentMoney: money }
}

/** Money that is worked out of an order, in the shop's currency and in the one the customer paid in. */
export function orderBag(order: Order, amountOf: (order: Order) => string, context: Context) {
    const shopMoney = moneyV2(amountOf(order), context)
    if (!order.presentment) return { shopMoney, presentmentMoney: shopMoney }
    const amount = shortDecimal(amountOf(presented(order)))
    return { shopMoney, presentmentMoney: { amount, currencyCode: order.presentment.currency } }
}

/** Money that is worked out of one line of an order. */
export function lineBag(line: OrderLine, amountOf: (line: OrderLine) => string, context: Context) {
    const order = orderOfPart(context.shop, line.id)
    if (!order?.presentment) return moneyBag(amountOf(line), context)
    return orderBag(order, ({ lines }) => amountOf(lines.find(({ id }) => id === line.id)!), context)
}

/** Tax lines of an order, of a line or of its shipping. */
export function taxLines(order: Order | undefined, of: (order: Order) => readonly TaxLine[], context: Context) {
    if (!order) return []
    return of(order).map(({ title, rate }, place) => {
        const priceSet = orderBag(order, (either) => of(either)[place]!.price, context)
        return {
            ...{ title, rate, ratePercentage: rate * 100, source: 'manual', channelLiable: false },
            ...{ priceSet, price: priceSet.shopMoney.amount },
        }
    })
}
