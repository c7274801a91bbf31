import { query } from '../query.ts'
import type { Queryable } from '../session.ts'
import type { Sight } from './connections.ts'

/** Something that was done, as a place may see it. Of an event's detail no more is told than is known to be harmless. */
export type SeenEvent = {
    event_id: string
    at: string
    who: string
    what: string
    connection_id: number | null
    run_id: string | null
    /** How many lines of a set, where it was done to some. */
    lines: string | null
    /** What was chosen for the items of a connection that ends. */
    items: string | null
    /** Of a run, what it was to do. */
    job: string | null
    source: string | null
    destination: string | null
    store: string | null
}

/** `kinds`: what comes before the dot of an event; null: all of them, but of runs only that a person asked for one. */
export type EventFilter = {
    connection: number | null
    kinds: readonly string[] | null
    before: string | null
    limit: number
}

/** What people and jobs did, the newest first (rule 91). */
export async function placeActivity(
    q: Queryable,
    { account_id, stores, whole }: Sight & { whole: boolean },
    { connection, kinds, before, limit }: EventFilter,
): Promise<SeenEvent[]> {
    const whole_runs = kinds?.includes('run') ?? false
    return query<SeenEvent>(q, 'pages/place_activity', {
        ...{ account_id, stores, whole, whole_runs, connection_id: connection, kinds, before, limit },
    })
}
