import { type Collection, type CollectionRule, nextId, type Product, type Shop } from './state.ts'
import { freeHandle, slug } from './text.ts'

export type NewCollection = { title: string } & Partial<Omit<Collection, '__typename' | 'id'>>

/** Adds a collection; a handle that is taken, or none, gets the next free one. */
export function addCollection(shop: Shop, given: NewCollection, now: number): Collection {
    const collection: Collection = {
        __typename: 'Collection',
        id: nextId(shop),
        descriptionHtml: '',
        sortOrder: given.rules ? 'BEST_SELLING' : 'MANUAL',
        templateSuffix: null,
        seo: { title: null, description: null },
        rules: null,
        productIds: [],
        image: null,
        publications: [],
        metafields: [],
        createdAt: now,
        updatedAt: now,
        ...given,
        handle: newCollectionHandle(shop, given.handle || given.title),
    }
    shop.collections.set(collection.id, collection)
    return collection
}

export function collectionByHandle(shop: Shop, handle: string): Collection | undefined {
    for (const collection of shop.collections.values()) if (collection.handle === handle) return collection
    return undefined
}

export function newCollectionHandle(shop: Shop, wanted: string): string {
    return freeHandle(slug(wanted) || 'collection', (handle) => collectionByHandle(shop, handle) !== undefined)
}

/** The products of a collection: as filled by hand, or those its rules choose now. */
export function productsIn(shop: Shop, collection: Collection): Product[] {
    if (collection.rules) return [...shop.products.values()].filter((product) => chosen(collection, product))
    return collection.productIds.map((id) => shop.products.get(id)!).filter((product) => product !== undefined)
}

export function isIn(collection: Collection, product: Product): boolean {
    return collection.rules ? chosen(collection, product) : collection.productIds.includes(product.id)
}

/** The collections a product is in. */
export function collectionsOf(shop: Shop, product: Product): Collection[] {
    return [...shop.collections.values()].filter((collection) => isIn(collection, product))
}

function chosen({ rules }: Collection, product: Product): boolean {
    if (!rules || rules.rules.length === 0) return false
    const verdicts = rules.rules.map((rule) => satisfies(product, rule))
    return rules.appliedDisjunctively ? verdicts.some(Boolean) : verdicts.every(Boolean)
}

const columns: Record<string, (product: Product) => string[]> = {
    TAG: (product) => product.tags,
    TYPE: (product) => [product.productType],
    VENDOR: (product) => [product.vendor],
    TITLE: (product) => [product.title],
}

const relations: Record<string, (value: string, condition: string) => boolean> = {
    EQUALS: (value, condition) => value === condition,
    NOT_EQUALS: (value, condition) => value !== condition,
    CONTAINS: (value, condition) => value.includes(condition),
    NOT_CONTAINS: (value, condition) => !value.includes(condition),
    STARTS_WITH: (value, condition) => value.startsWith(condition),
    ENDS_WITH: (value, condition) => value.endsWith(condition),
}

function satisfies(product: Product, { column, relation, condition }: CollectionRule): boolean {
    const values = columns[column]?.(product) ?? []
    const wanted = condition.toLowerCase()
    return values.some((value) => relations[relation]?.(value.toLowerCase(), wanted) ?? false)
}
