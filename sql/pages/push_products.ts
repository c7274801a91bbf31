import { query } from '../query.ts'
import type { Queryable } from '../session.ts'
import type { SeenConnection } from './connections.ts'

/** Which products are meant: some by id, those of a collection, or all (both null). */
export type Chosen = { products: string[] | null; collection: string | null }

export type WaitingLine = {
    change_id: string
    change_set_id: string
    kind: string
    hold_reason: string | null
    entity: string
    action: string
    field: string
    label: string
    /** JSON. */
    before: string | null
    after: string | null
    brake: string | null
    /** How many there are in all. */
    total: string
}

/** Lines that wait for a person, of the products that are meant: at most so many of them. */
export async function waitingLines(
    q: Queryable,
    { account_id, connection_id, source_store_id: source }: SeenConnection,
    { products, collection: collection_id }: Chosen,
    limit: number,
): Promise<WaitingLine[]> {
    return query<WaitingLine>(q, 'pages/waiting_lines', {
        ...{ account_id, connection_id, source, products, collection_id, limit },
    })
}

export type SeenCollection = { collection_id: string; title: string; products: number; linked: number }

/** Collections of the source that are in sight of a connection's end. */
export async function seenCollections(q: Queryable, connection: SeenConnection): Promise<SeenCollection[]> {
    const { account_id, connection_id, source_store_id: source, side } = connection
    const asked = { account_id, connection_id, source, linked_only: side === 'destination' }
    return query<SeenCollection>(q, 'pages/collections_seen', asked)
}
