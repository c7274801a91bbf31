import { consider } from './decide.ts'
import { priceFields, productFields, variantFields } from './fields.ts'
import { planImages } from './images.ts'
import { type Plan, report, type Scene } from './lines.ts'
import type { ProductLink } from './memory.ts'
import { modeOf, travelOfProduct } from './modes.ts'
import { whyNotOffered } from './pairing.ts'
import { type ShopProduct, tagKey } from './state.ts'
import type { Value } from './values.ts'

/** Every product pair, field by field; what is synced and no longer offered stands still and is listed (rules 7, 8, 12). */
export function planProducts(plan: Plan, scene: Scene) {
    for (const [sourceId, link] of scene.memory.products) {
        const source = scene.source.products.get(sourceId)
        const destination = scene.destination.products.get(link.destination)!
        const frozen = source ? whyNotOffered(scene, source) : 'source_gone'
        if (!source || frozen) report(plan, frozen!, 'product', sourceId, 'stands still', link.destination)
        else planPair(plan, scene, source, destination, link)
    }
}

function planPair(plan: Plan, scene: Scene, source: ShopProduct, destination: ShopProduct, link: ProductLink) {
    const travel = travelOfProduct(scene, link)
    const needsPrice = stillNeedsPrice(scene, destination)
    if (needsPrice) report(plan, 'needs_price', 'product', destination.id, 'rule 14')
    if (source.variants.length !== destination.variants.length) {
        report(plan, 'variant_count_differs', 'product', source.id, 'rule 13', destination.id)
    }
    for (const [field, { read }] of Object.entries(productFields)) {
        const actual = read(destination, scene.destination)
        const desired = desiredOf(scene, source, destination, field, needsPrice)
        const mode = modeOf(scene, field, source, null)
        const place = { entity: 'product', item: destination.id, location: 0, field } as const
        const owner = { kind: 'catalogue', destinationProduct: destination.id } as const
        consider(plan, scene, { ...place, ...owner, desired, actual, mode, travel })
    }
    planImages(plan, scene, source, destination, travel)
}

function desiredOf(
    scene: Scene,
    source: ShopProduct,
    destination: ShopProduct,
    field: string,
    needsPrice: boolean,
): Value {
    if (needsPrice && field === 'status') return 'DRAFT'
    if (needsPrice && field === 'published') return false
    if (field === 'tags') return desiredTags(scene, source, destination)
    return productFields[field]!.read(source, scene.source)
}

/** Rule 14: no run publishes a product that was made without a price until each of its prices is above 0. */
function stillNeedsPrice(scene: Scene, destination: ShopProduct): boolean {
    const { needsPrice } = scene.memory
    if (!needsPrice.has(destination.id)) return false
    const unpriced = destination.variants.some(
        (variant) => variantFields[priceFields[0]!]!.read(variant, scene.destination) === '0',
    )
    if (!unpriced) needsPrice.delete(destination.id)
    return unpriced
}

/** Source tags that travel: not the hide tags (rule 49). */
export function travellingTags(scene: Scene, source: ShopProduct): string[] {
    const hide = new Set(scene.connection.settings.hide_tags.map(tagKey))
    return source.tags.filter((tag) => !hide.has(tagKey(tag)))
}

/** `replace`: the source's. `merge`: the destination's own, less those given earlier and gone at the source, and the source's (D18). */
function desiredTags(scene: Scene, source: ShopProduct, destination: ShopProduct): string[] {
    const wanted = travellingTags(scene, source)
    if (scene.connection.settings.tags === 'replace') return wanted
    const keys = new Set(wanted.map(tagKey))
    const given = scene.memory.tagsGiven.get(destination.id) ?? new Set()
    const kept = destination.tags.filter((tag) => !keys.has(tagKey(tag)) && !given.has(tagKey(tag)))
    return [...wanted, ...kept]
}
