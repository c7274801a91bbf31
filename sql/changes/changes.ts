import { query } from '../query.ts'
import type { Queryable } from '../session.ts'

export type SetState = 'held' | 'approved' | 'loading' | 'loaded' | 'superseded' | 'rejected' | 'rolled_back'

/** A change set, with its lines counted by status. */
export type SetRow = {
    change_set_id: string
    connection_id: number
    source: string
    destination: string
    kind: string
    run_id: string | null
    state: SetState
    hold_reason: string | null
    lines: { [status: string]: number }
    created_at: string
    approved_at: string | null
    approved_by: string | null
    loaded_at: string | null
    rolled_back_at: string | null
}

export type SetFilter = { set?: string; connection?: number; state?: string; limit?: number }

/** Change sets of an account, the newest first. */
export async function setsOf(q: Queryable, accountId: number, filter: SetFilter = {}): Promise<SetRow[]> {
    return query<SetRow>(q, 'changes/sets_of', {
        account_id: accountId,
        change_set_id: filter.set ?? null,
        connection_id: filter.connection ?? null,
        state: filter.state ?? null,
        limit: filter.limit ?? null,
    })
}

/** Which lines of a set are meant; what is left out narrows nothing. */
export type LineFilter = {
    lines?: string[]
    status?: string
    entity?: string
    action?: string
    field?: string
    item?: string
    label?: string
}

/** A line of a set; `total` counts all that the filter lets through. */
export type LineRow = {
    change_id: string
    entity: string
    action: string
    source_product_id: string | null
    destination_product_id: string | null
    item_id: string
    location_id: string
    field: string
    label: string
    /** JSON, its figures exact; null where there is none. */
    before: string | null
    after: string | null
    saw: string | null
    origin: string
    mode: string | null
    rule: string
    depends_on: string | null
    status: string
    message: string | null
    decided_by: string | null
    /** A lowering that follows from known sales: written even where its set is held (rule 86). */
    from_sales: boolean
    /** The brake it helped to trip, if one did. */
    brake: string | null
    total: string
}

/** Lines of a set, those of one product together. */
export async function linesOf(
    q: Queryable,
    accountId: number,
    set: string,
    filter: LineFilter,
    page: { limit: number; offset: number },
): Promise<LineRow[]> {
    return query<LineRow>(q, 'changes/lines_of', {
        account_id: accountId,
        change_set_id: set,
        status: filter.status ?? null,
        ...narrowed(filter),
        ...page,
    })
}

/** A filter as the parameters of a statement, but for the status. */
export function narrowed({ lines, entity, action, field, item, label }: LineFilter) {
    return {
        lines: lines ?? null,
        entity: entity ?? null,
        action: action ?? null,
        field: field ?? null,
        item_id: item ?? null,
        label: label ?? null,
    }
}

/** Ids of the sets of these connections (null: of all) that wait for a person. */
export async function heldSets(q: Queryable, accountId: number, connections: number[] | null): Promise<string[]> {
    const rows = await query<{ change_set_id: string }>(q, 'changes/held', { account_id: accountId, connections })
    return rows.map(({ change_set_id }) => change_set_id)
}
