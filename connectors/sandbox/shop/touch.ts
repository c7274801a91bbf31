import type { Product, Shop, Variant } from './state.ts'

type Dated = { updatedAt: number; indexedUpdatedAt?: number }

/**
 * Moves a row's updatedAt to now. While the shop's search index lags, the last time that search already shows is kept
 * beside it.
 */
export function touch(shop: Shop, row: Dated, now: number) {
    if (shop.settings.indexLagMs > 0) row.indexedUpdatedAt = seenBySearch(shop, row, now)
    row.updatedAt = Math.max(now, row.updatedAt)
}

/** The updatedAt that a search filter compares with: the newest one older than the index lag. */
export function seenBySearch(shop: Shop, row: Dated, now: number): number {
    const hidden = shop.settings.indexLagMs > 0 && row.updatedAt > now - shop.settings.indexLagMs
    return hidden ? (row.indexedUpdatedAt ?? row.updatedAt - shop.settings.indexLagMs) : row.updatedAt
}

/** A change of a variant is a change of its product too. */
export function touchVariant(shop: Shop, variant: Variant, now: number) {
    touch(shop, variant, now)
    touchProduct(shop, shop.products.get(variant.productId), now)
}

export function touchProduct(shop: Shop, product: Product | undefined, now: number) {
    if (product) touch(shop, product, now)
}

/** A stock change moves the product's updatedAt, but only now and then (spec rule 80). */
export function touchByStock(shop: Shop, variantIds: readonly number[], now: number) {
    shop.stockWrites += 1
    const every = shop.settings.stockMovesProductEvery
    if (every === 0 || shop.stockWrites % every !== 0) return
    for (const id of variantIds) touchProduct(shop, shop.products.get(shop.variants.get(id)?.productId ?? -1), now)
}
