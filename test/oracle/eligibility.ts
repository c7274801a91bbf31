import type { Scoped, Settings } from './settings.ts'
import { type ShopProduct, type ShopVariant, tagKey, type View } from './state.ts'

/** Spec D2: the narrower a scope, the more it counts. */
const order = ['sku', 'collection', 'tag', 'product_type', 'vendor', 'all']

/** What a scope is asked about: a source product, and one of its variants where a variant's field is meant (only then a SKU decides). */
export type Subject = { source: View; product: ShopProduct; variant: ShopVariant | null }

export function covers(row: Scoped, { source, product, variant }: Subject): boolean {
    const value = row.scope_value
    if (row.scope === 'sku') return variant !== null && variant.sku === value
    if (row.scope === 'collection') return inCollection(source, product, value)
    if (row.scope === 'tag') return hasTag(product, [value])
    if (row.scope === 'product_type') return product.productType === value
    if (row.scope === 'vendor') return product.vendor === value
    return row.scope === 'all'
}

/** The row that decides: most specific scope, then the higher priority, then the older (earlier in the document). */
export function mostSpecific<Row extends Scoped>(all: readonly Row[], subject: Subject): Row | null {
    let best: Row | null = null
    for (const row of all) {
        if (!covers(row, subject)) continue
        const nearer = best === null ? -1 : order.indexOf(row.scope) - order.indexOf(best.scope)
        if (best === null || nearer < 0 || (nearer === 0 && row.priority > best.priority)) best = row
    }
    return best
}

/** Rule 7: a product with a hide tag is offered to no destination. */
export const isHidden = (settings: Settings, product: ShopProduct) => hasTag(product, settings.hide_tags)

/** Whether the scopes take a product: some row includes it, none excludes it; only excluding rows leave all the rest in. */
export function inScope(settings: Settings, source: View, product: ShopProduct): boolean {
    const takes = (row: { kind: string; value: string }) => {
        if (row.kind === 'collection') return inCollection(source, product, row.value)
        if (row.kind === 'product') return product.handle === row.value || String(product.id) === row.value
        if (row.kind === 'tag') return hasTag(product, [row.value])
        return row.kind === 'all'
    }
    const including = settings.scopes.filter((row) => row.action === 'include')
    const excluded = settings.scopes.some((row) => row.action === 'exclude' && takes(row))
    return !excluded && (including.length === 0 || including.some(takes))
}

/** Rule 9: `new_only` takes what was made after the connection was accepted. */
export const isNew = (product: ShopProduct, acceptedAt: string | number) =>
    new Date(product.createdAt).getTime() > new Date(acceptedAt).getTime()

/** A match key that says something: blanks are no key (rule 1). */
export const keyText = (value: string | null): string | null => (value === null || value.trim() === '' ? null : value)

/** Rule 4: what two near misses have in common. Case, width, spaces and invisible characters do not count. */
export const nearForm = (value: string): string =>
    value
        .normalize('NFKC')
        .replace(/[\s\p{Cf}]/gu, '')
        .toLowerCase()

function inCollection(source: View, product: ShopProduct, value: string): boolean {
    return product.collections.some((id) => String(id) === value || source.collections.get(id)?.handle === value)
}

function hasTag(product: ShopProduct, tags: readonly string[]): boolean {
    const wanted = new Set(tags.map(tagKey))
    return product.tags.some((tag) => wanted.has(tagKey(tag)))
}
