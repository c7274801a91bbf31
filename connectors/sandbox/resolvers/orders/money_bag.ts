import type { Context } from '../../context.ts'
import { moneyV2 } from '../money.ts'

/** Money in the shop's currency and, which is the same here, in the customer's. */
export function moneyBag(amount: string, context: Context) {
    const money = moneyV2(amount, context)
    return { shopMoney: money, presentmentMoney: money }
}

export function taxLines(lines: readonly { title: string; rate: number; price: string }[], context: Context) {
    return lines.map(({ title, rate, price }) => ({
        ...{ title, rate, ratePercentage: rate * 100, source: 'manual', channelLiable: false },
        priceSet: moneyBag(price, context),
        price: moneyBag(price, context).shopMoney.amount,
    }))
}
