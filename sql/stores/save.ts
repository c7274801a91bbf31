import { transaction } from '../database.ts'
import { execute, query, queryOne } from '../query.ts'
import type { Queryable } from '../session.ts'
import { refuseContradictions } from './contradictions.ts'
import { type LocationLink, type LocationRow, linkLocations } from './location_links.ts'
import type { Settings } from './settings.ts'
import { connectionsOf, type StoreRow, storeByDomain } from './stores.ts'

export type StoreToPut = {
    account_id: number
    domain: string
    role: StoreRow['role']
    origin: string
    api_version: string
    /** Sealed. */
    credentials: Buffer
    /** CD-XXXX-XXXX-XXXX of a source, what destinations enter to ask for it; null of a destination. */
    join_code: string | null
}

/**
 * Adds a store, or gives a known one its credentials anew; returns its store_id. A store has one role (D6): throws a
 * sentence where it already is connected in the other one.
 */
export async function putStore(q: Queryable, store: StoreToPut): Promise<number> {
    return transaction(q, async (tx) => {
        const known = await storeByDomain(tx, store.account_id, store.domain)
        if (known && known.role !== store.role) await refuseSecondRole(tx, known)
        return (await queryOne<{ store_id: number }>(tx, 'stores/put_store', store)).store_id
    })
}

async function refuseSecondRole(q: Queryable, store: StoreRow): Promise<void> {
    const used = (await connectionsOf(q, store.account_id)).filter(
        (connection) => roleIn(connection, store.store_id) === store.role,
    )
    if (used.length === 0) return
    throw new Error(
        `${store.domain} already is the ${store.role} of ${used.length === 1 ? 'a connection' : `${used.length} connections`}, ` +
            `and a store has one role only (D6). Use another store in the other role, or change this one's: crossdock store role.`,
    )
}

function roleIn(connection: { source_store_id: number; destination_store_id: number }, storeId: number) {
    if (connection.source_store_id === storeId) return 'source'
    return connection.destination_store_id === storeId ? 'destination' : null
}

/** Writes sealed credentials that a store's client has renewed. */
export async function setCredentials(q: Queryable, store: StoreRow, credentials: Buffer): Promise<void> {
    const { account_id, store_id } = store
    await execute(q, 'stores/set_credentials', { account_id, store_id, credentials })
}

/** Stops a store's work, with the reason in words, until a person gives it its way in again (rule 90). */
export async function stopStore(q: Queryable, store: StoreRow, reason: string): Promise<void> {
    const { account_id, store_id } = store
    await execute(q, 'stores/set_state', { account_id, store_id, state: 'stopped', reason })
}

export type StoreFacts = {
    shop_id: string
    name: string
    currency: string
    zone: string
    contact_email: string
    scopes: string[]
    publication_id: string | null
}

/** Writes what a shop says of itself, with its locations as they are now; it is ready from then on. */
export async function setFacts(
    q: Queryable,
    store: StoreRow,
    facts: StoreFacts,
    locations: LocationRow[],
): Promise<void> {
    const { account_id, store_id } = store
    await transaction(q, async (tx) => {
        await execute(tx, 'stores/set_facts', { account_id, store_id, ...facts })
        await execute(tx, 'stores/merge_locations', { account_id, store_id, locations })
    })
}

/** The locations of a store as last read. */
export async function locationsOf(q: Queryable, store: StoreRow): Promise<LocationRow[]> {
    const { account_id, store_id } = store
    return query<LocationRow>(q, 'stores/locations_of', { account_id, store_id })
}

/**
 * Makes a connection of two stores, or gives it other settings, with all the rows that come of them, in one
 * transaction; returns its connection_id. Throws where the settings contradict themselves or name unknown locations.
 */
export async function putConnection(
    q: Queryable,
    source: StoreRow,
    destination: StoreRow,
    settings: Settings,
    joinKey: string,
): Promise<number> {
    refuseContradictions(settings)
    return transaction(q, async (tx) => {
        const links = linkLocations(
            settings,
            { domain: source.domain, locations: await locationsOf(tx, source) },
            { domain: destination.domain, locations: await locationsOf(tx, destination) },
        )
        const { connection_id } = await queryOne<{ connection_id: number }>(tx, 'stores/put_connection', {
            account_id: source.account_id,
            source_store_id: source.store_id,
            destination_store_id: destination.store_id,
            rank: settings.rank,
            join_key: joinKey,
            settings,
        })
        await execute(tx, 'stores/turn_links', { account_id: source.account_id, connection_id })
        await writeSettings(tx, { account_id: source.account_id, connection_id }, settings, links)
        return connection_id
    })
}

type Key = { account_id: number; connection_id: number }

/** Writes the settings of a connection, and the rows that come of them in place of those before. */
export async function writeSettings(
    tx: Queryable,
    key: Key,
    settings: Settings,
    links: readonly LocationLink[],
): Promise<void> {
    await execute(tx, 'stores/set_settings', { ...key, settings })
    await execute(tx, 'stores/settings/clear', key)
    await execute(tx, 'stores/settings/explode', { ...key, settings, location_links: links })
}
