import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { variantsOf } from '../../shop/goods.ts'
import type { Product, Shop } from '../../shop/state.ts'
import { touch } from '../../shop/touch.ts'
import { userError } from '../user_error.ts'
import { productById } from './find.ts'

type ValueUpdate = { id: string; name?: string | null }
type Update = {
    productId: string
    option: { id: string; name?: string | null }
    optionValuesToUpdate?: ValueUpdate[] | null
}

export const resolvers: Resolvers = {
    Mutation: {
        /** Renames an option and its values. Values are neither added nor deleted here, and options keep their places. */
        productOptionUpdate: (_: unknown, args: Update, context: Context) => {
            const { shop, clock } = context
            const product = productById(context, args.productId)
            const error = product ? refusal(product, args) : refused(['productId'], 'Product')
            if (!product || error) return { product: null, userErrors: [error] }
            const place = placeOf(product, args.option.id)
            const option = product.options[place]!
            option.name = args.option.name ?? option.name
            for (const value of args.optionValuesToUpdate ?? []) renameValue(shop, product, place, value)
            touch(shop, product, clock.now())
            return { product, userErrors: [] }
        },
    },
}

function placeOf(product: Product, id: string): number {
    return product.options.findIndex((option) => option.id === numberOf(id, 'ProductOption'))
}

function refused(field: string[], what: string) {
    return userError(field, `${what} does not exist`, `${what.toUpperCase().replaceAll(' ', '_')}_DOES_NOT_EXIST`)
}

function refusal(product: Product, { option, optionValuesToUpdate }: Update) {
    const place = placeOf(product, option.id)
    if (place < 0) return refused(['option'], 'Option')
    const { name } = option
    if (name != null && product.options.some((other, at) => at !== place && other.name === name)) {
        return userError(['option', 'name'], 'Option already exists', 'OPTION_ALREADY_EXISTS')
    }
    if (name?.trim() === '') return userError(['option', 'name'], 'The name provided is not valid.', 'INVALID_NAME')
    const values = product.options[place]!.values
    const unknown = (optionValuesToUpdate ?? []).findIndex(
        (value) => !values.some(({ id }) => id === numberOf(value.id, 'ProductOptionValue')),
    )
    return unknown < 0 ? null : refused(['optionValuesToUpdate', String(unknown)], 'Option value')
}

function renameValue(shop: Shop, product: Product, place: number, { id, name }: ValueUpdate): void {
    const value = product.options[place]!.values.find((it) => it.id === numberOf(id, 'ProductOptionValue'))!
    if (name == null) return
    for (const variant of variantsOf(shop, product)) {
        if (variant.options[place] === value.name) variant.options[place] = name
    }
    value.name = name
}
