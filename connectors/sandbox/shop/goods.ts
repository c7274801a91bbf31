import { addItem, indexProduct, productByHandle, removeItem, unindexProduct } from './lookups.ts'
import { type InventoryItem, nextId, type Product, type Shop, type Variant } from './state.ts'
import { defaultLocation, stockItemAt } from './stock.ts'
import { freeHandle, slug } from './text.ts'

export type NewProduct = { title: string } & Partial<Omit<Product, '__typename' | 'id' | 'variantIds'>>

/**
 * Adds a product without variants. A handle that is taken, or none, gets the next free one. Texts are taken as they
 * are: callers store them the shop's way first.
 */
export function addProduct(shop: Shop, given: NewProduct, now: number): Product {
    const product: Product = {
        __typename: 'Product',
        id: nextId(shop),
        descriptionHtml: '',
        vendor: shop.name,
        productType: '',
        tags: [],
        status: 'ACTIVE',
        seo: { title: null, description: null },
        templateSuffix: null,
        category: null,
        giftCard: false,
        bundle: false,
        options: [],
        mediaIds: [],
        publications: [],
        metafields: [],
        createdAt: now,
        updatedAt: now,
        publishedAt: null,
        ...given,
        handle: newHandle(shop, given.handle || given.title),
        variantIds: [],
    }
    shop.products.set(product.id, product)
    indexProduct(shop, product)
    return product
}

/** A free handle for a product, made of the wanted one or of a title. */
export function newHandle(shop: Shop, wanted: string): string {
    return freeHandle(slug(wanted) || 'product', (handle) => productByHandle(shop, handle) !== undefined)
}

export function renameHandle(shop: Shop, product: Product, handle: string) {
    unindexProduct(shop, product)
    product.handle = handle
    indexProduct(shop, product)
}

export type NewVariant = { options: string[] } & Partial<
    Omit<Variant, '__typename' | 'id' | 'productId' | 'inventoryItemId'>
> & { item?: Partial<Omit<InventoryItem, '__typename' | 'id' | 'variantIds' | 'levelIds'>>; locationIds?: number[] }

/**
 * Adds a variant at the end of a product, with an inventory item of its own, stocked (with nothing) at `locationIds`,
 * by default where the shop's goods lie.
 */
export function addVariant(shop: Shop, product: Product, given: NewVariant, now: number): Variant {
    const { item: ofItem, locationIds, ...ofVariant } = given
    const variantId = nextId(shop)
    const item = newItem(nextId(shop), variantId, ofItem ?? {}, now)
    const variant: Variant = {
        __typename: 'ProductVariant',
        id: variantId,
        productId: product.id,
        inventoryItemId: item.id,
        price: '0.00',
        compareAtPrice: null,
        barcode: null,
        taxable: true,
        inventoryPolicy: 'DENY',
        requiresComponents: product.bundle,
        mediaIds: [],
        metafields: [],
        createdAt: now,
        updatedAt: now,
        ...ofVariant,
    }
    addItem(shop, item)
    shop.variants.set(variantId, variant)
    product.variantIds.push(variantId)
    for (const locationId of locationIds ?? [defaultLocation(shop)?.id]) {
        if (locationId !== undefined) stockItemAt(shop, item, locationId, now)
    }
    return variant
}

function newItem(id: number, variantId: number, given: Partial<InventoryItem>, now: number): InventoryItem {
    return {
        __typename: 'InventoryItem',
        id,
        sku: null,
        tracked: false,
        requiresShipping: true,
        cost: null,
        weight: { value: 0, unit: 'KILOGRAMS' },
        countryCodeOfOrigin: null,
        provinceCodeOfOrigin: null,
        harmonizedSystemCode: null,
        createdAt: now,
        updatedAt: now,
        ...given,
        variantIds: [variantId],
        levelIds: [],
    }
}

/** Removes a variant, and its inventory item if no other variant uses it. */
export function removeVariant(shop: Shop, variant: Variant) {
    const product = shop.products.get(variant.productId)
    if (product) product.variantIds = product.variantIds.filter((id) => id !== variant.id)
    shop.variants.delete(variant.id)
    const item = shop.inventoryItems.get(variant.inventoryItemId)
    if (!item) return
    item.variantIds = item.variantIds.filter((id) => id !== variant.id)
    if (item.variantIds.length === 0) removeItem(shop, item)
}

/** Removes a product with its variants, stock and memberships; its files stay with the shop. */
export function removeProduct(shop: Shop, product: Product) {
    for (const variant of variantsOf(shop, product)) removeVariant(shop, variant)
    unindexProduct(shop, product)
    shop.products.delete(product.id)
    for (const collection of shop.collections.values()) {
        if (collection.productIds.includes(product.id)) {
            collection.productIds = collection.productIds.filter((id) => id !== product.id)
        }
    }
}

/** In the order of position. */
export function variantsOf(shop: Shop, product: Product): Variant[] {
    return product.variantIds.map((id) => shop.variants.get(id)!)
}

export function itemOf(shop: Shop, variant: Variant): InventoryItem {
    return shop.inventoryItems.get(variant.inventoryItemId)!
}
