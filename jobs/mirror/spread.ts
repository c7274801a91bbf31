import { query } from '../../sql/query.ts'
import type { Intent, Stage, Units } from './intent.ts'

/** Units of a line of the order that is written to. */
export type Part = { line_item_id: string; units: number }

type TwinLine = { line_item_id: string; part: number; factor: number; source_line_item_id: string | null }

/** Which lines of the order that is written to stand for a line of the destination's, in the order in which they are taken. */
export type Lines = (lineItemId: string) => string[]

/** A line of the destination's stands for itself there; at the source one or two do (rule 63). */
export async function linesTowards({ context, connection }: Stage, intent: Intent<unknown>): Promise<Lines> {
    if (intent.towards === 'destination') return (id) => [id]
    const { account_id } = connection
    const asked = { account_id, order_push_id: intent.order_push_id }
    const rows = await query<TwinLine>(context.db, 'mirror/twin_lines_of', asked)
    return (id) =>
        rows.flatMap((row) =>
            row.line_item_id === id && row.source_line_item_id !== null ? [row.source_line_item_id] : [],
        )
}

/** How many units of a payload's line are meant at the store written to. */
export const unitsTowards = ({ towards }: Intent<unknown>, { quantity, source_units }: Units): number =>
    towards === 'source' ? source_units : quantity

/** Takes units from lines one after the other, as far as each has them; what is taken is gone from `left`. */
export function take(
    lines: readonly string[],
    units: number,
    left: Map<string, number>,
): { parts: Part[]; missing: number } {
    let missing = units
    const parts: Part[] = []
    for (const id of lines) {
        const taken = Math.min(missing, left.get(id) ?? 0)
        if (taken <= 0) continue
        missing -= taken
        left.set(id, (left.get(id) ?? 0) - taken)
        parts.push({ line_item_id: id, units: taken })
    }
    return { parts, missing }
}
