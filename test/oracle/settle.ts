import { rememberShown } from './ends.ts'
import { productFields, variantFields } from './fields.ts'
import { imageLinks } from './images.ts'
import {
    type ImageCreation,
    type Line,
    type Place,
    type Plan,
    type ProductCreation,
    placeKey,
    type Scene,
} from './lines.ts'
import { travellingTags } from './products.ts'
import { picturesOf, readyPicturesOf, type ShopProduct, type ShopVariant, tagKey, type View } from './state.ts'
import { heldAt, levelKey } from './stock.ts'
import { isExact, plainText, same, type Value } from './values.ts'

/** A written text that the shop keeps in its own way is right: the imagined shop takes the way it is kept. */
export function takeTexts(plan: Plan, imagined: View, real: View) {
    for (const line of plan.lines) {
        if (line.action !== 'update') continue
        if (line.entity === 'product') takeText(productFields, imagined, real, imagined.products, real.products, line)
        if (line.entity === 'image') takeAlts(imagined, real, line.destinationProduct!)
        if (line.entity === 'variant') {
            const [mine, theirs] = [imagined, real].map((it) => it.variants.get(line.item)?.variant)
            if (mine && theirs) takeField(variantFields[line.field]!, mine, theirs, imagined, real, line.field)
        }
    }
    for (const it of plan.creations) {
        if (it.of === 'image') takeAlts(imagined, real, it.destinationProduct)
        else if (it.of === 'variant') takeVariant(it.made, imagined, real)
        else takeProduct(it, imagined, real)
    }
}

type Fields<Item> = Record<
    string,
    { read(item: Item, view: View): Value; write(item: Item, value: Value, view: View): void }
>

function takeText<Item>(
    fields: Fields<Item>,
    imagined: View,
    real: View,
    mine: Map<number, Item>,
    theirs: Map<number, Item>,
    { item, field }: Place,
) {
    const [a, b] = [mine.get(item), theirs.get(item)]
    if (a && b) takeField(fields[field]!, a, b, imagined, real, field)
}

function takeField<Item>(
    it: Fields<Item>[string],
    mine: Item,
    theirs: Item,
    imagined: View,
    real: View,
    field: string,
) {
    const kept = it.read(theirs, real)
    if (!isExact(field) && same(field, plainText(it.read(mine, imagined)), plainText(kept)))
        it.write(mine, kept, imagined)
}

function takeVariant(made: ShopVariant, imagined: View, real: View) {
    const twin = real.variants.get(made.id)?.variant
    if (!twin) return
    for (const [field, it] of Object.entries(variantFields)) takeField(it, made, twin, imagined, real, field)
}

function takeProduct({ made }: ProductCreation, imagined: View, real: View) {
    const twin = real.products.get(made.id)
    if (!twin) return
    for (const [field, it] of Object.entries(productFields)) takeField(it, made, twin, imagined, real, field)
    if (made.handleTaken) made.handle = twin.handle
    for (const variant of made.variants) takeVariant(variant, imagined, real)
    takeAlts(imagined, real, made.id)
}

function takeAlts(imagined: View, real: View, productId: number) {
    const theirs = new Map(real.products.get(productId)?.media.map((it) => [it.id, it.alt]))
    for (const image of imagined.products.get(productId)?.media ?? []) {
        const kept = theirs.get(image.id) ?? null
        if (same('alt', plainText(image.alt), plainText(kept))) image.alt = kept
    }
}

type Written = { place: Place; value: Value }

/** Every field that a plan wrote, with what the imagined shop now has there. */
function* written(plan: Plan, imagined: View): Generator<Written> {
    for (const line of plan.lines) {
        if (line.action === 'update') yield { place: line, value: seen(imagined, line) }
    }
    for (const it of plan.creations) {
        if (it.of === 'product') yield* ofProduct(it, imagined)
        else if (it.of === 'variant') yield* ofVariant(it.made, imagined)
        else yield* ofImage(it, imagined)
    }
}

function seen(imagined: View, line: Line): Value {
    const product = imagined.products.get(line.destinationProduct ?? 0)
    if (line.field === 'tags') return line.after
    if (line.entity === 'product' && product) return productFields[line.field]!.read(product, imagined)
    const variant = imagined.variants.get(line.item)?.variant
    if (line.entity === 'variant' && variant) return variantFields[line.field]!.read(variant, imagined)
    if (line.field === 'alt') return product?.media.find((it) => it.id === line.item)?.alt || null
    return line.after
}

function* ofProduct({ made }: ProductCreation, imagined: View): Generator<Written> {
    for (const [field, { read }] of Object.entries(productFields)) {
        const place = { entity: 'product', item: made.id, location: 0, field } as const
        if (!made.free?.has(field)) yield { place, value: read(made, imagined) }
    }
    for (const variant of made.variants) yield* ofVariant(variant, imagined)
    for (const [index, image] of picturesOf(made).entries()) {
        const place = { entity: 'image', item: image.id, location: 0 } as const
        yield { place: { ...place, field: 'alt' }, value: image.alt || null }
        yield { place: { ...place, field: 'position' }, value: index + 1 }
    }
}

function* ofImage({ source, destinationProduct }: ImageCreation, imagined: View): Generator<Written> {
    const made = imagined.products.get(destinationProduct)?.media.find((it) => it.imaginedFrom === source)
    if (made) yield { place: { entity: 'image', item: made.id, location: 0, field: 'alt' }, value: made.alt || null }
}

