import { collectionByHandle } from '../collections.ts'
import { productByHandle } from '../lookups.ts'
import type { Collection, Location, Product, Publication, Shop, Variant } from '../state.ts'
import { defaultLocation } from '../stock.ts'

/** What a merchant's action is told: as it came in the control request. */
export type ActionBody = Record<string, unknown>

/** Something a merchant does in the admin, outside Shopify's API. Throws with a sentence if the body is wrong. */
export type Action = (shop: Shop, body: ActionBody, clock: { now(): number }) => unknown

/** A text of the body; null where it is absent. Throws on anything else. */
export function textOf(body: ActionBody, name: string): string | null {
    const value = body[name]
    if (value === undefined || value === null) return null
    if (typeof value === 'string') return value
    throw new Error(`expected ${name} to be a text, got ${JSON.stringify(value)}`)
}

export function numberFrom(body: ActionBody, name: string): number {
    const value = Number(body[name])
    if (body[name] !== undefined && body[name] !== null && Number.isFinite(value)) return value
    throw new Error(`expected ${name} to be a number, got ${JSON.stringify(body[name])}`)
}

export function textsOf(body: ActionBody, name: string): string[] {
    const value = body[name] ?? []
    if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return value
    throw new Error(`expected ${name} to be a list of texts, got ${JSON.stringify(value)}`)
}

export function objectOf(body: ActionBody, name: string): ActionBody {
    const value = body[name]
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as ActionBody
    throw new Error(`expected ${name} to be an object, got ${JSON.stringify(value)}`)
}

/** An id as a number, from a number, its text or a whole GID; null where it is absent. */
export function idOf(value: unknown): number | null {
    if (value === undefined || value === null) return null
    const text = String(value)
    const number = Number(text.slice(text.lastIndexOf('/') + 1))
    if (Number.isSafeInteger(number)) return number
    throw new Error(`expected an id, got ${JSON.stringify(value)}`)
}

/** The product named by `id`, `handle`, or the `sku` of one of its variants. */
export function productIn(shop: Shop, body: ActionBody): Product {
    const id = idOf(body.id ?? body.productId)
    const handle = textOf(body, 'handle')
    const sku = textOf(body, 'sku')
    const found =
        id !== null
            ? shop.products.get(id)
            : handle !== null
              ? productByHandle(shop, handle)
              : sku !== null
                ? shop.products.get(variantBySku(shop, sku)?.productId ?? -1)
                : undefined
    if (found) return found
    throw new Error(`expected a product of ${shop.domain} named by id, handle or sku, got ${JSON.stringify(body)}`)
}

/** The variant named by `id`, `inventoryItemId` or `sku`; of several with one SKU the first. */
export function variantIn(shop: Shop, body: ActionBody): Variant {
    const id = idOf(body.id ?? body.variantId)
    const itemId = idOf(body.inventoryItemId)
    const sku = textOf(body, 'sku')
    const found =
        id !== null
            ? shop.variants.get(id)
            : itemId !== null
              ? shop.variants.get(shop.inventoryItems.get(itemId)?.variantIds[0] ?? -1)
              : sku !== null
                ? variantBySku(shop, sku)
                : undefined
    if (found) return found
    throw new Error(`expected a variant of ${shop.domain} named by id or sku, got ${JSON.stringify(body)}`)
}

function variantBySku(shop: Shop, sku: string): Variant | undefined {
    for (const variant of shop.variants.values()) {
        if (shop.inventoryItems.get(variant.inventoryItemId)?.sku === sku) return variant
    }
    return undefined
}

/** The location named by `location` (name or id), by default where the shop's goods lie. */
export function locationIn(shop: Shop, body: ActionBody): Location {
    const given = body.location ?? body.locationId
    if (given === undefined) {
        const location = defaultLocation(shop)
        if (location) return location
        throw new Error(`${shop.domain} has no active location`)
    }
    const locations = [...shop.locations.values()]
    const found = locations.find(({ id, name }) => name === given || String(id) === String(given))
    if (found) return found
    const names = locations.map(({ name }) => name).join(', ')
    throw new Error(`expected location to be one of ${names}, got ${JSON.stringify(given)}`)
}

/** The collection named by `collection` (handle, title or id). */
export function collectionIn(shop: Shop, body: ActionBody): Collection {
    const given = String(body.collection)
    const all = [...shop.collections.values()]
    const found =
        collectionByHandle(shop, given) ?? all.find(({ id, title }) => title === given || String(id) === given)
    if (found) return found
    throw new Error(`expected collection to be one of ${all.map(({ handle }) => handle).join(', ')}, got ${given}`)
}

/** The publication named by `publication` (name or id), by default the online store. */
export function publicationIn(shop: Shop, body: ActionBody): Publication {
    const given = String(body.publication ?? 'Online Store')
    const all = [...shop.publications.values()]
    const found = all.find(({ id, name }) => name === given || String(id) === given)
    if (found) return found
    throw new Error(`expected publication to be one of ${all.map(({ name }) => name).join(', ')}, got ${given}`)
}
