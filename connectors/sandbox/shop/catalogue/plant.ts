import { addProduct, addVariant, type NewVariant } from '../goods.ts'
import { addMedia } from '../pictures.ts'
import { nextId, type Product, type ProductOption, type ResourcePublication, type Shop } from '../state.ts'
import { levelsOf } from '../stock.ts'
import { storedTags } from '../text.ts'
import { randomOf } from './random.ts'
import type { ProductRecipe, VariantRecipe } from './recipe.ts'

const DAY = 86_400_000

/** Puts a product into a shop as if it had been there for up to three years: pictures ready, stock at each location. */
export function plant(shop: Shop, recipe: ProductRecipe, now: number): Product {
    const random = randomOf(recipe.index, 7)
    const createdAt = now - DAY * (30 + random.below(1000))
    const updatedAt = createdAt + Math.floor((now - DAY - createdAt) * random.next())
    const { index: _, variants, images, options, metafields, publishedOn, ...texts } = recipe
    const product = addProduct(
        shop,
        {
            ...texts,
            tags: storedTags(shop, recipe.tags),
            options: options.map((name, place) => optionOf(shop, name, variants, place)),
            publications: recipe.status === 'ACTIVE' ? publicationsOf(shop, publishedOn, createdAt) : [],
            metafields: metafields.map((given) => ({
                __typename: 'Metafield' as const,
                id: nextId(shop),
                ...given,
                createdAt,
                updatedAt,
            })),
            createdAt,
            updatedAt,
        },
        createdAt,
    )
    product.publishedAt = product.publications[0]?.publishDate ?? null
    const pictures = images.map(({ src, alt }) => addMedia(shop, { originalSource: src, alt, ready: true }, createdAt))
    product.mediaIds = pictures.map(({ id }) => id)
    for (const variant of variants) {
        plantVariant(shop, product, variant, { createdAt, updatedAt }, pictures[variant.image ?? -1]?.id)
    }
    return product
}

type Times = { createdAt: number; updatedAt: number }

function plantVariant(shop: Shop, product: Product, recipe: VariantRecipe, times: Times, mediaId?: number) {
    const { sku, cost, tracked, requiresShipping, weight, stock, image: _, ...fields } = recipe
    const given: NewVariant = {
        ...fields,
        ...times,
        mediaIds: mediaId === undefined ? [] : [mediaId],
        item: { sku, cost, tracked, requiresShipping, weight, ...times },
        locationIds: [...shop.locations.values()].filter(({ active }) => active).map(({ id }) => id),
    }
    const variant = addVariant(shop, product, given, times.createdAt)
    levelsOf(shop, shop.inventoryItems.get(variant.inventoryItemId)!).forEach((level, slot) => {
        const available = slot === 0 ? stock : Math.max(0, (stock * 7 + slot * 13) % 23)
        level.quantities = { available, committed: variant.id % 11 === 0 && available > 2 ? 2 : 0 }
        level.updated = { available: times.updatedAt }
        level.updatedAt = times.updatedAt
    })
}

function optionOf(shop: Shop, name: string, variants: VariantRecipe[], place: number): ProductOption {
    const values = [...new Set(variants.map((variant) => variant.options[place]!))]
    return {
        __typename: 'ProductOption',
        id: nextId(shop),
        name,
        values: values.map((value) => ({ id: nextId(shop), name: value })),
    }
}

function publicationsOf(shop: Shop, on: ProductRecipe['publishedOn'], publishDate: number): ResourcePublication[] {
    if (on === 'nowhere') return []
    const ids = [...shop.publications.keys()]
    return (on === 'everywhere' ? ids : ids.slice(0, 1)).map((publicationId) => ({ publicationId, publishDate }))
}
