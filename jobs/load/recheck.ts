import type { Json } from '../../connectors/entities/index.ts'
import { query } from '../../sql/query.ts'
import { exactJson } from './exact_json.ts'
import type { When } from './kind.ts'
import { fieldOf, type Line } from './line.ts'
import { again, conflict, NOT_DONE, type Outcome } from './outcome.ts'
import { keysOf, type Place } from './place.ts'
import { valuesNow } from './seen.ts'

type Verdict = { line: Line; gone: boolean; now: Json; asShown: boolean; asWanted: boolean }

const tables: Partial<Record<Line['entity'], string>> = { product: 'products', variant: 'variants', image: 'images' }

/** Reads the objects of lines again and compares them, in the database, with what was shown and what is wanted. */
async function verdictsOn(place: Place, lines: readonly Line[]): Promise<Verdict[]> {
    const values = await valuesNow(place, lines)
    const verdicts: Verdict[] = []
    for (const [entity, own] of Map.groupBy(lines, (line) => line.entity)) {
        const seen = own.map((line) => ({ change_id: line.change_id, now: values.get(line.change_id) ?? null }))
        type Row = { change_id: string; gone: boolean; now: string | null; as_shown: boolean; as_wanted: boolean }
        const { account_id } = keysOf(place)
        const rows = await query<Row>(place.context.db, `load/recheck_${tables[entity]}`, { account_id, seen })
        const byId = new Map(own.map((line) => [line.change_id, line]))
        for (const { change_id, gone, now, as_shown: asShown, as_wanted: asWanted } of rows) {
            verdicts.push({
                line: byId.get(change_id)!,
                gone,
                now: now === null ? null : exactJson(now),
                asShown,
                asWanted,
            })
        }
    }
    return verdicts
}

/**
 * What cannot be written as shown any more (spec rule 88): changed or gone since becomes `conflict`, and what is as
 * wanted already needs no call. Lines that stand as shown are not among the outcomes.
 */
export async function recheck(place: Place, lines: readonly Line[]): Promise<Outcome[]> {
    return (await verdictsOn(place, lines)).flatMap(({ line, gone, now, asShown, asWanted }): Outcome[] => {
        if (gone) return [conflict(line, 'it is no longer there')]
        if (asShown) return []
        if (asWanted) return [{ line, status: 'applied', message: 'it was so already' }]
        return [{ ...conflict(line, `it shows ${show(now)} now, not ${show(line.before)}`), saw: now }]
    })
}

/**
 * What became of updates that were sent and not answered. As wanted: done. As shown: not done. Neither, read at once: a
 * text in the store's own form. Neither, read by a later run: ours in the store's form, or someone's edit since, so it
 * stays `unknown`, and the comparison takes what stands there for an edit of what was written.
 */
export async function lookUpUpdates(lines: readonly Line[], place: Place, when: When): Promise<Outcome[]> {
    return (await verdictsOn(place, lines)).map(({ line, gone, now, asShown, asWanted }): Outcome => {
        if (gone) return conflict(line, 'it is no longer there')
        if (asWanted) return { line, status: 'applied', message: 'no answer came; it was done' }
        if (asShown) return again(line, NOT_DONE)
        const message = `no answer came; it shows ${show(now)}`
        if (!fieldOf(line).exact && !when.later) return { line, status: 'as_stored', saw: now, message }
        return { line, status: 'unknown', message }
    })
}

function show(value: Json): string {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
