import type { Context, Resolvers } from '../../context.ts'
import { variantsOf } from '../../shop/goods.ts'
import type { Product } from '../../shop/state.ts'
import { compareMoney, money } from '../../shop/text.ts'
import { moneyV2 } from '../money.ts'

/** The lowest and the highest of some prices; null if there are none. */
function range(prices: readonly string[]): { least: string; most: string } | null {
    const ordered = prices.toSorted(compareMoney)
    const [least] = ordered
    const most = ordered.at(-1)
    return least === undefined || most === undefined ? null : { least, most }
}

const pricesOf = (product: Product, { shop }: Context) => variantsOf(shop, product).map(({ price }) => price)

/** The deprecated range counts in hundredths, as it was recorded: `500.0` for 5.00. */
const inHundredths = (price: string) => BigInt(money(price).replace('.', '')).toString()

export const resolvers: Resolvers = {
    Product: {
        priceRangeV2: (product: Product, _: unknown, context: Context) => {
            const { least, most } = range(pricesOf(product, context)) ?? { least: '0.00', most: '0.00' }
            return { minVariantPrice: moneyV2(least, context), maxVariantPrice: moneyV2(most, context) }
        },
        priceRange: (product: Product, _: unknown, context: Context) => {
            const { least, most } = range(pricesOf(product, context)) ?? { least: '0.00', most: '0.00' }
            return {
                minVariantPrice: moneyV2(inHundredths(least), context),
                maxVariantPrice: moneyV2(inHundredths(most), context),
            }
        },
        compareAtPriceRange: (product: Product, _: unknown, context: Context) => {
            const prices = variantsOf(context.shop, product).map(({ compareAtPrice }) => compareAtPrice)
            const found = range(prices.filter((price) => price !== null))
            return (
                found && {
                    minVariantCompareAtPrice: moneyV2(found.least, context),
                    maxVariantCompareAtPrice: moneyV2(found.most, context),
                }
            )
        },
    },
}
