import { isNew } from './eligibility.ts'
import { priceFields, productFields, variantFields } from './fields.ts'
import { type Plan, placeKey, report, type Scene } from './lines.ts'
import { barcodeConflicts } from './look_alikes.ts'
import { modeOf, travelOfProduct } from './modes.ts'
import type { Pairs } from './pairing.ts'
import type { Prices } from './prices.ts'
import { travellingTags } from './products.ts'
import { grouped, type Held, picturesOf, type ShopProduct, type ShopVariant } from './state.ts'
import type { Value } from './values.ts'
import { pricesFor } from './variants.ts'

/** What the unmatched become: products, variants of linked products, or lines that say why not (rules 9, 10, 13, 39). */
export function planCreations(plan: Plan, scene: Scene, { unmatched }: Pairs) {
    const candidates = unmatched.filter((held) => barcodeConflicts(scene, held).length === 0)
    const linked = new Set([...scene.memory.variants.values()].map((it) => it.sourceProduct))
    for (const group of grouped(candidates, (held) => held.product.id).values()) {
        const { product } = group[0]!
        if (linked.has(product.id) || scene.memory.products.has(product.id)) planAdditions(plan, scene, group)
        else planProduct(plan, scene, product, group)
    }
}

function planProduct(plan: Plan, scene: Scene, product: ShopProduct, group: Held[]) {
    const { settings, acceptedAt } = scene.connection
    const refused =
        settings.create === 'update_only'
            ? 'unmatched'
            : settings.create === 'new_only' && !isNew(product, acceptedAt)
              ? 'older'
              : null
    if (refused) for (const { variant } of group) report(plan, refused, 'variant', variant.id, 'rules 9, 10')
    else create(plan, scene, product, group)
}

function create(plan: Plan, scene: Scene, product: ShopProduct, group: Held[]) {
    const place = { entity: 'product', item: product.id, location: 0, field: '' } as const
    const decision = scene.memory.decisions.get(placeKey(place))?.decision
    const line = { kind: 'catalogue', destinationProduct: null, before: null, after: product.title } as const
    if (decision && decision !== 'approve') {
        const left = { desired: product.title, actual: null, mode: null, why: `decision: ${decision}` }
        plan.deviations.push({ ...place, ...left })
    } else if (group.some((held) => pricesFor(scene, held, null) === null)) {
        plan.waiting.push({
            ...place,
            ...line,
            action: 'create',
            mode: 'follow',
            origin: 'source_changed',
            why: 'no_rate',
        })
    } else {
        const needsPrice = group.some((held) => modeOf(scene, 'price', product, held.variant) === 'never')
        const made = imagineProduct(scene, product, group, needsPrice)
        const variants = group.map((it) => it.variant)
        plan.creations.push({ of: 'product', source: product, made, variants, needsPrice, mode: 'follow' })
    }
}

/** Variants that a linked product lacks (D12). Existing products take none while they take stock only (D9). */
function planAdditions(plan: Plan, scene: Scene, group: Held[]) {
    const { settings } = scene.connection
    const { product } = group[0]!
    const link = scene.memory.products.get(product.id)
    const open = settings.add_variants && settings.create !== 'update_only'
    const adds = open && link !== undefined && travelOfProduct(scene, link) !== 'stock_only'
    for (const held of group) {
        const place = { entity: 'variant', item: held.variant.id, location: 0, field: '' } as const
        const decided = scene.memory.decisions.get(placeKey(place))
        if (!adds || (decided && decided.decision !== 'approve')) {
            report(plan, 'variant_missing', 'variant', held.variant.id, 'rule 13')
            continue
        }
        const there = scene.destination.products.get(link.destination)!
        const made = imagineVariant(scene, held, there)
        if (modeOf(scene, 'price', product, held.variant) === 'never') {
            report(plan, 'price_of_first', 'variant', held.variant.id, 'rule 44')
        }
        plan.creations.push({ of: 'variant', source: held.variant, made, destinationProduct: there.id, mode: 'follow' })
    }
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
    if (scene.destination.shop.products.some((it) => it.handle === made.handle)) free.add('handle')
    if (!never('alt')) made.media = picturesOf(source).map((it) => ({ id: imaginedId(it.id), alt: it.alt }))
    made.variants = group.map((held) => imagineVariant(scene, held, null))
    if (scene.connection.settings.new_products === 'draft') made.status = 'DRAFT'
    if (needsPrice) {
        for (const field of ['status', 'published']) free.delete(field)
        Object.assign(made, { status: 'DRAFT', publishedOn: [] })
    }
    return { ...made, free }
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
        const value = isPrice(field) && prices ? prices[field] : read(held.variant, scene.source)
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
    return scene.memory.images.get(`${there.id}/${shown}`) ?? imaginedId(shown as number)
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
