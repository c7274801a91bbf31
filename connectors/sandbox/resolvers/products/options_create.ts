import type { Context, Resolvers } from '../../context.ts'
import { variantsOf } from '../../shop/goods.ts'
import { touch } from '../../shop/touch.ts'
import { userError } from '../user_error.ts'
import { productById } from './find.ts'
import { isDefaultOnly, MOST_OPTIONS, newOption, type OptionInput } from './options.ts'

type Create = { productId: string; options: OptionInput[] }

export const resolvers: Resolvers = {
    Mutation: {
        /** Adds options; every variant there is gets the first value of each (LEAVE_AS_IS, the only strategy here). */
        productOptionsCreate: (_: unknown, { productId, options }: Create, context: Context) => {
            const { shop, clock } = context
            const product = productById(context, productId)
            if (!product) {
                const errors = [userError(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')]
                return { product: null, userErrors: errors }
            }
            const replaces = isDefaultOnly(product)
            const before = replaces ? [] : product.options
            if (before.length + options.length > MOST_OPTIONS) {
                const message = `Can only specify a maximum of ${MOST_OPTIONS} options`
                return { product: null, userErrors: [userError(['options'], message, 'OPTIONS_OVER_LIMIT')] }
            }
            const added = options.map((option) => newOption(shop, option))
            product.options = [...before, ...added]
            for (const variant of variantsOf(shop, product)) {
                const kept = replaces ? [] : variant.options
                variant.options = [...kept, ...added.map(({ values }) => values[0]?.name ?? '')]
            }
            touch(shop, product, clock.now())
            return { product, userErrors: [] }
        },
    },
}
