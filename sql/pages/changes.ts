import type { SetRow } from '../changes/changes.ts'
import { query, queryFirst } from '../query.ts'
import type { Queryable } from '../session.ts'
import type { SeenConnection } from './connections.ts'
import { patternOf } from './patterns.ts'

/** A change set in a list. `lines` as they were made; `waiting` only of a held one. */
export type SeenSet = Pick<
    SetRow,
    | 'change_set_id'
    | 'connection_id'
    | 'source'
    | 'destination'
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

/** One set, whoever's it is: the wall asks whose. */
export async function setById(q: Queryable, account_id: number, change_set_id: string): Promise<SetFacts | null> {
    return queryFirst<SetFacts>(q, 'pages/set_by_id', { account_id, change_set_id })
}

export type SetFacts = Omit<SeenSet, 'lines' | 'waiting' | 'source' | 'destination'>

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
    /** It tripped no brake. */
    is_plain: boolean
    location: string | null
}

export type LinesWanted = {
    status?: string | null
    entity?: string | null
    action?: string | null
    field?: string | null
    label?: string | null
    /** Where the page before ended: see `placeOf`. */
    after?: string | null
    limit: number
}

/** A page of a set's lines. */
export async function seenLines(
    q: Queryable,
    { connection, change_set_id }: { connection: SeenConnection; change_set_id: string },
    wanted: LinesWanted,
): Promise<SeenLine[]> {
    const { status = null, entity = null, action = null, field = null, label = null, after, limit } = wanted
    const [, plain, product, line] = /^([01])\.(\d{1,18})\.(\d{1,18})$/.exec(after ?? '') ?? []
    return query<SeenLine>(q, 'pages/seen_lines', {
        ...{ account_id: connection.account_id, change_set_id, destination: connection.destination_store_id },
        ...{ status, entity, action, field, limit, pattern: patternOf(label) },
        after_plain: plain === undefined ? null : plain === '1',
        after_product: product ?? null,
        after_id: line ?? null,
    })
}

/** Where a page that ends with this line ends. */
export function placeOf({ is_plain, product_id, change_id }: SeenLine): string {
    return `${is_plain ? 1 : 0}.${product_id}.${change_id}`
}

export type CountedLines = { entity: string; action: string; field: string; status: string; lines: number }

/** Lines of a set by what they are about and where they stand. */
export async function countedLines(q: Queryable, set: { account_id: number; change_set_id: string }) {
    return query<CountedLines>(q, 'pages/counted_lines', set)
}