function* ofVariant(made: ShopVariant, imagined: View): Generator<Written> {
    for (const [field, { read }] of Object.entries(variantFields)) {
        const place = { entity: 'variant', item: made.id, location: 0, field } as const
        if (!made.free?.has(field)) yield { place, value: read(made, imagined) }
    }
}

/** Remembers how each pair was settled: what agreed, what was written, what was created. Before texts are taken over. */
export function remember(plan: Plan, scene: Scene, imagined: View) {
    const { settled } = scene.memory
    forget(plan, scene)
    for (const it of plan.agreed) settled.set(placeKey(it), { wrote: it.wrote, saw: it.saw })
    for (const { place, value } of written(plan, imagined)) settled.set(placeKey(place), { wrote: value, saw: value })
    for (const line of plan.lines) {
        const decision = scene.memory.decisions.get(placeKey(line))
        if (decision?.decision === 'replace') decision.applied = true
    }
    for (const it of plan.creations) {
        if (it.of === 'product') linkProduct(scene, it)
        else if (it.of === 'variant') linkVariant(scene, it.made, it.source, it.destinationProduct)
        else linkImages(scene, imagined.products.get(it.destinationProduct)!, [it.source])
    }
    rememberTags(plan, scene)
    rememberShown(plan, scene)
    rememberHeld(plan, scene)
}

/** Rule 88: what a person said of a figure ends when another is wanted there, and what stands then counts as written. */
function forget({ agreed, deviations, lines, waiting }: Plan, { memory: { decisions, settled } }: Scene) {
    const wanted = [
        ...agreed.map((it) => ({ ...it, desired: it.wrote })),
        ...deviations,
        ...[...lines, ...waiting]
            .filter(({ action, origin }) => action === 'update' && origin !== 'replaced')
            .map((line) => ({ ...line, desired: line.after })),
    ]
    for (const { desired, ...place } of wanted.filter(({ entity }) => entity === 'level')) {
        const key = placeKey(place)
        const said = decisions.get(key)
        if (!said || said.decision === 'keep' || said.decision === 'approve') continue
        if (same(place.field, said.desired, desired)) continue
        decisions.delete(key)
        const base = settled.get(key)
        if (base) settled.set(key, { ...base, wrote: base.saw })
    }
}

/** Which part of a settled figure orders had taken by then. */
function rememberHeld(plan: Plan, { memory, destination }: Scene) {
    for (const { entity, item, location } of [...plan.agreed, ...plan.lines]) {
        if (entity !== 'level') continue
        memory.heldThen.set(levelKey(item, location), heldAt(destination.shop, item, location))
        memory.unheard.delete(levelKey(item, location))
    }
}

/** The other half, after texts were taken over: what was then seen. */
export function rememberSeen(plan: Plan, scene: Scene, imagined: View) {
    for (const { place, value } of written(plan, imagined)) scene.memory.settled.get(placeKey(place))!.saw = value
}

function linkProduct(scene: Scene, { made, source, variants, needsPrice }: ProductCreation) {
    if (made.id < 0) return
    scene.memory.products.set(source.id, { destination: made.id, ours: true })
    for (const [index, it] of made.variants.entries()) linkVariant(scene, it, variants[index]!, made.id)
    for (const [index, image] of readyPicturesOf(source).entries()) {
        const twin = picturesOf(made)[index]
        if (twin) imageLinks(scene.memory, made.id).set(image.id, twin.id)
    }
    if (needsPrice) scene.memory.needsPrice.add(made.id)
}

function linkVariant(scene: Scene, made: ShopVariant, source: ShopVariant, destinationProduct: number) {
    if (made.id < 0) return
    const sourceProduct = scene.source.variants.get(source.id)!.product.id
    const plain = { factor: 1, pricePer: 'unit', existing: null, ours: true, matchedBy: 'origin' } as const
    scene.memory.variants.set(made.id, { source: source.id, sourceProduct, destinationProduct, ...plain })
    scene.memory.pairs.set(made.inventoryItemId, { item: source.inventoryItemId, factor: 1 })
}

/** Images added to a product that was there: adopted at the end of the imagined product's list in their order. */
function linkImages(scene: Scene, product: ShopProduct, sources: number[]) {
    for (const source of sources) {
        const made = product.media.find((it) => it.imaginedFrom === source)
        if (made) imageLinks(scene.memory, product.id).set(source, made.id)
    }
}

/** From when on a tag counts as the source's: once the two agreed on it, or it was written. */
function rememberTags(plan: Plan, scene: Scene) {
    const products = new Map([...scene.memory.products].map(([source, link]) => [link.destination, source]))
    for (const it of plan.creations) if (it.of === 'product') products.set(it.made.id, it.source.id)
    for (const { entity, item, field } of settledPlaces(plan)) {
        if (entity !== 'product' || field !== 'tags') continue
        const source = scene.source.products.get(products.get(item) ?? 0)
        if (source) scene.memory.tagsGiven.set(item, new Set(travellingTags(scene, source).map(tagKey)))
    }
}

function settledPlaces(plan: Plan): Place[] {
    const made = plan.creations.flatMap((it) => (it.of === 'product' ? [it.made.id] : []))
    const tagged = made.map((item) => ({ entity: 'product', item, location: 0, field: 'tags' }) as const)
    return [...plan.agreed, ...plan.lines, ...tagged]
}
