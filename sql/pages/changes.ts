import type { SetRow } from '../changes/changes.ts'
import { query } from '../query.ts'
import type { Queryable } from '../session.ts'

/** A change set in a list. `lines` as they were made; `waiting` only of a held one. */
export type SeenSet = Pick<
    SetRow,
    | 'change_set_id'
    | 'connection_id'
    | 'kind'
    | 'run_id'
    | 'state'
    | 'hold_reason'
    | 'created_at'
    | 'approved_at'
    | 'approved_by'
    | 'loaded_at'
    | 'rolled_back_at'
> & { lines: string | null; waiting: string | null }

export type SetsWanted = {
    connections: readonly number[]
    kind?: string | null
    state?: string | null
    /** Made by this run. */
    run?: string | null
    before?: string | null
    limit: number
}

/** Change sets of some connections, the newest first. */
export async function seenSets(q: Queryable, account_id: number, wanted: SetsWanted): Promise<SeenSet[]> {
    const { connections, kind = null, state = null, run = null, before = null, limit } = wanted
    return query<SeenSet>(q, 'pages/seen_sets', { account_id, connections, kind, state, run_id: run, before, limit })
}

export type SeenLine = {
    change_id: string
    entity: string
    action: string
    product_id: string
    item_id: string
    field: string
    label: string
    /** JSON. */
    before: string | null
    after: string | null
    origin: string
    mode: string | null
    rule: string
    depends_on: string | null
    status: string
    message: string | null
    decided_by: string | null
    from_sales: boolean
    brake: string | null
    place: number
    location: string | null
}

export type LinesWanted = {
    status?: string | null
    entity?: string | null
    action?: string | null
    field?: string | null
    label?: string | null
    /** Where the page before ended: `place.product.line` of its last line. */
    after?: string | null
    limit: number
}

/** A page of a set's lines. */
export async function seenLines(q: Queryable, set: { account_id: number; change_set_id: string }, wanted: LinesWanted) {
    const { status = null, entity = null, action = null, field = null, label = null, after, limit } = wanted
    const [, place, product, line] = /^([01])\.(\d{1,18})\.(\d{1,18})$/.exec(after ?? '') ?? []
    return query<SeenLine>(q, 'pages/seen_lines', {
        ...set,
        ...{ status, entity, action, field, label, limit },
        after_place: place ?? null,
        after_product: product ?? null,
        after_id: line ?? null,
    })
}

/** Where a page that ends with this line ends. */
export function placeOf({ place, product_id, change_id }: SeenLine): string {
    return `${place}.${product_id}.${change_id}`
}

export type CountedLines = { entity: string; action: string; field: string; status: string; lines: number }

/** Lines of a set by what they are about and where they stand. */
export async function countedLines(q: Queryable, set: { account_id: number; change_set_id: string }) {
    return query<CountedLines>(q, 'pages/counted_lines', set)
}
