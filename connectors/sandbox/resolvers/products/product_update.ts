import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { newHandle, renameHandle } from '../../shop/goods.ts'
import { productByHandle } from '../../shop/lookups.ts'
import type { Product } from '../../shop/state.ts'
import { slug } from '../../shop/text.ts'
import { type CreateMedia, createMedia } from '../media/product_media.ts'
import { writeMetafield } from '../metafields/write.ts'
import { type UserError, userError } from '../user_error.ts'
import { type ProductIdentifier, productById, productOf } from './find.ts'
import { joinCollections } from './memberships.ts'
import { type ProductInput, productMetafieldFaults, textFaults, wantedHandle, writeProduct } from './product_input.ts'

type UpdateInput = ProductInput & {
    id?: string | null
    collectionsToJoin?: string[] | null
    collectionsToLeave?: string[] | null
}
type Update = {
    product?: UpdateInput | null
    input?: UpdateInput | null
    identifier?: ProductIdentifier | null
    media?: CreateMedia[] | null
}

export const resolvers: Resolvers = {
    Mutation: {
        /** Changes the fields that are named; a refusal still shows the product, as it was. */
        productUpdate: (_: unknown, { product: given, input, identifier, media }: Update, context: Context) => {
            const asked = given ?? input ?? {}
            const product = identifier ? productOf(context, identifier) : productById(context, asked.id)
            if (!product) return { product: null, userErrors: [userError(['id'], 'Product does not exist')] }
            const userErrors = updateErrors(context, product, asked)
            if (userErrors.length > 0) return { product, userErrors }
            writeHandle(context, product, asked)
            writeProduct(context, product, asked)
            for (const metafield of asked.metafields ?? []) writeMetafield(context, product, metafield)
            joinCollections(context, product, ids(asked.collectionsToJoin), ids(asked.collectionsToLeave))
            const { errors } = createMedia(context, product, media ?? [])
            return { product, userErrors: errors }
        },
    },
}

function updateErrors(context: Context, product: Product, input: UpdateInput): UserError[] {
    const handle = wantedHandle(input.handle)
    const holder = handle === null || slug(input.handle!) === '' ? undefined : productByHandle(context.shop, handle)
    const taken = `Handle '${handle}' already in use. Please provide a new handle.`
    return [
        ...textFaults(input).map(({ field, message }) => userError([field], message)),
        ...(holder && holder !== product ? [userError(['input', 'handle'], taken)] : []),
        ...productMetafieldFaults(context, product, input.metafields).map(({ field, message }) =>
            userError(field, message),
        ),
    ]
}

/** A handle of punctuation alone becomes the next free `product`. */
function writeHandle({ shop }: Context, product: Product, { handle }: UpdateInput) {
    const wanted = wantedHandle(handle)
    if (wanted === null || wanted === product.handle) return
    renameHandle(shop, product, slug(handle!) === '' ? newHandle(shop, 'product') : wanted)
}

function ids(collections: string[] | null | undefined): number[] {
    return (collections ?? []).map((id) => numberOf(id, 'Collection'))
}
