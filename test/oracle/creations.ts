import { isNew } from './eligibility.ts'
import { priceFields, productFields, variantFields } from './fields.ts'
import { imageLinks } from './images.ts'
import { type Plan, placeKey, report, type Scene } from './lines.ts'
import type { ProductLink } from './memory.ts'
import { modeOf, travelOfProduct } from './modes.ts'
import type { Prices } from './prices.ts'
import { travellingTags } from './products.ts'
import { grouped, type Held, readyPicturesOf, type ShopProduct, type ShopVariant } from './state.ts'
import type { Value } from './values.ts'
import { pricesFor } from './variants.ts'

/** What the unmatched become: products, variants of linked products, or a line that says why not (rules 9, 10, 13, 39). */
export function planCreations(plan: Plan, scene: Scene, unmatched: Held[]) {
    const linked = new Set([...scene.memory.variants.values()].map((it) => it.sourceProduct))
    for (const group of grouped(unmatched, (held) => held.product.id).values()) {
        const { product } = group[0]!
        const link = scene.memory.products.get(product.id)
        const why = link || linked.has(product.id) ? whyNotAdded(scene, group, link) : whyNotCreated(scene, group)
        if (why) report(plan, why, 'product', product.id, 'rules 9, 10, 13, 39')
        else if (link) for (const held of group) addVariant(plan, scene, held, link.destination)
        else createProduct(plan, scene, group)
    }
}

function whyNotCreated(scene: Scene, group: Held[]): string | null {
    const { settings, acceptedAt } = scene.connection
    if (settings.create === 'update_only') return 'unmatched'
    if (settings.create === 'new_only' && !isNew(group[0]!.product, acceptedAt)) return 'before_connection'
    return whyUnpriced(scene, group)
}

/** Variants that a linked product lacks are added to products of ours, and to others where all is overwritten (D9, D12). */
function whyNotAdded(scene: Scene, group: Held[], link: ProductLink | undefined): string | null {
    const { settings } = scene.connection
    if (!link || travelOfProduct(scene, link) !== 'overwrite') return 'variant_count_differs'
    const there = scene.destination.products.get(link.destination)!
    if (there.options.length !== group[0]!.product.options.length) return 'options_differ'
    if (!settings.add_variants || settings.create === 'update_only') return 'variant_count_differs'
    return whyUnpriced(scene, group)
}

function whyUnpriced(scene: Scene, group: Held[]): string | null {
    const priced = group.filter((held) => !isNever(scene, held, 'price'))
    if (priced.some((held) => pricesFor(scene, held, null) === null)) return 'fx_missing'
    return priced.some((held) => pricesFor(scene, held, null)?.price === null) ? 'no_price' : null
}

const isNever = (scene: Scene, held: Held, field: string) =>
    modeOf(scene, field, held.product, held.variant) === 'never'

function isRefused(scene: Scene, entity: 'product' | 'variant', item: number): boolean {
    const decided = scene.memory.decisions.get(placeKey({ entity, item, location: 0, field: '' }))
    return decided !== undefined && decided.decision !== 'approve'
}

function createProduct(plan: Plan, scene: Scene, group: Held[]) {
    const { product } = group[0]!
    if (isRefused(scene, 'product', product.id)) return
    const needsPrice = group.some((held) => isNever(scene, held, 'price'))
    const made = imagineProduct(scene, product, group, needsPrice)
    const variants = group.map((it) => it.variant)
    plan.creations.push({ of: 'product', source: product, made, variants, needsPrice, mode: 'follow' })
}

function addVariant(plan: Plan, scene: Scene, held: Held, destinationProduct: number) {
    if (isRefused(scene, 'variant', held.variant.id)) return
    const made = imagineVariant(scene, held, scene.destination.products.get(destinationProduct)!)
    plan.creations.push({ of: 'variant', source: held.variant, made, destinationProduct, mode: 'follow' })
}

/** Of what is created nothing is known yet but its source: its ids are the source's, below zero. */
export const imaginedId = (sourceId: number): number => -sourceId

/** Rules 14, 43, 45: the new product. A field set to `never` is absent, so it takes whatever the shop gives. */
function imagineProduct(scene: Scene, source: ShopProduct, group: Held[], needsPrice: boolean): ShopProduct {
    const never = (field: string) => modeOf(scene, field, source, null) === 'never'
    const made = emptyProduct(imaginedId(source.id), `${scene.connection.source}/${source.id}`)
    const free = new Set(Object.keys(productFields).filter(never))
    for (const [field, { read, write }] of Object.entries(productFields)) {
        const value = field === 'tags' ? travellingTags(scene, source) : read(source, scene.source)
        if (!free.has(field)) write(made, value, scene.destination)
    }
    const handleTaken = scene.destination.shop.products.some((it) => it.handle === made.handle)
    if (!never('alt')) made.media = readyPicturesOf(source).map((it) => ({ id: imaginedId(it.id), alt: it.alt }))
    made.variants = group.map((held) => imagineVariant(scene, held, null))
    if (scene.connection.settings.new_products === 'draft') made.status = 'DRAFT'
    if (needsPrice) {
        for (const field of ['status', 'published']) free.delete(field)
        Object.assign(made, { status: 'DRAFT', publishedOn: [] })
    }
    return { ...made, free, handleTaken }
}

function emptyProduct(id: number, origin: string): ShopProduct {
    return {
        ...{ id, title: '', descriptionHtml: '', vendor: '', productType: '', tags: [], status: 'ACTIVE', handle: '' },
        ...{ seo: { title: null, description: null }, options: [], publishedOn: [], createdAt: 0, collections: [] },
        metafields: [{ namespace: 'crossdock', key: 'origin', type: 'id', value: origin }],
        ...{ media: [], variants: [] },
    }
}

/** `there`: the product it joins; null for a new one. */
function imagineVariant(scene: Scene, held: Held, there: ShopProduct | null): ShopVariant {
    const made = emptyVariant(imaginedId(held.variant.id))
    const never = (field: string) => modeOf(scene, field, held.product, held.variant) === 'never'
    const prices = pricesFor(scene, held, null)
    const free = new Set<string>()
    for (const [field, { read, write }] of Object.entries(variantFields)) {
        if (never(field)) {
            if (isPrice(field)) write(made, bareAmount(field, there), scene.destination)
            else free.add(field)
            continue
        }
        const unpriced = field === 'compare_at_price' && never('price')
        const value = unpriced ? null : isPrice(field) && prices ? prices[field] : read(held.variant, scene.source)
        write(made, field === 'image_id' ? pictureAt(scene, there, value) : value, scene.destination)
    }
    return { ...made, free }
}

const isPrice = (field: string): field is keyof Prices => priceFields.includes(field)

/** An amount that may never be written is absent: no price at all (rule 14), or that of the product's first variant (rule 44). */
const bareAmount = (field: string, there: ShopProduct | null) =>
    field === 'price' ? (there?.variants[0]?.price ?? '0') : null

function pictureAt(scene: Scene, there: ShopProduct | null, shown: Value): number | null {
    if (shown === null) return null
    if (!there) return imaginedId(shown as number)
    return imageLinks(scene.memory, there.id).get(shown as number) ?? imaginedId(shown as number)
}

function emptyVariant(id: number): ShopVariant {
    return {
        ...{
            id,
            inventoryItemId: id,
            options: [],
            sku: null,
            barcode: null,
            price: '0',
            compareAtPrice: null,
            cost: null,
        },
        ...{ taxable: true, inventoryPolicy: 'DENY', tracked: false, weight: null, requiresShipping: true },
        ...{ mediaIds: [], levels: [] },
    }
}
