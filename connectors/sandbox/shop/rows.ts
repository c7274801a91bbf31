/**
 * The rows of a shop: plain values, so that a shop can be written to a file and read back. Ids are numbers, money is a
 * decimal string with two decimals, times are milliseconds since 1970 (GraphQL shows them in whole seconds).
 * `__typename` is what GraphQL's interfaces and unions are told apart by.
 */
export type Metafield = {
    __typename: 'Metafield'
    id: number
    namespace: string
    key: string
    type: string
    value: string
    createdAt: number
    updatedAt: number
}

export type OptionValue = { id: number; name: string }

export type ProductOption = { __typename: 'ProductOption'; id: number; name: string; values: OptionValue[] }

export type ProductStatus = 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED'

/** Where a product or collection is on sale, and since when (a later time: planned). */
export type ResourcePublication = { publicationId: number; publishDate: number }

export type Product = {
    __typename: 'Product'
    id: number
    title: string
    descriptionHtml: string
    vendor: string
    productType: string
    /** sorted, unique without regard to case */
    tags: string[]
    status: ProductStatus
    handle: string
    seo: { title: string | null; description: string | null }
    templateSuffix: string | null
    /** number of a taxonomy category, such as `aa-1-13-8` */
    category: string | null
    giftCard: boolean
    /** a parent bundle: its variants' stock cannot be written (spec rule 32) */
    bundle: boolean
    options: ProductOption[]
    /** in the order of position, as mediaIds */
    variantIds: number[]
    mediaIds: number[]
    publications: ResourcePublication[]
    metafields: Metafield[]
    createdAt: number
    updatedAt: number
    publishedAt: number | null
    /** only while a search lag hides the newest change: the updatedAt that search still sees */
    indexedUpdatedAt?: number
}

export type Variant = {
    __typename: 'ProductVariant'
    id: number
    productId: number
    inventoryItemId: number
    /** names of the option values, in the order of the product's options */
    options: string[]
    price: string
    compareAtPrice: string | null
    barcode: string | null
    taxable: boolean
    inventoryPolicy: 'DENY' | 'CONTINUE'
    requiresComponents: boolean
    /** rarely set; absent: null, false, null */
    taxCode?: string | null
    showUnitPrice?: boolean
    unitPriceMeasurement?: Record<string, unknown> | null
    mediaIds: number[]
    metafields: Metafield[]
    createdAt: number
    updatedAt: number
    indexedUpdatedAt?: number
}

export type WeightUnit = 'KILOGRAMS' | 'GRAMS' | 'POUNDS' | 'OUNCES'

export type InventoryItem = {
    __typename: 'InventoryItem'
    id: number
    sku: string | null
    tracked: boolean
    requiresShipping: boolean
    cost: string | null
    weight: { value: number; unit: WeightUnit }
    countryCodeOfOrigin: string | null
    provinceCodeOfOrigin: string | null
    harmonizedSystemCode: string | null
    variantIds: number[]
    levelIds: number[]
    createdAt: number
    updatedAt: number
    indexedUpdatedAt?: number
}

/** The states that are stored; `on_hand` is the sum of all but `incoming`. */
export const storedQuantities = [
    'available',
    'committed',
    'damaged',
    'incoming',
    'quality_control',
    'reserved',
    'safety_stock',
] as const
export type StoredQuantity = (typeof storedQuantities)[number]

/** Stock of one item at one location. A state that was never written is absent and counts 0. */
export type Level = {
    __typename: 'InventoryLevel'
    id: number
    inventoryItemId: number
    locationId: number
    active: boolean
    quantities: Partial<Record<StoredQuantity, number>>
    /** when each state was last written; exact whatever the search lag (`on_hand` has no time of its own) */
    updated: Partial<Record<StoredQuantity, number>>
    createdAt: number
    updatedAt: number
    indexedUpdatedAt?: number
}

export type Location = {
    __typename: 'Location'
    id: number
    name: string
    active: boolean
    /** the number in the ids of all levels here: `InventoryLevel/<levelNumber>?inventory_item_id=<item>` */
    levelNumber: number
    fulfillsOnlineOrders: boolean
    fulfillmentService: string | null
    address: Record<'address1' | 'address2' | 'city' | 'countryCode' | 'phone' | 'provinceCode' | 'zip', string | null>
    metafields: Metafield[]
    createdAt: number
    updatedAt: number
    deactivatedAt: number | null
}

/** A file of the shop; as a product's media it is shared by reference. */
export type Media = {
    __typename: 'MediaImage' | 'Video' | 'ExternalVideo' | 'Model3d' | 'GenericFile'
    id: number
    alt: string
    /** the shop's own name of the re-hosted file: never that of originalSource */
    filename: string
    originalSource: string
    /** FAILED stays; else the state follows from the clock and the reads */
    failed: boolean
    readyAt: number
    /** reads left before it is ready, whatever the clock says */
    readsLeft: number
    width: number
    height: number
    mimeType: string
    /** rises when the picture itself is replaced: part of the URL */
    version: number
    createdAt: number
    updatedAt: number
}

export type CollectionRule = { column: string; relation: string; condition: string }

export type Collection = {
    __typename: 'Collection'
    id: number
    title: string
    handle: string
    descriptionHtml: string
    sortOrder: string
    templateSuffix: string | null
    seo: { title: string | null; description: string | null }
    /** null: filled by hand, in the order of productIds */
    rules: { appliedDisjunctively: boolean; rules: CollectionRule[] } | null
    productIds: number[]
    image: { src: string; alt: string | null } | null
    publications: ResourcePublication[]
    metafields: Metafield[]
    createdAt: number
    updatedAt: number
    indexedUpdatedAt?: number
}

export type Publication = { __typename: 'Publication'; id: number; name: string; autoPublish: boolean }

export type MetafieldDefinition = {
    __typename: 'MetafieldDefinition'
    id: number
    name: string
    namespace: string
    key: string
    type: string
    ownerType: string
    description: string | null
    uniqueValues: boolean
    pinnedPosition: number | null
}

/** An asynchronous productSet or productDelete; COMPLETE once it has been read often enough, or by the clock. */
export type ProductOperation = {
    __typename: 'ProductSetOperation' | 'ProductDeleteOperation'
    id: number
    productId: number | null
    /** of a deletion: what is deleted when the operation is complete */
    deletedProductId: number | null
    reads: number
    readsNeeded: number
    dueAt: number
    userErrors: { field: string[] | null; message: string; code?: string | null }[]
}

/** A background job; `done` once it has been read often enough. */
export type Job = { __typename: 'Job'; id: string; readsLeft: number }

export type TokenRow = {
    token: string
    scopes: string[] | 'all'
    /** null: never */
    expiresAt: number | null
}
