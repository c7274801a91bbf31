/** A shop as the sandbox's control address shows it (`GET /control/state`): plain values, ids as numbers, money as text. */
export type ShopState = {
    domain: string
    currency: string
    locations: { id: number; name: string; active: boolean }[]
    publications: { id: number; name: string }[]
    products: ShopProduct[]
    collections: { id: number; title: string; handle: string; productIds: number[] }[]
    orders?: ShopOrder[]
}

export type ShopOrder = {
    id: number
    name: string
    test: boolean
    createdAt: string | number
    cancelledAt: string | null
    financialStatus: string | null
    metafields: { namespace: string; key: string; value: string }[]
    lines: {
        id: number
        inventoryItemId: number | null
        quantity: number
        currentQuantity: number
        unfulfilledQuantity?: number
    }[]
    fulfillmentOrders: { locationId: number; lines: { lineId: number; totalQuantity: number }[] }[]
    fulfillments: {
        locationId: number
        status: string
        createdAt?: string | number
        lines: { lineId: number; quantity: number }[]
    }[]
    refunds: {
        lines: {
            lineId: number
            quantity: number
            restocked: boolean
            restockType: string
            locationId: number | null
        }[]
    }[]
}

export type ShopProduct = {
    id: number
    title: string
    descriptionHtml: string
    vendor: string
    productType: string
    tags: string[]
    status: string
    handle: string
    seo: { title: string | null; description: string | null }
    options: { name: string; values: string[] }[]
    publishedOn: number[]
    createdAt: string | number
    metafields: { namespace: string; key: string; type: string; value: string }[]
    collections: number[]
    media: ShopMedia[]
    variants: ShopVariant[]
    free?: Free
    /** of an imagined product: its handle is another's there, so the shop gives it one of its own */
    handleTaken?: boolean
}

/** Of an item that the oracle imagined: the fields where whatever the shop has is right. */
export type Free = Set<string>

export type ShopMedia = {
    id: number
    alt: string | null
    __typename?: string
    status?: string
    /** of an image the oracle imagined: the source's */
    imaginedFrom?: number
}

export type ShopVariant = {
    id: number
    inventoryItemId: number
    options: string[]
    sku: string | null
    barcode: string | null
    price: string
    compareAtPrice: string | null
    cost: string | null
    taxable: boolean
    inventoryPolicy: string
    tracked: boolean
    weight: { value: number; unit: string } | null
    requiresShipping: boolean
    requiresComponents?: boolean
    mediaIds: number[]
    levels: ShopLevel[]
    free?: Free
}

export type ShopLevel = { locationId: number; available: number; updatedAt?: string | number }

export type Held = { product: ShopProduct; variant: ShopVariant }

/** A shop with the ways into it that the rules need. */
export type View = {
    shop: ShopState
    products: Map<number, ShopProduct>
    variants: Map<number, Held>
    collections: Map<number, { id: number; handle: string }>
    onlineStore: number | null
}

export function viewOf(shop: ShopState): View {
    const variants = new Map<number, Held>()
    for (const product of shop.products) {
        for (const variant of product.variants) variants.set(variant.id, { product, variant })
    }
    return {
        shop,
        products: new Map(shop.products.map((product) => [product.id, product])),
        variants,
        collections: new Map(shop.collections.map((collection) => [collection.id, collection])),
        onlineStore: shop.publications.find((it) => it.name === 'Online Store')?.id ?? null,
    }
}

/** Pictures in their order; other media are not carried. */
export const picturesOf = (product: ShopProduct): ShopMedia[] =>
    product.media.filter((media) => (media.__typename ?? 'MediaImage') === 'MediaImage')

/** Those that the shop has made ready: only they have an address to be carried from. */
export const readyPicturesOf = (product: ShopProduct): ShopMedia[] =>
    picturesOf(product).filter((media) => (media.status ?? 'READY') === 'READY')

export const originOf = (product: ShopProduct): string | null =>
    product.metafields.find((it) => it.namespace === 'crossdock' && it.key === 'origin')?.value ?? null

/** Tags are one tag without regard to case. */
export const tagKey = (tag: string): string => tag.trim().toLowerCase()

/** Groups by a key; items whose key is null are left out. */
export function grouped<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key | null): Map<Key, Item[]> {
    const groups = new Map<Key, Item[]>()
    for (const item of items) {
        const key = keyOf(item)
        if (key === null) continue
        const group = groups.get(key)
        if (group) group.push(item)
        else groups.set(key, [item])
    }
    return groups
}
