import type { Context, Resolvers } from '../../context.ts'
import { gid } from '../../shop/gids.ts'
import { addMedia, detachMedia, type NewMedia, stateOf } from '../../shop/pictures.ts'
import type { Job, Media, Product } from '../../shop/state.ts'
import { storedText } from '../../shop/text.ts'
import { touch } from '../../shop/touch.ts'
import { newJob } from '../jobs.ts'
import { productById } from '../products/find.ts'
import { type UserError, userError } from '../user_error.ts'

export type CreateMedia = { alt?: string | null; mediaContentType: string; originalSource: string }
type OfProduct = { productId: string }

const typenames: Record<string, NewMedia['type']> = {
    IMAGE: 'MediaImage',
    VIDEO: 'Video',
    EXTERNAL_VIDEO: 'ExternalVideo',
    MODEL_3D: 'Model3d',
    FILE: 'GenericFile',
}

export function typenameOf(contentType: string | null | undefined): NewMedia['type'] {
    return typenames[contentType ?? 'IMAGE']
}

export const resolvers: Resolvers = {
    Mutation: {
        productCreateMedia: (_: unknown, args: OfProduct & { media: CreateMedia[] }, context: Context) => {
            const product = productById(context, args.productId)
            if (!product) return { media: null, product: null, ...failed([unknownProduct('productId')]) }
            const { media, errors } = createMedia(context, product, args.media)
            return { media, product, ...failed(errors) }
        },
        productUpdateMedia: (
            _: unknown,
            args: OfProduct & { media: { id: string; alt?: string | null }[] },
            context: Context,
        ) => {
            const product = productById(context, args.productId)
            if (!product) return { media: null, product: null, ...failed([unknownProduct('productId')]) }
            return updated(context, product, args.media)
        },
        productDeleteMedia: (_: unknown, args: OfProduct & { mediaIds: string[] }, context: Context) => {
            const product = productById(context, args.productId)
            const nothing = { deletedMediaIds: null, deletedProductImageIds: null }
            if (!product) return { ...nothing, product: null, ...failed([unknownProduct('productId')]) }
            const strangers = args.mediaIds.filter((id) => !attached(context, product, id))
            if (strangers.length > 0) {
                const message = `Media id${strangers.length > 1 ? 's' : ''} ${strangers.join(', ')} do${strangers.length > 1 ? '' : 'es'} not exist`
                return { ...nothing, product, ...failed([userError(['mediaIds'], message, 'MEDIA_DOES_NOT_EXIST')]) }
            }
            return { ...deleted(context, product, args.mediaIds), product, ...failed([]) }
        },
        productReorderMedia: (_: unknown, args: { id: string; moves: Move[] }, context: Context) => {
            const product = productById(context, args.id)
            if (!product) return { job: null, ...failed([unknownProduct('id')]) }
            const stranger = args.moves.findIndex(({ id }) => !attached(context, product, id))
            if (stranger >= 0) {
                const field = ['moves', String(stranger), 'id']
                const errors = [
                    userError(
                        field,
                        'Media does not exist on the specified product',
                        'MEDIA_DOES_NOT_EXIST_ON_PRODUCT',
                    ),
                ]
                return { job: null, ...failed(errors) }
            }
            return { job: reordered(context, product, args.moves), ...failed([]) }
        },
    },
}

/** Deprecated `userErrors` stand beside `mediaUserErrors` and say the same. */
function failed(mediaUserErrors: UserError[]) {
    return { mediaUserErrors, userErrors: mediaUserErrors }
}

function unknownProduct(argument: string): UserError {
    return userError([argument], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')
}

/** The media of a product that an id names; null if it is not one of the product's. */
export function attached({ shop }: Context, product: Product, id: string): Media | null {
    const number = Number(id.slice(id.lastIndexOf('/') + 1))
    return product.mediaIds.includes(number) ? (shop.media.get(number) ?? null) : null
}

/** Adds those that can be added; the others are told, and do not hold them up. */
export function createMedia(context: Context, product: Product, inputs: CreateMedia[]) {
    const { shop, clock } = context
    const errors: UserError[] = []
    const media = inputs.flatMap(({ originalSource, mediaContentType, alt }, index) => {
        if (!URL.canParse(originalSource)) {
            const name = mediaContentType === 'IMAGE' ? 'Image' : 'Media'
            errors.push(userError(['media', String(index), 'originalSource'], `${name} URL is invalid`, 'INVALID'))
            return []
        }
        const given = { originalSource, alt: storedText(shop, alt ?? ''), type: typenameOf(mediaContentType) }
        return [addMedia(shop, given, clock.now())]
    })
    product.mediaIds = [...product.mediaIds, ...media.map(({ id }) => id)]
    if (media.length > 0) touch(shop, product, clock.now())
    return { media, errors }
}

function updated(context: Context, product: Product, inputs: { id: string; alt?: string | null }[]) {
    const { shop, clock } = context
    const rows = inputs.map(({ id }) => attached(context, product, id))
    const errors = rows.flatMap((media, index) => {
        const field = ['media', String(index), 'id']
        if (!media)
            return [userError(['media'], `Media id ${inputs[index]!.id} does not exist`, 'MEDIA_DOES_NOT_EXIST')]
        const ready = stateOf(shop, media, clock.now()) === 'READY'
        return ready ? [] : [userError(field, 'Non-ready media cannot be updated.', 'NON_READY_MEDIA')]
    })
    if (errors.length > 0) return { media: null, product, ...failed(errors) }
    rows.forEach((media, index) => {
        const { alt } = inputs[index]!
        if (alt != null && media) media.alt = storedText(shop, alt)
        if (media) touch(shop, media, clock.now())
    })
    touch(shop, product, clock.now())
    return { media: rows, product, ...failed([]) }
}

function deleted({ shop, clock }: Context, product: Product, mediaIds: string[]) {
    const ids = mediaIds.map((id) => Number(id.slice(id.lastIndexOf('/') + 1)))
    detachMedia(shop, product, new Set(ids))
    for (const id of ids) shop.media.delete(id)
    touch(shop, product, clock.now())
    return { deletedMediaIds: mediaIds, deletedProductImageIds: ids.map((id) => gid('ProductImage', id)) }
}

type Move = { id: string; newPosition: string | number }

/** Moves one after the other, each to a place counted from 0. */
function reordered(context: Context, product: Product, moves: Move[]): Job {
    const order = [...product.mediaIds]
    for (const { id, newPosition } of moves) {
        const number = Number(id.slice(id.lastIndexOf('/') + 1))
        order.splice(order.indexOf(number), 1)
        order.splice(Math.min(Number(newPosition), order.length), 0, number)
    }
    product.mediaIds = order
    touch(context.shop, product, context.clock.now())
    return newJob(context)
}
