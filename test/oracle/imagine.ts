import { imaginedId } from './creations.ts'
import { productFields, variantFields } from './fields.ts'
import type { Creation, Line, Plan } from './lines.ts'
import { picturesOf, type ShopProduct, tagKey, type View } from './state.ts'

/** Does to an imagined shop what a plan says is to be written. */
export function carryOut(plan: Plan, view: View) {
    for (const creation of plan.creations) createIn(view, creation)
    for (const line of plan.lines) apply(view, line)
    placeImages(plan, view)
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

/** New and moved images stand where their source stands; the others keep their order around them. */
function placeImages(plan: Plan, view: View) {
    const wanted = new Map<number, Map<number, number>>()
    const want = (product: number, image: number, place: number) => {
        const places = wanted.get(product) ?? new Map<number, number>()
        wanted.set(product, places.set(image, place))
    }
    for (const it of plan.creations) {
        if (it.of === 'image') want(it.destinationProduct, imaginedId(it.source), it.place)
    }
    for (const it of plan.lines) {
        if (it.entity === 'image' && it.field === 'position')
            want(it.destinationProduct!, it.item, Number(it.after) - 1)
    }
    for (const [id, places] of wanted) reorder(view.products.get(id)!, places)
}

function reorder(product: ShopProduct, places: Map<number, number>) {
    const order = picturesOf(product).filter((it) => !places.has(it.id))
    const moved = picturesOf(product).filter((it) => places.has(it.id))
    moved.sort((a, b) => places.get(a.id)! - places.get(b.id)!)
    for (const it of moved) order.splice(places.get(it.id)!, 0, it)
    product.media = order
}
