import { collectionsOf, productsIn } from './collections.ts'
import { isoTime } from './gids.ts'
import { itemOf, variantsOf } from './goods.ts'
import { addressOf, mediaOf, stateOf } from './pictures.ts'
import { plainDraft, plainOrder } from './plain_orders.ts'
import type { Collection, Product, Shop, Variant } from './state.ts'
import { levelsOf, quantityOf } from './stock.ts'

/**
 * A shop in plain form, for whoever checks what must be true of it: ids as numbers, money as strings, times as ISO
 * texts, only levels that are active. `origin` is where its files are shown, `now` tells which of them are ready.
 */
export function plainShop(shop: Shop, origin: string, now: number) {
    const collections = [...shop.collections.values()]
    return {
        domain: shop.domain,
        currency: shop.currency,
        locations: [...shop.locations.values()].map(({ id, name, active }) => ({ id, name, active })),
        publications: [...shop.publications.values()].map(({ id, name }) => ({ id, name })),
        products: [...shop.products.values()].map((product) => plainProduct(shop, product, origin, now)),
        collections: collections.map((collection) => plainCollection(shop, collection)),
        orders: [...shop.orders.values()].map((order) => plainOrder(shop, order)),
        drafts: [...shop.draftOrders.values()].map(plainDraft),
    }
}

function plainProduct(shop: Shop, product: Product, origin: string, now: number) {
    const { id, title, descriptionHtml, vendor, productType, tags, status, handle, seo } = product
    return {
        ...{ id, title, descriptionHtml, vendor, productType, tags, status, handle, seo },
        options: product.options.map(({ name, values }) => ({ name, values: values.map((value) => value.name) })),
        publishedOn: product.publications.map(({ publicationId }) => publicationId),
        createdAt: isoTime(product.createdAt),
        updatedAt: isoTime(product.updatedAt),
        metafields: product.metafields.map(({ namespace, key, type, value }) => ({ namespace, key, type, value })),
        collections: collectionsOf(shop, product).map((collection) => collection.id),
        media: mediaOf(shop, product).map((media, index) => ({
            id: media.id,
            __typename: media.__typename,
            alt: media.alt,
            position: index + 1,
            status: stateOf(shop, media, now),
            url: addressOf(origin, media),
            originalSource: media.originalSource,
        })),
        variants: variantsOf(shop, product).map((variant, index) => plainVariant(shop, variant, index + 1)),
    }
}

function plainVariant(shop: Shop, variant: Variant, position: number) {
    const { id, inventoryItemId, options, barcode, price, compareAtPrice, taxable, inventoryPolicy } = variant
    const item = itemOf(shop, variant)
    return {
        ...{ id, inventoryItemId, position, title: options.join(' / '), options, sku: item.sku, barcode },
        ...{ price, compareAtPrice, cost: item.cost, taxable, inventoryPolicy, tracked: item.tracked },
        weight: item.weight,
        requiresShipping: item.requiresShipping,
        requiresComponents: variant.requiresComponents,
        metafields: variant.metafields.map(({ namespace, key, type, value }) => ({ namespace, key, type, value })),
        mediaIds: variant.mediaIds,
        levels: levelsOf(shop, item).map((level) => ({
            locationId: level.locationId,
            available: quantityOf(level, 'available'),
            onHand: quantityOf(level, 'on_hand'),
            committed: quantityOf(level, 'committed'),
            updatedAt: isoTime(level.updated.available ?? level.updatedAt),
        })),
    }
}

function plainCollection(shop: Shop, collection: Collection) {
    const { id, title, handle, descriptionHtml, sortOrder, rules } = collection
    const productIds = productsIn(shop, collection).map((product) => product.id)
    return { id, title, handle, descriptionHtml, sortOrder, rules, productIds }
}
