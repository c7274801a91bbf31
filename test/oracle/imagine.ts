import { imaginedId } from './creations.ts'
import { productFields, variantFields } from './fields.ts'
import { type Creation, type Line, type Plan, placeKey } from './lines.ts'
import type { Memory } from './memory.ts'
import { picturesOf, type ShopMedia, type ShopProduct, tagKey, type View } from './state.ts'

/** Does to an imagined shop what a plan says is to be written. */
export function carryOut(plan: Plan, view: View, memory: Memory) {
    for (const creation of plan.creations) createIn(view, creation)
    for (const line of plan.lines) apply(view, line)
    placeImages(plan, view, memory)
}

function createIn(view: View, creation: Creation) {
    if (creation.of === 'product') {
        view.shop.products.push(creation.made)
        return
    }
    const product = view.products.get(creation.destinationProduct)!
    if (creation.of === 'variant') product.variants.push(creation.made)
    else product.media.push({ id: imaginedId(creation.source), alt: creation.alt, imaginedFrom: creation.source })
}

function apply(view: View, line: Line) {
    const product = view.products.get(line.destinationProduct ?? 0)
    if (line.entity === 'level') setLevel(view, line)
    else if (line.entity === 'product' && line.action === 'delete') removeProduct(view, line.item)
    else if (line.field === 'tags') product!.tags = retagged(product!.tags, line)
    else if (line.entity === 'product') productFields[line.field]!.write(product!, line.after, view)
    else if (line.entity === 'image') applyToImage(product!, line)
    else if (line.action === 'delete') product!.variants = product!.variants.filter((it) => it.id !== line.item)
    else variantFields[line.field]!.write(view.variants.get(line.item)!.variant, line.after, view)
}

function removeProduct({ shop }: View, id: number) {
    shop.products = shop.products.filter((it) => it.id !== id)
}

/** Single tags come and go; the others stay as they are. */
function retagged(tags: string[], { before, after }: Line): string[] {
    const shared = new Set((before as string[]).map(tagKey))
    const wanted = new Set((after as string[]).map(tagKey))
    const kept = tags.filter((tag) => wanted.has(tagKey(tag)) || !shared.has(tagKey(tag)))
    const there = new Set(kept.map(tagKey))
    return [...kept, ...(after as string[]).filter((tag) => !there.has(tagKey(tag)))]
}

function setLevel(view: View, line: Line) {
    const product = view.products.get(line.destinationProduct!)!
    const variant = product.variants.find((it) => it.inventoryItemId === line.item)!
    const level = variant.levels.find((it) => it.locationId === line.location)
    if (level) level.available = Number(line.after)
    else variant.levels.push({ locationId: line.location, available: Number(line.after) })
}

function applyToImage(product: ShopProduct, line: Line) {
    if (line.action === 'delete') {
        product.media = product.media.filter((it) => it.id !== line.item)
        for (const variant of product.variants) variant.mediaIds = variant.mediaIds.filter((id) => id !== line.item)
    } else if (line.field === 'alt') {
        product.media.find((it) => it.id === line.item)!.alt = line.after as string | null
    }
}

/**
 * Moved images take their places among the linked ones; whatever else stands between them keeps its own. One that never
 * had its place yet was added at the end and now comes behind the linked one before it, or before the first of them.
 */
function placeImages(plan: Plan, view: View, memory: Memory) {
    const wanted = new Map<number, Map<number, number>>()
    for (const { entity, field, destinationProduct, item, after } of plan.lines) {
        if (entity !== 'image' || field !== 'position') continue
        const places = wanted.get(destinationProduct!) ?? new Map<number, number>()
        wanted.set(destinationProduct!, places.set(item, Number(after)))
    }
    for (const [id, places] of wanted) {
        const linked = new Set(memory.images.get(id)?.values())
        const isNew = (item: number) =>
            !memory.settled.has(placeKey({ entity: 'image', item, location: 0, field: 'position' }))
        const fresh = new Set([...places.keys()].filter(isNew))
        reorder(view.products.get(id)!, inPlaces(view.products.get(id)!, linked, places), fresh)
    }
}

/** The linked images in the order they are to have: those with a place at it, the others around them as they stand. */
function inPlaces(product: ShopProduct, linked: ReadonlySet<number>, places: ReadonlyMap<number, number>): ShopMedia[] {
    const ours = picturesOf(product).filter((it) => linked.has(it.id))
    const order = ours.filter((it) => !places.has(it.id))
    const moved = ours.filter((it) => places.has(it.id))
    moved.sort((a, b) => places.get(a.id)! - places.get(b.id)!)
    for (const it of moved) order.splice(places.get(it.id)! - 1, 0, it)
    return order
}

function reorder(product: ShopProduct, order: ShopMedia[], fresh: ReadonlySet<number>) {
    const settled = order.filter((it) => !fresh.has(it.id))
    const isSettled = new Set(settled)
    const pictures = picturesOf(product).filter((it) => !fresh.has(it.id))
    const media = pictures.map((it) => (isSettled.has(it) ? settled.shift()! : it))
    for (const [index, it] of order.entries()) {
        if (!fresh.has(it.id)) continue
        const before = order[index - 1]
        const next = order.find((other) => isSettled.has(other))
        const place = before ? media.indexOf(before) + 1 : next ? media.indexOf(next) : media.length
        media.splice(place, 0, it)
    }
    product.media = media
}
