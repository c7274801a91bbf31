import { consider } from './decide.ts'
import { productFields, variantFields } from './fields.ts'
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
        const frozen = source ? whyNotOffered(scene, source) : 'gone_at_source'
        if (!source || frozen) report(plan, frozen!, 'product', sourceId, 'stands still')
        else planPair(plan, scene, source, destination, link)
    }
}

function planPair(plan: Plan, scene: Scene, source: ShopProduct, destination: ShopProduct, link: ProductLink) {
    const travel = travelOfProduct(scene, link)
    const needsPrice = stillNeedsPrice(scene, destination)
    if (needsPrice) report(plan, 'needs_price', 'product', source.id, 'rule 14')
    for (const [field, { read }] of Object.entries(productFields)) {
        const actual = field === 'tags' ? sharedTags(scene, source, destination) : read(destination, scene.destination)
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
    if (field === 'tags') return travellingTags(scene, source)
    const desired = productFields[field]!.read(source, scene.source)
    if (field !== 'options') return desired
    // Another number of options cannot be written field by field.
    return source.options.length === destination.options.length ? desired : destination.options.map((it) => it.name)
}

/** Rule 14: no run publishes a product that was made without a price until each of its prices is above 0. */
function stillNeedsPrice(scene: Scene, destination: ShopProduct): boolean {
    const { needsPrice } = scene.memory
    if (!needsPrice.has(destination.id)) return false
    const unpriced = destination.variants.some(
        (variant) => variantFields.price!.read(variant, scene.destination) === '0',
    )
    if (!unpriced) needsPrice.delete(destination.id)
    return unpriced
}

/** Source tags that travel: not the hide tags (rule 49). */
export function travellingTags(scene: Scene, source: ShopProduct): string[] {
    const hide = new Set(scene.connection.settings.hide_tags.map(tagKey))
    return source.tags.filter((tag) => !hide.has(tagKey(tag)))
}

/**
 * The tags there that the source has a say in. `replace`: all. `merge`: those it has or had; the destination's own are
 * neither compared nor touched (D18).
 */
function sharedTags(scene: Scene, source: ShopProduct, destination: ShopProduct): string[] {
    if (scene.connection.settings.tags === 'replace') return destination.tags
    const given = scene.memory.tagsGiven.get(destination.id) ?? new Set()
    const shared = new Set([...given, ...travellingTags(scene, source).map(tagKey)])
    return destination.tags.filter((tag) => shared.has(tagKey(tag)))
}
