import { query, queryFirst, queryOne } from '../query.ts'
import type { Queryable } from '../session.ts'
import type { Settings } from './settings.ts'

/** A row of `stores`. bigint columns come as decimal strings, times as ISO 8601. */
export type StoreRow = {
    account_id: number
    store_id: number
    domain: string
    role: 'source' | 'destination'
    origin: string
    api_version: string
    /** Sealed; only a client's maker opens it (seal.ts). */
    credentials: Buffer
    state: 'ready' | 'stopped'
    state_reason: string | null
    shop_id: string | null
    name: string | null
    currency: string | null
    zone: string | null
    contact_email: string | null
    automatic_push: boolean
    scopes: string[]
    publication_id: string | null
    join_code: string | null
    created_at: string
}

/** A row of `connections`; `settings` is whole, as parseSettings made it. */
export type ConnectionRow = {
    account_id: number
    connection_id: number
    source_store_id: number
    destination_store_id: number
    rank: number
    join_key: string
    settings: Settings
    settings_at: string
    state: 'requested' | 'connected' | 'blocked' | 'disconnected'
    accepted_at: string | null
    first_sync_over_at: string | null
    compared_at: string | null
    movements_at: string | null
    mirrored_at: string | null
    /** The state a person asked for while its items are still being written (D14). */
    ending: 'blocked' | 'disconnected' | null
    ending_items: 'leave' | 'zero' | 'draft' | 'delete' | null
    ending_by: string | null
    created_at: string
}

/** Whether what hands count at its destination is carried to its source (D4 `two_way`): not before a person has seen it (D9). */
export const carriesCounts = ({ settings, first_sync_over_at }: ConnectionRow): boolean =>
    settings.orders === 'two_way' && first_sync_over_at !== null

/** Whether anything may be written for a connection: not once it is blocked, disconnected, or on its way there (D14). */
export function mayWrite({ state, ending }: Pick<ConnectionRow, 'state' | 'ending'>): boolean {
    return state === 'connected' && ending === null
}

/** Every store of an account, sources first. */
export async function storesOf(q: Queryable, accountId: number): Promise<StoreRow[]> {
    return query<StoreRow>(q, 'stores/stores_of', { account_id: accountId, store_id: null, domain: null })
}

/** One store. Throws where the account has no such store. */
export async function storeById(q: Queryable, accountId: number, storeId: number): Promise<StoreRow> {
    return queryOne<StoreRow>(q, 'stores/stores_of', { account_id: accountId, store_id: storeId, domain: null })
}

/** One store by its domain, or null. */
export async function storeByDomain(q: Queryable, accountId: number, domain: string): Promise<StoreRow | null> {
    return queryFirst<StoreRow>(q, 'stores/stores_of', { account_id: accountId, store_id: null, domain })
}

/** Every connection of an account, of whatever state, higher ranks first (D7). */
export async function connectionsOf(q: Queryable, accountId: number): Promise<ConnectionRow[]> {
    return query<ConnectionRow>(q, 'stores/connections_of', { account_id: accountId, connection_id: null })
}

/** One connection. Throws where the account has no such connection. */
export async function connectionById(q: Queryable, accountId: number, connectionId: number): Promise<ConnectionRow> {
    const asked = { account_id: accountId, connection_id: connectionId }
    const row = await queryFirst<ConnectionRow>(q, 'stores/connections_of', asked)
    if (row) return row
    throw new Error(`Expected a connection of this account, got ${connectionId}: see crossdock connections.`)
}
