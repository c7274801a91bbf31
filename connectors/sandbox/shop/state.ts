import { seedCatalogue } from './catalogue/index.ts'
import { defaultSettings, type LocationOptions, type ShopOptions, type ShopSettings } from './options.ts'
import type { DraftOrder, FulfillmentOrder, Order, OrderEdit, PendingCancellation } from './order_rows.ts'
import type {
    Collection,
    InventoryItem,
    Job,
    Level,
    Location,
    Media,
    MetafieldDefinition,
    Product,
    ProductOperation,
    Publication,
    TokenRow,
    Variant,
} from './rows.ts'
import type { BulkOperation, IdempotentAnswer, StagedUpload } from './transport_rows.ts'

export type * from './order_rows.ts'
export * from './rows.ts'
export type * from './transport_rows.ts'

/** One shop: everything it knows. Plain values and maps of plain values, keyed by numeric id. */
export type Shop = {
    id: number
    domain: string
    name: string
    email: string
    currency: string
    zone: string
    plan: string
    createdAt: number
    settings: ShopSettings
    clientId: string | null
    clientSecret: string | null
    /** null: anywhere on this machine */
    redirectUrls?: string[] | null
    /** the id handed out last, of any type; two shops start far apart, so their ids never agree by accident */
    lastId: number
    /** stock writes so far: decides which of them move the product's updatedAt */
    stockWrites: number
    tokens: TokenRow[]
    products: Map<number, Product>
    variants: Map<number, Variant>
    inventoryItems: Map<number, InventoryItem>
    levels: Map<number, Level>
    locations: Map<number, Location>
    media: Map<number, Media>
    collections: Map<number, Collection>
    publications: Map<number, Publication>
    metafieldDefinitions: Map<number, MetafieldDefinition>
    productOperations: Map<number, ProductOperation>
    jobs: Map<string, Job>
    orders: Map<number, Order>
    fulfillmentOrders: Map<number, FulfillmentOrder>
    /** which order a line, payment, fulfilment, refund or return lies in, by their ids */
    orderParts: Map<number, number>
    draftOrders: Map<number, DraftOrder>
    orderEdits: Map<number, OrderEdit>
    cancellations: PendingCancellation[]
    /** the number of the newest order: `#1001` is the first */
    lastOrderNumber: number
    bulkOperations: Map<number, BulkOperation>
    stagedUploads: Map<string, StagedUpload>
    idempotency: Map<string, IdempotentAnswer>
}

/** Makes a shop as its options say. `now` is in milliseconds since 1970. */
export function createShop(options: ShopOptions, now: number): Shop {
    const shop = emptyShop(options, now)
    for (const location of options.locations ?? [{ name: 'Main warehouse' }]) addLocation(shop, location, now)
    for (const name of options.publications ?? ['Online Store', 'Point of Sale']) addPublication(shop, name)
    if (options.catalogue) seedCatalogue(shop, options.catalogue, now)
    return shop
}

/** The next id of the shop, whatever it is for. */
export function nextId(shop: Shop): number {
    shop.lastId += 1
    return shop.lastId
}

function emptyShop(options: ShopOptions, now: number): Shop {
    const firstId = firstIdOf(options.domain)
    const label = options.domain.split('.')[0] ?? options.domain
    const tokens = options.tokens ?? [{ token: `token-${options.domain}` }]
    return {
        id: firstId,
        domain: options.domain,
        name: options.name ?? label,
        email: options.email ?? `owner@${options.domain}`,
        currency: options.currency ?? 'USD',
        zone: options.zone ?? 'Etc/UTC',
        plan: options.plan ?? 'Basic',
        createdAt: now,
        settings: { ...defaultSettings, ...options.settings },
        clientId: options.clientId ?? null,
        clientSecret: options.clientSecret ?? null,
        redirectUrls: options.redirectUrls ?? null,
        lastId: firstId,
        stockWrites: 0,
        tokens: tokens.map(({ token, scopes, expiresAt }) => ({
            token,
            scopes: scopes ?? 'all',
            expiresAt: expiresAt === undefined ? null : new Date(expiresAt).getTime(),
        })),
        products: new Map(),
        variants: new Map(),
        inventoryItems: new Map(),
        levels: new Map(),
        locations: new Map(),
        media: new Map(),
        collections: new Map(),
        publications: new Map(),
        metafieldDefinitions: new Map(),
        productOperations: new Map(),
        jobs: new Map(),
        orders: new Map(),
        fulfillmentOrders: new Map(),
        orderParts: new Map(),
        draftOrders: new Map(),
        orderEdits: new Map(),
        cancellations: [],
        lastOrderNumber: 1000,
        bulkOperations: new Map(),
        stagedUploads: new Map(),
        idempotency: new Map(),
    }
}

/** Between 1e12 and 8e12, a multiple of 1e8: ids of two shops are apart unless a shop hands out a hundred million. */
function firstIdOf(domain: string): number {
    let hash = 2166136261
    for (const character of domain) hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619) >>> 0
    return (10_000 + (hash % 70_000)) * 1e8
}

/** Adds a location with nothing stocked there. */
export function addLocation(shop: Shop, options: LocationOptions, now: number): Location {
    const id = nextId(shop)
    const location: Location = {
        __typename: 'Location',
        id,
        name: options.name,
        active: options.active ?? true,
        levelNumber: nextId(shop),
        fulfillsOnlineOrders: options.fulfillsOnlineOrders ?? true,
        fulfillmentService: options.fulfillmentService ?? null,
        address: {
            address1: null,
            address2: null,
            city: options.city ?? null,
            countryCode: options.countryCode ?? 'US',
            phone: null,
            provinceCode: null,
            zip: null,
        },
        metafields: [],
        createdAt: now,
        updatedAt: now,
        deactivatedAt: options.active === false ? now : null,
    }
    shop.locations.set(id, location)
    return location
}

function addPublication(shop: Shop, name: string) {
    const id = nextId(shop)
    shop.publications.set(id, { __typename: 'Publication', id, name, autoPublish: name === 'Online Store' })
}
