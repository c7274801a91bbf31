import { execute, query } from '../../sql/query.ts'
import { sendInBulk } from './bulk.ts'
import { eachOf } from './each_of.ts'
import type { Draft, Kind } from './kind.ts'
import { type Line, type LineRow, lineOf } from './line.ts'
import type { Outcome } from './outcome.ts'
import { type Place, setOf } from './place.ts'
import { recheck } from './recheck.ts'
import { record } from './record.ts'
import { sendPlainly } from './send.ts'

/** Lines read again in one query, and queries on their way at one time. */
const RECHECK_LINES = 200
const RECHECKS_AT_ONCE = 4
/** Kinds that have no bulk form are sent in parts, so that no more than these wait in the outbox. */
const PART = 500

/** Writes every approved line of one kind: read again, planned, sent, and what was refused for its neighbours sent anew. */
export async function loadKind(place: Place, kind: Kind): Promise<void> {
    // The kind before may just have filled the tables that this one looks things up in.
    await execute(place.context.db, 'diff/analyze_stale')
    await place.context.inTransaction((tx) => execute(tx, 'load/block_dependents', setOf(place)))
    if (kind.recheck) await recheckAll(place, kind)
    let again = await firstPass(place, kind)
    while (again.length > 0) again = await sendPlainly(place, kind, await draftsFor(place, kind, again))
}

/** Lines still to be written, some products (or items) at a time. */
export async function* approvedLines(place: Place, kind: Kind): AsyncGenerator<Line[]> {
    const { entity, action, fields } = kind.selects
    for (let after: string | null = '0'; after !== null; ) {
        const rows: (LineRow & { key: string })[] = await query(place.context.db, 'load/lines', {
            ...setOf(place),
            entity,
            action,
            fields,
            by_item: kind.byItem ?? false,
            after_key: after,
            keys: kind.batch,
        })
        if (rows.length > 0) yield rows.map(lineOf)
        after = rows.at(-1)?.key ?? null
    }
}

async function recheckAll(place: Place, kind: Kind): Promise<void> {
    for await (const lines of approvedLines(place, kind)) {
        const parts: Line[][] = []
        for (let start = 0; start < lines.length; start += RECHECK_LINES) {
            parts.push(lines.slice(start, start + RECHECK_LINES))
        }
        const outcomes = await eachOf(parts, RECHECKS_AT_ONCE, (part) => recheck(place, part))
        await recordAll(place, outcomes.flat())
    }
}

async function recordAll(place: Place, outcomes: Outcome[]): Promise<void> {
    if (outcomes.length > 0) await place.context.inTransaction((tx) => record(tx, place, outcomes))
}

/** Plans lines; what is settled without a call is recorded. Returns the calls to be made. */
async function draftsFor(place: Place, kind: Kind, lines: Line[]): Promise<Draft[]> {
    const { drafts, outcomes } = await kind.plan(lines, place)
    await recordAll(place, outcomes)
    return drafts
}

/** Holds calls back until it is known whether they are few or many. */
async function firstPass(place: Place, kind: Kind): Promise<Line[]> {
    const { bulkFrom } = place.context.limits
    const batches = approvedLines(place, kind)
    const again: Line[] = []
    let waiting: Draft[] = []
    for (let next = await batches.next(); !next.done; next = await batches.next()) {
        waiting.push(...(await draftsFor(place, kind, next.value)))
        if (kind.bulk && waiting.length > bulkFrom) return sendInBulk(place, kind, rest(place, kind, waiting, batches))
        if (kind.bulk || waiting.length < PART) continue
        again.push(...(await sendPlainly(place, kind, waiting)))
        waiting = []
    }
    again.push(...(await sendPlainly(place, kind, waiting)))
    return again
}

async function* rest(place: Place, kind: Kind, waiting: Draft[], batches: AsyncGenerator<Line[]>) {
    yield waiting
    for await (const lines of batches) yield await draftsFor(place, kind, lines)
}
