import type { ShopifyClient } from './client.ts'
import { parseGid } from './gid.ts'
import { operation } from './operations.ts'
import { allNodes } from './pages.ts'
import { missingScopes } from './scopes.ts'

export type StoreLocation = {
    id: string
    name: string
    isActive: boolean
    fulfillsOnlineOrders: boolean
    isFulfillmentService: boolean
}

/** What a store says of itself. `currency` is its ISO code, `zone` its IANA time zone, ids are decimal strings. */
export type StoreInfo = {
    shopId: string
    name: string
    /** Its permanent domain, which may differ from the one it was asked by. */
    myshopifyDomain: string
    currency: string
    zone: string
    /** The address it gives as its own. */
    contactEmail: string
    plan: string
    scopes: string[]
    /** Null if there is no online store, or the scope read_publications is missing. */
    onlineStorePublicationId: string | null
    /** Empty if the scope read_locations is missing. */
    locations: StoreLocation[]
}

type ShopData = {
    shop: {
        id: string
        name: string
        myshopifyDomain: string
        currencyCode: string
        ianaTimezone: string
        contactEmail: string
        plan: { publicDisplayName: string }
    }
    currentAppInstallation: { accessScopes: { handle: string }[] }
}
type Publication = { id: string; name: string }

/** Reads a store: who it is, what we may do there, its locations and its online store's publication. */
export async function readStore(client: ShopifyClient): Promise<StoreInfo> {
    const { shop, currentAppInstallation } = await client.query<ShopData>(operation('store/shop'))
    const scopes = currentAppInstallation.accessScopes.map((scope) => scope.handle)
    const may = (scope: string) => missingScopes(scopes, [scope]).length === 0
    return {
        shopId: parseGid('Shop', shop.id),
        name: shop.name,
        myshopifyDomain: shop.myshopifyDomain,
        currency: shop.currencyCode,
        zone: shop.ianaTimezone,
        contactEmail: shop.contactEmail,
        plan: shop.plan.publicDisplayName,
        scopes,
        onlineStorePublicationId: may('read_publications') ? await findOnlineStore(client) : null,
        locations: may('read_locations') ? await readLocations(client) : [],
    }
}

/** The scopes that the app is granted at a store now. */
export async function readScopes(client: ShopifyClient): Promise<string[]> {
    const data = await client.query<Pick<ShopData, 'currentAppInstallation'>>(operation('store/scopes'))
    return data.currentAppInstallation.accessScopes.map(({ handle }) => handle)
}

async function readLocations(client: ShopifyClient): Promise<StoreLocation[]> {
    const nodes = await allNodes<StoreLocation>(client, operation('store/locations'))
    return nodes.map((location) => ({ ...location, id: parseGid('Location', location.id) }))
}

async function findOnlineStore(client: ShopifyClient): Promise<string | null> {
    const publications = await allNodes<Publication>(client, operation('store/publications'), 50)
    const found = publications.find(({ name }) => name === 'Online Store')
    return found ? parseGid('Publication', found.id) : null
}
