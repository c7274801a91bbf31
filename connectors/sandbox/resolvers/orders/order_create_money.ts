import type { Context } from '../../context.ts'
import type { Order } from '../../shop/order_rows.ts'
import { cents } from '../../shop/orders/amounts.ts'
import { rateOf } from '../../shop/orders/presentment.ts'
import { money } from '../../shop/text.ts'
import type { MoneyBagInput, OrderCreateInput, TaxLineInput } from './order_create_input.ts'

/** The amount in the customer's currency, where the input gives one. */
export function presentmentOf(given: MoneyBagInput | null | undefined): string | undefined {
    const amount = given?.presentmentMoney?.amount
    return amount == null ? undefined : money(String(amount))
}

/** What a new order's customer pays in, if it is another currency; its rate is that of the first price given in both. */
export function presentmentIn({ shop }: Context, input: OrderCreateInput): Pick<Order, 'presentment'> {
    const { presentmentCurrency: currency } = input
    if (currency == null || currency === shop.currency) return {}
    const both = bagsOf(input).find(({ bag }) => presentmentOf(bag) !== undefined && cents(shopAmount(bag)) > 0n)
    return { presentment: { currency, rate: both ? rateOf(shopAmount(both.bag), presentmentOf(both.bag)!) : '1' } }
}

const shopAmount = ({ shopMoney }: MoneyBagInput) => money(String(shopMoney.amount))

type Bag = { field: (string | number)[]; bag: MoneyBagInput }

/** Every amount of a new order, and where it stands. */
function bagsOf({ lineItems, shippingLines, taxLines, transactions }: OrderCreateInput): Bag[] {
    const taxes = (at: (string | number)[], lines: readonly TaxLineInput[] | null | undefined) =>
        (lines ?? []).map(({ priceSet }, tax) => ({ field: [...at, 'taxLines', tax, 'priceSet'], bag: priceSet }))
    const priced = (list: string, lines: NonNullable<typeof lineItems> | NonNullable<typeof shippingLines>) =>
        lines.flatMap(({ priceSet, taxLines: own }, place) => [
            { field: [list, place, 'priceSet'], bag: priceSet },
            ...taxes([list, place], own),
        ])
    const paid = (transactions ?? []).map(({ amountSet }, place) => ({
        field: ['transactions', place, 'amountSet'],
        bag: amountSet,
    }))
    const all = [
        ...priced('lineItems', lineItems ?? []),
        ...priced('shippingLines', shippingLines ?? []),
        ...taxes([], taxLines),
        ...paid,
    ]
    return all.flatMap(({ field, bag }) => (bag ? [{ field, bag }] : []))
}

/** Amounts in a currency that the order has not; Shopify's own words for it are not known. */
export function currencyFaults({ shop }: Context, input: OrderCreateInput): { field: Bag['field']; message: string }[] {
    const own = input.currency ?? shop.currency
    const customers = input.presentmentCurrency ?? own
    return bagsOf(input).flatMap(({ field, bag: { shopMoney, presentmentMoney } }) => {
        if (shopMoney.currencyCode !== own) {
            return [{ field: [...field, 'shopMoney'], message: `Currency must be the order's, ${own}` }]
        }
        const asked = presentmentMoney?.currencyCode ?? customers
        if (asked === customers) return []
        return [
            {
                field: [...field, 'presentmentMoney'],
                message: `Currency must be the presentment currency, ${customers}`,
            },
        ]
    })
}
