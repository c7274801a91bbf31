import type { Difference } from './compare.ts'
import { imaginedId } from './creations.ts'
import type { Creation, ProductCreation } from './lines.ts'
import { grouped, originOf, picturesOf, type ShopProduct, type ShopVariant, type View } from './state.ts'

/**
 * Gives what the oracle imagined as created the ids that it really got, so that the rest can be compared by id. Only ids
 * are taken over, and where Shopify stocks a new variant by itself (with nothing).
 */
export function adopt(imagined: View, real: View, before: View, creations: readonly Creation[]): Difference[] {
    const differences: Difference[] = []
    const origins = grouped(real.shop.products, originOf)
    for (const creation of creations) {
        if (creation.of === 'product') differences.push(...adoptProduct(real, origins, creation))
    }
    for (const creation of creations) if (creation.of === 'variant') adoptVariant(imagined, real, creation)
    for (const creation of creations) if (creation.of === 'image') adoptImage(imagined, real, before, creation)
    return differences
}

type Origins = ReadonlyMap<string, ShopProduct[]>

function adoptProduct(real: View, origins: Origins, { made, source }: ProductCreation): Difference[] {
    const found = origins.get(originOf(made) ?? '') ?? []
    const [twin] = found
    if (!twin || found.length > 1) {
        const what = twin ? 'made more than once' : 'not created'
        return [{ shop: real.shop.domain, item: source.handle, field: '', expected: 'one product', actual: what }]
    }
    made.id = twin.id
    const pictures = picturesOf(twin)
    const ids = new Map(made.media.map((it, index) => [it.id, pictures[index]?.id ?? it.id]))
    made.media = made.media.map((it) => ({ ...it, id: ids.get(it.id)! }))
    for (const variant of made.variants) {
        variant.mediaIds = variant.mediaIds.map((id) => ids.get(id) ?? id)
        takeVariant(variant, twin)
    }
    return []
}

function takeVariant(made: ShopVariant, product: ShopProduct) {
    const twin = product.variants.find((it) => isTwin(made, it))
    if (!twin) return
    made.id = twin.id
    made.inventoryItemId = twin.inventoryItemId
    made.levels = twin.levels.map(({ locationId }) => ({ locationId, available: 0 }))
}

/** By what a shop may have altered least. */
const isTwin = (made: ShopVariant, it: ShopVariant) =>
    made.sku === it.sku && made.options.every((value, index) => it.options[index]?.trim().startsWith(value.trim()))

type Of<Kind extends Creation['of']> = Extract<Creation, { of: Kind }>

function adoptVariant(imagined: View, real: View, { made, destinationProduct }: Of<'variant'>) {
    const before = imagined.products.get(destinationProduct)!
    const twin = real.products.get(destinationProduct)
    const known = new Set(before.variants.map((it) => it.id))
    if (twin) takeVariant(made, { ...twin, variants: twin.variants.filter((it) => !known.has(it.id)) })
    const pictures = real.products.get(destinationProduct)?.media ?? []
    made.mediaIds = made.mediaIds.map((id) => (id < 0 ? (pictures[pictures.length - 1]?.id ?? id) : id))
}

function adoptImage(imagined: View, real: View, before: View, { source, destinationProduct }: Of<'image'>) {
    const product = imagined.products.get(destinationProduct)!
    const known = new Set(product.media.map((it) => it.id))
    const earlier = new Set(before.products.get(destinationProduct)?.media.map((it) => it.id))
    const twin = real.products.get(destinationProduct)?.media.find((it) => !known.has(it.id) && !earlier.has(it.id))
    const made = product.media.find((it) => it.id === imaginedId(source))
    if (twin && made) made.id = twin.id
}
