import { query } from '../../sql/query.ts'
import type { Intent, Stage } from './intent.ts'
import type { OrderLines } from './orders_now.ts'
import { type Settlement, settle } from './send.ts'
import { linesTowards, take } from './spread.ts'

export type Added = {
    line_item_id: string
    quantity: number
    source_units: number
    factor: number
    source_variant_id: string
    location_id: string | null
}
export type Edit = { lines: { line_item_id: string; delta: number; source_units: number }[]; added: Added[] }

/** A line of the twin, how many units it has before the edit, and after it. */
export type Expected = { id: string; before: number; quantity: number }

/**
 * What the twin's lines are to be: fewer units come off the line that is taken last, and only what is not shipped; more go
 * to the first. A reason where it cannot be.
 */
export async function editOf(
    stage: Stage,
    intent: Intent<Edit>,
    now: OrderLines,
): Promise<Expected[] | 'ALREADY_SHIPPED' | 'NOT_ENOUGH_LEFT'> {
    const isShipped = [...now.lines.values()].some(({ current, unfulfilled }) => current > unfulfilled)
    if (isShipped && intent.approved_by === null) return 'ALREADY_SHIPPED'
    const lines = await linesTowards(stage, intent)
    const left = new Map([...now.lines].map(([id, line]) => [id, Math.min(line.current, line.unfulfilled)]))
    const edit: Expected[] = []
    const change = (id: string, units: number) => {
        const before = now.lines.get(id)?.current ?? 0
        edit.push({ id, before, quantity: before + units })
    }
    for (const { line_item_id, source_units } of intent.payload.lines) {
        const own = lines(line_item_id)
        if (own.length === 0) return 'NOT_ENOUGH_LEFT'
        if (source_units > 0) change(own[0]!, source_units)
        else {
            const { parts, missing } = take(own.toReversed(), -source_units, left)
            if (missing > 0 && !(await adoptRefunds(stage, intent, line_item_id, missing))) return 'NOT_ENOUGH_LEFT'
            for (const part of parts) change(part.line_item_id, -part.units)
        }
    }
    return edit
}

/**
 * Where the source refunded by itself, at the same time, what the twin lacks of a line, the destination, which had taken the
 * units off already, could not follow. Both did the same, so that the edit carries the refund (rule 68). Returns whether so.
 */
async function adoptRefunds(
    stage: Stage,
    intent: Intent<Edit>,
    line_item_id: string,
    missing: number,
): Promise<boolean> {
    const { account_id } = stage.connection
    const asked = { account_id, order_push_id: intent.order_push_id, line_item_id }
    const refunds = await query<{ mirror_id: string; units: number }>(stage.context.db, 'mirror/refused_refunds', asked)
    if (refunds.reduce((sum, { units }) => sum + units, 0) !== missing) return false
    for (const { mirror_id } of refunds) {
        await settle(stage, { ...intent, mirror_id }, { state: 'adopted', reason: 'EDITED' })
    }
    return true
}

export function refusedEdit(reason: 'ALREADY_SHIPPED' | 'NOT_ENOUGH_LEFT'): Settlement {
    if (reason === 'ALREADY_SHIPPED') return { state: 'held', reason, detail: 'The source has shipped of it.' }
    return { state: 'refused', reason, detail: 'The twin has fewer of these units left.' }
}

/** Lines that the twin has since: each stands for one that was added, by its variant and units. */
export function addedLines(
    now: OrderLines,
    known: readonly string[],
    added: readonly Added[],
): (Added & { source_line_item_id: string })[] {
    const news = [...now.lines.values()].filter(({ id }) => !known.includes(id))
    return added.flatMap((one) => {
        const at = news.findIndex((it) => it.variant_id === one.source_variant_id && it.quantity === one.source_units)
        const [line] = at < 0 ? [] : news.splice(at, 1)
        return line ? [{ ...one, source_line_item_id: line.id }] : []
    })
}
