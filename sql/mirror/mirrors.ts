import { query } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable, Session } from '../session.ts'

/** A mirror as people look at it: what became of a pushed order at one store and is carried to the other. */
export type MirrorRow = {
    mirror_id: string
    connection_id: number
    order_push_id: string
    kind: string
    towards: 'source' | 'destination'
    order_name: string | null
    source_order_name: string | null
    state: string
    reason: string | null
    detail: string | null
    amount: string | null
    currency: string | null
    event_at: string | null
    planned_at: string
    sent_at: string | null
    told_at: string | null
    approved_by: string | null
}

export type MirrorFilter = {
    connection?: number
    states?: readonly string[]
    /** by the destination's names of its orders */
    orders?: readonly string[]
    limit: number
}

/** States in which a mirror waits for a person. */
export const waitingStates = ['held', 'refused', 'proposed'] as const

/** Mirrors that fit, the oldest first. */
export async function mirrorsOf(q: Queryable, accountId: number, filter: MirrorFilter): Promise<MirrorRow[]> {
    return query<MirrorRow>(q, 'mirror/mirrors_of', {
        account_id: accountId,
        connection_id: filter.connection ?? null,
        states: filter.states ?? null,
        orders: filter.orders ?? null,
        limit: filter.limit,
    })
}

export type Released = Pick<MirrorRow, 'mirror_id' | 'connection_id' | 'kind' | 'towards' | 'amount' | 'currency'>

/**
 * A person lets mirrors go that wait for one: money that was proposed (D19), cancellations that a brake held, what was
 * refused and is to be tried again. `ids` null: all of the connection, or of the account. The next run sends them.
 */
export async function releaseMirrors(
    tx: Session,
    account_id: number,
    connection: number | null,
    ids: readonly string[] | null,
    who: string,
): Promise<Released[]> {
    const asked = { account_id, connection_id: connection, mirrors: ids, who }
    const released = await query<Released>(tx, 'mirror/release', asked)
    if (released.length > 0) {
        const detail = { mirrors: released.map(({ mirror_id }) => mirror_id), connection }
        await audit(tx, { account_id, who, what: 'mirrors.released', detail })
    }
    return released
}
