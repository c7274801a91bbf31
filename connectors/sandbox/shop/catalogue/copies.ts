import type { CopiedCatalogue } from '../options.ts'
import type { Shop } from '../state.ts'
import { plant } from './plant.ts'
import { type Random, randomOf } from './random.ts'
import { type ProductRecipe, type RecipeOptions, recipe, type VariantRecipe } from './recipe.ts'

/**
 * Seeds a shop with some of another's generated products, as a merchant would have entered them by hand, and some of
 * its own: same SKUs, other ids, prices, titles and texts, a few variants more or less, a few SKUs twice.
 */
export function seedCopies(shop: Shop, catalogue: CopiedCatalogue, options: RecipeOptions, now: number) {
    const seed = catalogue.seed ?? catalogue.of.seed + 1
    let copied = 0
    for (let index = 0; index < catalogue.of.products; index += 1) {
        const random = randomOf(seed, index, 3)
        if (random.next() >= catalogue.share) continue
        plant(shop, rewritten(recipe(index, options), random, copied), now)
        copied += 1
    }
    const own = catalogue.own ?? Math.ceil(copied / 20)
    for (let index = 0; index < own; index += 1) plant(shop, ownProduct(index, seed, options), now)
}

function rewritten(source: ProductRecipe, random: Random, place: number): ProductRecipe {
    const variants = source.variants.map((variant) => ({
        ...variant,
        price: `${Math.max(1, Math.round(Number(variant.price) * 1.2))}.90`,
        compareAtPrice: null,
        cost: null,
        stock: random.below(30),
        image: null,
    }))
    return {
        ...source,
        title: random.below(3) === 0 ? source.title : `${source.title} by ${source.vendor}`,
        descriptionHtml: `<p>${source.title}, in our own words.</p>`,
        tags: random.below(2) === 0 ? ['imported by hand'] : source.tags.slice(0, 1),
        seo: { title: null, description: null },
        status: 'ACTIVE',
        images: source.images.slice(0, 1),
        metafields: [],
        publishedOn: 'online_store',
        variants: unequal(variants, place),
    }
}

/** Every seventh copy lacks its last variant, every ninth has one more, every eleventh carries one SKU twice. */
function unequal(variants: VariantRecipe[], place: number): VariantRecipe[] {
    const last = variants[variants.length - 1]!
    const another = last.options.map((value, index) => (index === 0 ? `${value} (local)` : value))
    if (place % 7 === 3 && variants.length > 1) return variants.slice(0, -1)
    if (last.options[0] === 'Default Title') return variants
    if (place % 9 === 4) return [...variants, { ...last, options: another, sku: `${last.sku}-LOCAL` }]
    if (place % 11 === 5) return [...variants, { ...last, options: another }]
    return variants
}

function ownProduct(index: number, seed: number, options: RecipeOptions): ProductRecipe {
    const made = recipe(index, { ...options, seed, oddities: false })
    const variants = made.variants.map((variant, place) => ({
        ...variant,
        sku: `OWN-${index + 1}-${place + 1}`,
        barcode: null,
    }))
    return { ...made, title: `${made.title} (ours)`, variants }
}
