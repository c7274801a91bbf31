import { execute, query, queryFirst, queryOne } from '../../sql/query.ts'
import { kinds } from './calls/index.ts'
import type { Kind } from './kind.ts'
import type { LineRow } from './line.ts'
import { loadKind } from './load_kind.ts'
import { type Place, setOf } from './place.ts'

/** Lines of a set by `entity.action.status`. */
export type Counts = { [name: string]: number }

/**
 * Loads one approved set, phase by phase, or goes on with one that a dead run left loading. Returns its counts, or null
 * where it was superseded before it could be taken (spec rule 88).
 */
export async function loadSet(place: Place): Promise<Counts | null> {
    const set = setOf(place)
    const taken = await place.context.inTransaction((tx) => queryFirst(tx, 'load/take_set', set))
    if (!taken) return null
    await writeLines(place)
    return place.context.inTransaction(async (tx) => {
        await execute(tx, 'load/finish_set', set)
        return (await queryOne<{ counts: Counts }>(tx, 'load/count_set', set)).counts
    })
}

/** Writes every approved line of the place's set, kind after kind of those that have any. */
export async function writeLines(place: Place): Promise<void> {
    const waiting = await query<Waiting>(place.context.db, 'load/waiting_lines', setOf(place))
    for (const kind of kinds) {
        if (!waiting.some((lines) => writes(kind, lines))) continue
        place.context.signal.throwIfAborted()
        await loadKind(place, kind)
    }
}

type Waiting = Pick<LineRow, 'entity' | 'action' | 'field'>

const writes = ({ selects }: Kind, { entity, action, field }: Waiting) =>
    selects.entity === entity && selects.action === action && (selects.fields?.includes(field) ?? true)
