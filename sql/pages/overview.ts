import { query, queryOne } from '../query.ts'
import type { NoticeRow } from '../runs/notices.ts'
import type { Queryable } from '../session.ts'
import type { Sight } from './connections.ts'

/** How far the stores in sight have come with their first sync. */
export type Guide = {
    has_source: boolean
    has_destination: boolean
    is_connected: boolean
    is_compared: boolean
    is_decided: boolean
    is_loaded: boolean
    /** The clock fired within the last day. */
    is_scheduled: boolean
    held_set: string | null
}

export async function guideOf(q: Queryable, { account_id, stores }: Sight): Promise<Guide> {
    return queryOne<Guide>(q, 'pages/guide', { account_id, stores })
}

/** What a person has to know of the stores in sight and these connections of theirs. */
export async function seenNotices(
    q: Queryable,
    { account_id, stores, whole }: Sight & { whole: boolean },
    connections: readonly number[],
): Promise<NoticeRow[]> {
    return query<NoticeRow>(q, 'pages/seen_notices', { account_id, stores, connections, whole })
}
