import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { addProduct, addVariant } from '../../shop/goods.ts'
import type { Product } from '../../shop/state.ts'
import { type CreateMedia, createMedia } from '../media/product_media.ts'
import { writeMetafield } from '../metafields/write.ts'
import { type UserError, userError } from '../user_error.ts'
import { joinCollections } from './memberships.ts'
import { defaultOption, MOST_OPTIONS, newOption, type OptionInput } from './options.ts'
import { type ProductInput, productMetafieldFaults, storedFields, textFaults, writeProduct } from './product_input.ts'

type CreateInput = ProductInput & {
    id?: string | null
    productOptions?: OptionInput[] | null
    collectionsToJoin?: string[] | null
}
type Create = { product?: CreateInput | null; input?: CreateInput | null; media?: CreateMedia[] | null }

export const resolvers: Resolvers = {
    Mutation: {
        /** Makes a product with one variant: the default one, or that of the first value of each option. */
        productCreate: (_: unknown, { product: given, input, media }: Create, context: Context) => {
            const asked = given ?? input ?? {}
            const userErrors = createErrors(context, asked)
            const answer = { shop: context.shop }
            if (userErrors.length > 0) return { ...answer, product: null, userErrors }
            const product = created(context, asked)
            const { errors } = createMedia(context, product, media ?? [])
            return { ...answer, product, userErrors: errors }
        },
    },
}

function createErrors(context: Context, input: CreateInput): UserError[] {
    if (input.id != null) return [userError(['input'], 'id cannot be specified during creation')]
    const { productOptions: options } = input
    const blank = input.title == null ? [userError(['title'], "Title can't be blank")] : []
    const tooMany = options && options.length > MOST_OPTIONS
    return [
        ...blank,
        ...textFaults(input).map(({ field, message }) => userError([field], message)),
        ...(tooMany ? [userError(['productOptions'], `Can only specify a maximum of ${MOST_OPTIONS} options`)] : []),
        ...productMetafieldFaults(context, null, input.metafields).map(({ field, message }) =>
            userError(field, message),
        ),
    ]
}

function created(context: Context, input: CreateInput): Product {
    const { shop, clock } = context
    const title = storedFields(shop, input).title!
    const handle = input.handle?.trim() || input.title!
    const product = addProduct(shop, { ...storedFields(shop, input), title, handle }, clock.now())
    writeProduct(context, product, input)
    const options = [...(input.productOptions ?? [])].sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    product.options = options.length > 0 ? options.map((option) => newOption(shop, option)) : [defaultOption(shop)]
    const values = product.options.map((option) => option.values[0]?.name ?? 'Default Title')
    addVariant(shop, product, { options: values }, clock.now())
    for (const metafield of input.metafields ?? []) writeMetafield(context, product, metafield)
    joinCollections(context, product, ids(input.collectionsToJoin), [])
    return product
}

function ids(collections: string[] | null | undefined): number[] {
    return (collections ?? []).map((id) => numberOf(id, 'Collection'))
}
