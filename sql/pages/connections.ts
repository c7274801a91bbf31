import { query, queryFirst, queryOne } from '../query.ts'
import type { Queryable } from '../session.ts'

/** From where a page looks: an account, and of it the stores whose side is seen. */
export type Sight = { account_id: number; stores: readonly number[] }

/** A connection as a page shows it. */
export type SeenConnection = {
    account_id: number
    connection_id: number
    state: 'requested' | 'connected' | 'blocked' | 'disconnected'
    ending: 'blocked' | 'disconnected' | null
    rank: number
    orders: string
    /** In small letters. */
    hide_tags: string[]
    accepted_at: string | null
    first_sync_over_at: string | null
    compared_at: string | null
    blocked_at: string | null
    disconnected_at: string | null
    created_at: string
    /** Whose end it is looked at from; null: the whole account. */
    side: 'source' | 'destination' | null
    source_store_id: number
    destination_store_id: number
    source_state: 'ready' | 'stopped'
    destination_state: 'ready' | 'stopped'
    source: string
    source_name: string | null
    source_currency: string | null
    destination: string
    destination_name: string | null
    destination_currency: string | null
    destination_zone: string
}

/** Connections of the stores in sight. */
export async function seenConnections(q: Queryable, { account_id, stores }: Sight): Promise<SeenConnection[]> {
    return query<SeenConnection>(q, 'pages/seen_connections', { account_id, stores, connection_id: null })
}

/** One of them, or null. */
export async function seenConnection(
    q: Queryable,
    { account_id, stores }: Sight,
    connection_id: number,
): Promise<SeenConnection | null> {
    return queryFirst<SeenConnection>(q, 'pages/seen_connections', { account_id, stores, connection_id })
}

/** Why nothing is read or written between two stores whatever the item, as a code of a gate; null: it goes on. */
export function standstillOf(connection: SeenConnection): string | null {
    const { state, ending, source_state, destination_state } = connection
    if (ending !== null) return 'connection_ending'
    if (state !== 'connected') return `connection_${state}`
    if (source_state === 'stopped') return 'source_stopped'
    return destination_state === 'stopped' ? 'destination_stopped' : null
}

/** Of large stores this takes a moment: it moves with runs alone. */
export type ConnectionCounts = { variants: number; products: number; problems: number }

/** Links of a connection, and products in sight with a problem. */
export async function countsOf(
    q: Queryable,
    { account_id, connection_id, hide_tags, side }: SeenConnection,
): Promise<ConnectionCounts> {
    const offered_only = side === 'destination'
    return queryOne<ConnectionCounts>(q, 'pages/connection_counts', {
        account_id,
        connection_id,
        hide_tags,
        offered_only,
    })
}

export type ConnectionFigures = {
    held_sets: number
    pushed: number
    /** Null where it is not for the viewer's eyes: a source sees what was pushed to it alone. */
    orders: number | null
    last_at: string | null
}

/** What waits at a connection, and its orders of the last 30 days. */
export async function figuresOf(q: Queryable, connection: SeenConnection): Promise<ConnectionFigures> {
    const { account_id, connection_id, side } = connection
    return queryOne<ConnectionFigures>(q, 'pages/connection_figures', {
        account_id,
        connection_id,
        orders: side !== 'source',
    })
}

export type CountedOrders = { fulfillment_status: string; push_state: string; orders: number }

/** Orders of a connection by fulfilment and push state; a source's side counts those that were pushed to it. */
export async function countedOrders(q: Queryable, connection: SeenConnection): Promise<CountedOrders[]> {
    const { account_id, connection_id, side } = connection
    return query<CountedOrders>(q, 'pages/connection_orders', {
        account_id,
        connection_id,
        pushed_only: side === 'source',
    })
}

export type Activity = {
    event_id: string
    at: string
    who: string
    what: string
    connection_id: number
    run_id: string | null
    /** How many lines of a set, where it was done to some. */
    lines: string | null
}

/** What was done with some connections, the newest first. */
export async function activityOf(
    q: Queryable,
    account_id: number,
    connections: readonly number[],
    page: { before?: string | null; limit: number },
): Promise<Activity[]> {
    const { before = null, limit } = page
    return query<Activity>(q, 'pages/activity', { account_id, connections, before, limit })
}
