import type { InventoryItem, Product, Shop } from './state.ts'

/** What can be derived from a shop's rows, kept beside them for speed; never part of the saved state. */
type Lookups = {
    productsByHandle: Map<string, number>
    /** number of inventory items that carry a SKU, as it is written */
    items: Map<string, number>
    /** products by the values of their id-typed metafields: `namespace.key=value` */
    productsByCustomId: Map<string, number>
}

const known = new WeakMap<Shop, Lookups>()

function lookups(shop: Shop): Lookups {
    const found = known.get(shop)
    if (found) return found
    const made: Lookups = { productsByHandle: new Map(), items: new Map(), productsByCustomId: new Map() }
    known.set(shop, made)
    for (const product of shop.products.values()) indexProduct(shop, product)
    for (const item of shop.inventoryItems.values()) countSku(made, item.sku, 1)
    return made
}

export function productByHandle(shop: Shop, handle: string): Product | undefined {
    return shop.products.get(lookups(shop).productsByHandle.get(handle) ?? -1)
}

export function productByCustomId(shop: Shop, namespace: string, key: string, value: string): Product | undefined {
    return shop.products.get(lookups(shop).productsByCustomId.get(customIdKey(namespace, key, value)) ?? -1)
}

/** How many inventory items of the shop carry the SKU. */
export function itemsWithSku(shop: Shop, sku: string): number {
    return lookups(shop).items.get(sku) ?? 0
}

/** To be called after a product got its handle or metafields; `unindexProduct` before they change. */
export function indexProduct(shop: Shop, product: Product) {
    const { productsByHandle, productsByCustomId } = lookups(shop)
    productsByHandle.set(product.handle, product.id)
    for (const key of customIdsOf(product)) productsByCustomId.set(key, product.id)
}

export function unindexProduct(shop: Shop, product: Product) {
    const { productsByHandle, productsByCustomId } = lookups(shop)
    if (productsByHandle.get(product.handle) === product.id) productsByHandle.delete(product.handle)
    for (const key of customIdsOf(product)) productsByCustomId.delete(key)
}

/** Adds an item to the shop, counted by its SKU. */
export function addItem(shop: Shop, item: InventoryItem) {
    const { items } = lookups(shop)
    shop.inventoryItems.set(item.id, item)
    countSku({ items }, item.sku, 1)
}

export function removeItem(shop: Shop, item: InventoryItem) {
    countSku(lookups(shop), item.sku, -1)
    shop.inventoryItems.delete(item.id)
    for (const id of item.levelIds) shop.levels.delete(id)
}

export function setSku(shop: Shop, item: InventoryItem, sku: string | null) {
    countSku(lookups(shop), item.sku, -1)
    item.sku = sku
    countSku(lookups(shop), sku, 1)
}

function countSku({ items }: Pick<Lookups, 'items'>, sku: string | null, by: number) {
    if (sku === null) return
    const count = (items.get(sku) ?? 0) + by
    if (count > 0) items.set(sku, count)
    else items.delete(sku)
}

function customIdsOf(product: Product): string[] {
    return product.metafields
        .filter(({ type }) => type === 'id')
        .map(({ namespace, key, value }) => customIdKey(namespace, key, value))
}

function customIdKey(namespace: string, key: string, value: string): string {
    return `${namespace}.${key}=${value}`
}
