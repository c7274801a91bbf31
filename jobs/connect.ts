import { API_VERSION } from '../connectors/shopify/api_version.ts'
import { createClient, type ShopifyClient } from '../connectors/shopify/client.ts'
import type { Credentials } from '../connectors/shopify/credentials.ts'
import { ensureOriginDefinition } from '../connectors/shopify/origin_definition.ts'
import {
    ADJUSTING,
    MIRRORING,
    missingScopes,
    neededScopes,
    PUSHING,
    scopesOfOrders,
} from '../connectors/shopify/scopes.ts'
import { readStore, type StoreInfo } from '../connectors/shopify/store_info.ts'
import { transaction } from '../sql/database.ts'
import { letters, newJoinCode } from '../sql/joins/codes.ts'
import { audit } from '../sql/runs/audit.ts'
import { endNotice } from '../sql/runs/notices.ts'
import type { Queryable } from '../sql/session.ts'
import { STORE_STOPPED } from '../sql/stores/let_in.ts'
import { putConnection, putStore, setFacts } from '../sql/stores/save.ts'
import { parseSettings, type Settings } from '../sql/stores/settings.ts'
import { connectionById, type StoreRow, storeByDomain, storeById } from '../sql/stores/stores.ts'
import { clientFor, sealCredentials } from './client.ts'
import type { Host } from './run_context.ts'
import { stillOf } from './way_back.ts'

type Hands = Pick<Host, 'db' | 'key' | 'log'>
type Whose = { account_id: number; who: string }

export type NewStore = {
    domain: string
    role: StoreRow['role']
    origin?: string
    api_version?: string
} & ({ token: string } | { clientId: string; clientSecret: string })

/** Code of the notice of what a connection that was made by page still lacks. */
export const SETTINGS_NOTES = 'settings_notes'

/**
 * Adds a store, or gives a known one its way in anew, after asking it who it is.
 * @throws where the store does not let us in, lacks scopes (each is named), or is used in the other role (D6).
 */
export async function addStore({ db, key, log }: Hands, whose: Whose, store: NewStore): Promise<StoreRow> {
    const { domain, role } = store
    const origin = (store.origin ?? `https://${domain}`).replace(/\/+$/, '')
    const apiVersion = store.api_version ?? API_VERSION
    let credentials: Credentials =
        'token' in store
            ? { kind: 'static', token: store.token }
            : { kind: 'client', clientId: store.clientId, clientSecret: store.clientSecret }
    const onRenewed = (renewed: Credentials) => {
        credentials = renewed
    }
    const info = await readStore(createClient({ domain, origin, apiVersion, credentials, onRenewed, log }))
    refuseMissingScopes(domain, role, info)
    return transaction(db, async (tx) => {
        const { account_id, who } = whose
        const sealed = sealCredentials(key, domain, credentials)
        const join_code = role === 'source' ? newJoinCode() : null
        const put = { account_id, domain, role, origin, api_version: apiVersion, credentials: sealed, join_code }
        const store_id = await putStore(tx, put)
        await writeFacts(tx, await storeById(tx, account_id, store_id), info)
        await endNotice(tx, { account_id, store_id }, STORE_STOPPED)
        await audit(tx, { account_id, who, what: 'store.added', store_id, detail: { domain, role } })
        return storeById(tx, account_id, store_id)
    })
}

/** Throws, naming each, where a store's app lacks scopes that a role needs. */
export function refuseMissingScopes(domain: string, role: StoreRow['role'], { scopes }: StoreInfo): void {
    const missing = missingScopes(scopes, neededScopes[role])
    if (missing.length === 0) return
    throw new Error(
        `${domain}: expected the scopes a ${role} needs, missing ${missing.join(', ')}. Grant them to the app in the ` +
            `store's admin (apps, configuration), then give the token again with store add.`,
    )
}

async function writeFacts(q: Queryable, store: StoreRow, info: StoreInfo): Promise<void> {
    const facts = {
        shop_id: info.shopId,
        name: info.name,
        currency: info.currency,
        zone: info.zone,
        contact_email: info.contactEmail,
        scopes: info.scopes,
        publication_id: info.onlineStorePublicationId,
    }
    const locations = info.locations.map(({ id, name, isActive }) => ({ location_id: id, name, active: isActive }))
    await setFacts(q, store, facts, locations)
}

/** How stores are reached: by a run's clients, or by a command's own. */
export type Reach = { db: Queryable; clientOf(store: StoreRow): ShopifyClient }

/** Reads anew who a store is and what we may do there. */
export async function refreshStore({ db, clientOf }: Reach, store: StoreRow): Promise<StoreRow> {
    const info = await readStore(clientOf(store))
    refuseMissingScopes(store.domain, store.role, info)
    await writeFacts(db, store, info)
    return storeById(db, store.account_id, store.store_id)
}

export type Connected = { connection_id: number; notes: string[] }

type PairOfDomains = { source: string; destination: string; settings: unknown }
/** Two stores that were just read, with what their connection is to be. */
export type Ready = { source: StoreRow; destination: StoreRow; settings: Settings }

