import { addMedia, detachMedia } from '../pictures.ts'
import type { Media, Product, Shop } from '../state.ts'
import { storedText } from '../text.ts'
import { touch } from '../touch.ts'
import { type Action, type ActionBody, idOf, numberFrom, productIn, textOf, variantIn } from './body.ts'

/** `{id|handle|sku, src, alt?, position?}`: position counts from 1, default last; ready at once. */
const add: Action = (shop, body, clock) => {
    const product = productIn(shop, body)
    const src = textOf(body, 'src')
    if (!src) throw new Error(`expected src of the new image, got ${JSON.stringify(body.src)}`)
    const alt = storedText(shop, textOf(body, 'alt') ?? '')
    const media = addMedia(shop, { originalSource: src, alt, ready: body.ready !== false }, clock.now())
    const place = body.position === undefined ? product.mediaIds.length : numberFrom(body, 'position') - 1
    product.mediaIds = product.mediaIds.toSpliced(place, 0, media.id)
    touch(shop, product, clock.now())
    return { id: media.id }
}

/** `{id|handle|sku, position | mediaId}` */
const remove: Action = (shop, body, clock) => {
    const product = productIn(shop, body)
    const media = imageIn(shop, product, body)
    detachMedia(shop, product, new Set([media.id]))
    shop.media.delete(media.id)
    touch(shop, product, clock.now())
    return { id: media.id }
}

/** `{id|handle|sku, position | mediaId, to}` */
const move: Action = (shop, body, clock) => {
    const product = productIn(shop, body)
    const { id } = imageIn(shop, product, body)
    const others = product.mediaIds.filter((other) => other !== id)
    product.mediaIds = others.toSpliced(numberFrom(body, 'to') - 1, 0, id)
    touch(shop, product, clock.now())
    return { mediaIds: product.mediaIds }
}

/** `{id|handle|sku, position | mediaId, alt}` */
const describe: Action = (shop, body, clock) => {
    const product = productIn(shop, body)
    const media = imageIn(shop, product, body)
    media.alt = storedText(shop, textOf(body, 'alt') ?? '')
    touch(shop, media, clock.now())
    touch(shop, product, clock.now())
    return { id: media.id }
}

/** `{sku, position | mediaId}`: the variant's picture becomes that image of its product; position 0: none. */
const ofVariant: Action = (shop, body, clock) => {
    const { position, mediaId, ...named } = body
    const variant = variantIn(shop, named)
    const product = shop.products.get(variant.productId)!
    variant.mediaIds = position === 0 ? [] : [imageIn(shop, product, { position, mediaId }).id]
    touch(shop, variant, clock.now())
    touch(shop, product, clock.now())
    return { mediaIds: variant.mediaIds }
}

export const pictureActions: Readonly<Record<string, Action>> = {
    'image.add': add,
    'image.remove': remove,
    'image.move': move,
    'image.alt': describe,
    'variant.image': ofVariant,
}

function imageIn(shop: Shop, product: Product, body: ActionBody): Media {
    const id = body.mediaId === undefined ? product.mediaIds[numberFrom(body, 'position') - 1] : idOf(body.mediaId)
    const media = product.mediaIds.includes(id ?? -1) ? shop.media.get(id!) : undefined
    if (media) return media
    throw new Error(
        `expected position (1 to ${product.mediaIds.length}) or mediaId of ${product.handle}, got ${JSON.stringify(body)}`,
    )
}
