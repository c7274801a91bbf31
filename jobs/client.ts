import { createClient, type ShopifyClient } from '../connectors/shopify/client.ts'
import type { Credentials } from '../connectors/shopify/credentials.ts'
import type { Database } from '../sql/database.ts'
import { setCredentials } from '../sql/stores/save.ts'
import { type SealingKey, seal, unseal } from '../sql/stores/seal.ts'
import type { StoreRow } from '../sql/stores/stores.ts'
import type { Logger } from './log.ts'

/** Seals a store's credentials for the database. */
export function sealCredentials(key: SealingKey, domain: string, credentials: Credentials): Buffer {
    return seal(key, JSON.stringify(credentials), domain)
}

/**
 * The client of a store. A renewed token is written back, sealed, before it is used. Aborting `signal` ends its waits.
 * Throws a sentence where the credentials were sealed with another key.
 */
export function clientFor(
    { db, key, log }: { db: Database; key: SealingKey; log: Logger },
    store: StoreRow,
    signal?: AbortSignal,
): ShopifyClient {
    const { domain, origin, api_version } = store
    return createClient({
        domain,
        origin,
        apiVersion: api_version,
        credentials: JSON.parse(unseal(key, store.credentials, domain)) as Credentials,
        onRenewed: (credentials) => setCredentials(db, store, sealCredentials(key, domain, credentials)),
        log,
        signal,
    })
}