/**
 * Connects two stores of an account, or gives their connection other settings: reads both stores, makes our mark's
 * definition at the destination, and writes the settings with the rows that come of them.
 * @throws where a store is unknown or has the other role, and for whatever is wrong with the settings.
 */
export async function connect(hands: Hands, whose: Whose, pair: PairOfDomains): Promise<Connected> {
    const { db } = hands
    const ready = await readyToConnect({ db, clientOf: (store) => clientFor(hands, store) }, whose.account_id, pair)
    const connection_id = await writeConnection(db, whose, ready)
    const still = stillOf(await connectionById(db, whose.account_id, connection_id))
    return { connection_id, notes: [...(still ? [still] : []), ...notesOn(ready)] }
}

/** Reads both stores and makes our mark's definition at the destination; nothing of ours is written yet. */
export async function readyToConnect(reach: Reach, account_id: number, pair: PairOfDomains): Promise<Ready> {
    const settings = parseSettings(pair.settings)
    const source = await refreshStore(reach, await storeIn(reach, account_id, pair.source, 'source'))
    const destination = await refreshStore(reach, await storeIn(reach, account_id, pair.destination, 'destination'))
    await ensureOriginDefinition(reach.clientOf(destination))
    return { source, destination, settings }
}

/** Writes the connection with the rows that come of its settings; returns its id. */
export async function writeConnection(q: Queryable, { account_id, who }: Whose, ready: Ready): Promise<number> {
    const { source, destination, settings } = ready
    const connection_id = await putConnection(q, source, destination, settings, `CD-${letters(6)}`)
    await audit(q, { account_id, who, what: 'connection.set', connection_id, detail: { settings } })
    await endNotice(q, { account_id, connection_id }, SETTINGS_NOTES)
    return connection_id
}

/** Gives a connection other settings. Throws as `connect` does. */
export async function changeSettings(
    hands: Hands,
    whose: Whose,
    connectionId: number,
    settings: unknown,
): Promise<Connected> {
    const connection = await connectionById(hands.db, whose.account_id, connectionId)
    const source = await storeById(hands.db, whose.account_id, connection.source_store_id)
    const destination = await storeById(hands.db, whose.account_id, connection.destination_store_id)
    return connect(hands, whose, { source: source.domain, destination: destination.domain, settings })
}

async function storeIn({ db }: Pick<Reach, 'db'>, accountId: number, domain: string, role: StoreRow['role']) {
    const store = await storeByDomain(db, accountId, domain)
    if (store?.role === role) return store
    const came = store
        ? `${domain} is a ${store.role}, and a store has one role only (D6)`
        : `${domain} is no store of this account`
    throw new Error(`Expected a ${role}: ${came}. See store list; add it with store add --role ${role}.`)
}

/** What a merchant should know of these settings before the first run. */
export function notesOn({ settings, source, destination }: Ready): string[] {
    const pair = settings.rates.some(({ from, to }) => from === source.currency && to === destination.currency)
    const fixed = settings.price_rules.some((rule) => rule.scope === 'all' && rule.rate !== null)
    return [
        ...(source.currency !== destination.currency && !pair && !fixed
            ? [
                  `There is no rate from ${source.currency} to ${destination.currency}: prices are held (rule 39). Add one to "rates".`,
              ]
            : []),
        ...(settings.new_products === 'draft'
            ? ['New products come as draft, so their status is create_only (rule 45).']
            : []),
        ...(destination.publication_id === null
            ? [`${destination.domain} has no online store: nothing can be published there.`]
            : []),
        ...(settings.orders === 'none' ? [] : lackingForOrders(destination, settings.order_details)),
        ...(settings.orders === 'order_push' ? lackingForOrders(source, []) : []),
        ...(settings.orders === 'order_push' ? lackingToPush(settings, source, destination) : []),
        ...(['adjust', 'two_way'].includes(settings.orders) ? lackingToAdjust(source) : []),
    ]
}

function lackingForOrders({ domain, scopes }: StoreRow, details: readonly string[]): string[] {
    const missing = missingScopes(scopes, scopesOfOrders(details))
    if (missing.length === 0) return []
    return [
        `${domain} does not let us read its orders: grant ${missing.join(', ')} to the app. No stock is written until then.`,
    ]
}

function lackingToPush({ push, mirror }: Settings, source: StoreRow, destination: StoreRow): string[] {
    const carries = mirror.fulfillments || mirror.refunds || mirror.cancellations || mirror.returns || mirror.edits
    const wanted = [
        { store: source, scopes: PUSHING[push.as], what: 'orders cannot be pushed there' },
        ...(carries
            ? [source, destination].map((store) => ({
                  ...{ store, scopes: MIRRORING[store.role], what: 'what becomes of orders cannot be carried there' },
              }))
            : []),
    ]
    return wanted.flatMap(({ store, scopes, what }) => {
        const missing = missingScopes(store.scopes, scopes)
        return missing.length === 0 ? [] : [`${store.domain}: ${what}: grant ${missing.join(', ')} to the app.`]
    })
}

function lackingToAdjust({ domain, scopes }: StoreRow): string[] {
    const missing = missingScopes(scopes, ADJUSTING)
    return missing.length === 0 ? [] : [`${domain} cannot be told of sales: grant ${missing.join(', ')} to the app.`]
}
