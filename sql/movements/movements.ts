import { execute, query } from '../query.ts'
import type { Queryable } from '../session.ts'

/** Which movements are meant; `old` ones are open for 30 days and wait for a person (rule 21b). */
export type Which = 'open' | 'closed' | 'old'

/** A stock movement as people look at it. Units are the source's, sold ones negative. */
export type MovementRow = {
    movement_id: string
    connection_id: number
    kind: 'sale' | 'restock' | 'edit' | 'adjustment'
    order_name: string | null
    sku: string | null
    units: number
    location: string | null
    source_location: string | null
    known_at: string
    sent_at: string | null
    told_at: string | null
    closed_at: string | null
    why: string | null
    detail: string | null
    is_old: boolean
}

export type MovementFilter = { connection?: number; which?: Which; movements?: readonly string[]; limit: number }

/** Movements that fit, the oldest first. */
export async function movementsOf(q: Queryable, accountId: number, filter: MovementFilter): Promise<MovementRow[]> {
    return query<MovementRow>(q, 'movements/movements_of', {
        account_id: accountId,
        connection_id: filter.connection ?? null,
        which: filter.which ?? null,
        movements: filter.movements ?? null,
        limit: filter.limit,
    })
}

/** Closes open movements as released by a person; returns how many there were (rule 21b). */
export async function releaseMovements(q: Queryable, accountId: number, movements: readonly string[]): Promise<number> {
    return execute(q, 'movements/release', { account_id: accountId, movements })
}
