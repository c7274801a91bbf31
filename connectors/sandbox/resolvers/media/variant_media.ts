import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { stateOf } from '../../shop/pictures.ts'
import type { Product, Variant } from '../../shop/state.ts'
import { touchVariant } from '../../shop/touch.ts'
import { productById } from '../products/find.ts'
import { type UserError, userError } from '../user_error.ts'
import { attached } from './product_media.ts'

const MOST_PAIRS = 100

type Pair = { variantId: string; mediaIds: string[] }
type Args = { productId: string; variantMedia: Pair[] }
type Judge = (context: Context, product: Product, variant: Variant, pair: Pair, path: string[]) => UserError | null

export const resolvers: Resolvers = {
    Mutation: {
        productVariantAppendMedia: (_: unknown, args: Args, context: Context) =>
            changed(context, args, appendError, (variant, id) => {
                variant.mediaIds = [...variant.mediaIds, id]
            }),
        productVariantDetachMedia: (_: unknown, args: Args, context: Context) =>
            changed(context, args, detachError, (variant, id) => {
                variant.mediaIds = variant.mediaIds.filter((other) => other !== id)
            }),
    },
}

function refused(error: UserError) {
    return { product: null, productVariants: null, userErrors: [error] }
}

/** All or nothing; only the first fault is told. */
function changed(context: Context, args: Args, judge: Judge, change: (variant: Variant, mediaId: number) => void) {
    const { shop, clock } = context
    const product = productById(context, args.productId)
    if (!product) return refused(userError(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST'))
    const pairs = args.variantMedia
    const shape = shapeError(pairs)
    if (shape) return refused(shape)
    const variants = pairs.map(({ variantId }) => shop.variants.get(numberOf(variantId, 'ProductVariant')))
    for (const [index, pair] of pairs.entries()) {
        const path = ['variantMedia', String(index)]
        const variant = variants[index]
        const error =
            variant?.productId === product.id ? judge(context, product, variant, pair, path) : foreignVariant(path)
        if (error) return refused(error)
    }
    variants.forEach((variant, index) => {
        change(variant!, attached(context, product, pairs[index]!.mediaIds[0]!)!.id)
        touchVariant(shop, variant!, clock.now())
    })
    return { product, productVariants: variants, userErrors: [] }
}

function shapeError(pairs: Pair[]): UserError | null {
    if (pairs.length > MOST_PAIRS) {
        const message = `Exceeded ${MOST_PAIRS} variant-media pairs per mutation.`
        return userError(['variantMedia'], message, 'MAXIMUM_VARIANT_MEDIA_PAIRS_EXCEEDED')
    }
    for (const [index, { mediaIds, variantId }] of pairs.entries()) {
        const path = ['variantMedia', String(index)]
        if (mediaIds.length > 1) {
            const message = 'Only one mediaId is allowed per media input.'
            return userError([...path, 'mediaIds'], message, 'TOO_MANY_MEDIA_PER_INPUT_PAIR')
        }
        if (mediaIds.length === 0) {
            return userError([...path, 'mediaIds'], 'The mediaIds list cannot be empty.', 'BLANK')
        }
        if (pairs.some((other, place) => place !== index && other.variantId === variantId)) {
            const message = 'Variant was specified in more than one media input.'
            return userError([...path, 'variantId'], message, 'PRODUCT_VARIANT_SPECIFIED_MULTIPLE_TIMES')
        }
    }
    return null
}

function foreignVariant(path: string[]): UserError {
    const message = 'Variant does not exist on the specified product.'
    return userError([...path, 'variantId'], message, 'PRODUCT_VARIANT_DOES_NOT_EXIST_ON_PRODUCT')
}

const appendError: Judge = (context, product, variant, { mediaIds }, path) => {
    const field = [...path, 'mediaIds']
    const media = attached(context, product, mediaIds[0]!)
    if (!media) {
        const message = 'Media does not exist on the specified product.'
        return userError(field, message, 'MEDIA_DOES_NOT_EXIST_ON_PRODUCT')
    }
    if (media.__typename !== 'MediaImage') {
        return userError(field, 'Non-image media cannot be attached to variants.', 'INVALID_MEDIA_TYPE')
    }
    if (stateOf(context.shop, media, context.clock.now()) !== 'READY') {
        return userError(field, 'Non-ready media cannot be attached to variants.', 'NON_READY_MEDIA')
    }
    if (variant.mediaIds.length === 0) return null
    const message = 'The given variant already has attached media.'
    return userError([...path, 'variantId'], message, 'PRODUCT_VARIANT_ALREADY_HAS_MEDIA')
}

const detachError: Judge = (context, product, variant, { mediaIds }, path) => {
    const media = attached(context, product, mediaIds[0]!)
    if (media && variant.mediaIds.includes(media.id)) return null
    const message = 'The specified media is not attached to the specified variant.'
    return userError([...path, 'variantId'], message, 'MEDIA_IS_NOT_ATTACHED_TO_VARIANT')
}
