import { query, queryFirst } from '../query.ts'
import type { Queryable } from '../session.ts'
import type { Sight } from './connections.ts'

/** A wish to be connected as a page shows it. */
export type SeenJoin = {
    account_id: number
    join_id: number
    state: 'waiting' | 'approved' | 'connected' | 'refused' | 'taken_back'
    asked_by: string
    asked_at: string
    decided_by: string | null
    decided_at: string | null
    connection_id: number | null
    source_store_id: number
    destination_store_id: number
    has_fault: boolean
    /** Why the last try failed, for the eyes of whose business it is. */
    fault: string | null
    /** Whose end it is looked at from; null: the whole account. */
    side: 'source' | 'destination' | null
    source: string
    source_name: string | null
    destination: string
    destination_name: string | null
}

type Eyes = Sight & { whole: boolean }

/** Wishes of, or to, the stores in sight. */
export async function seenJoins(q: Queryable, { account_id, stores, whole }: Eyes): Promise<SeenJoin[]> {
    return query<SeenJoin>(q, 'pages/seen_joins', { account_id, stores, whole, join_id: null })
}

/** One of them, or null. */
export async function seenJoin(q: Queryable, eyes: Eyes, join_id: number): Promise<SeenJoin | null> {
    const { account_id, stores, whole } = eyes
    return queryFirst<SeenJoin>(q, 'pages/seen_joins', { account_id, stores, whole, join_id })
}

/** A key as its source sees it after it was made. */
export type SeenKey = {
    join_key_id: number
    store_id: number
    domain: string | null
    made_by: string
    made_at: string
    expires_at: string
    used_at: string | null
    state: 'good' | 'used' | 'taken_back' | 'expired'
    used_by: string | null
}

/** Keys of the stores in sight. */
export async function seenKeys(q: Queryable, { account_id, stores }: Sight): Promise<SeenKey[]> {
    return query<SeenKey>(q, 'pages/join_keys', { account_id, stores, join_key_id: null })
}

/** One of them, or null. */
export async function seenKey(q: Queryable, { account_id, stores }: Sight, join_key_id: number) {
    return queryFirst<SeenKey>(q, 'pages/join_keys', { account_id, stores, join_key_id })
}
