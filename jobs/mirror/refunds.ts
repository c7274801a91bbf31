import type { UserError } from '../../connectors/shopify/errors.ts'
import { gid, parseGid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { execute } from '../../sql/query.ts'
import { isPositive, least } from './decimals.ts'
import {
    clientOf,
    type Found,
    type Intent,
    keyOf,
    type Mirror,
    noteOf,
    orderOf,
    type Result,
    type Stage,
    type Unanswered,
    type Units,
} from './intent.ts'
import { type OrderLines, readLines } from './orders_now.ts'
import { type Answer, type Call, send, settle } from './send.ts'
import { linesTowards, type Part, take, unitsTowards } from './spread.ts'
import { moneyInput, type RefundLine, type Suggestion, suggestedRefund } from './suggestion.ts'

type Wanted = Units & { restock: boolean; returned?: boolean; location_id?: string | null }
type Payload = { lines: Wanted[]; rest?: boolean }
export type RefundData = {
    refundCreate: { refund: { id: string; createdAt: string | null } | null; userErrors: UserError[] } | null
}

/**
 * Units that one store refunded are refunded at the other, with the same choice of restock (rules 22, 23, 68). Towards the
 * source the money goes along as bookkeeping; towards the destination it goes by itself (D19), and what that store
 * suggests for these units is kept for it.
 */
export const refunds: Mirror = {
    async carry(stage, given): Promise<Result> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const now = await readLines(clientOf(stage, intent), orderOf(intent))
        const lines = await refundLines(stage, intent, now)
        if (typeof lines === 'string') return outOfReach(stage, intent, now, lines)
        if (lines.length === 0) {
            return settle(stage, intent, { state: 'adopted', reason: 'NOTHING_LEFT', at: now.at.toISOString() })
        }
        const suggestion = await suggestedRefund(clientOf(stage, intent), orderOf(intent), { lines })
        if (intent.towards === 'destination') await keepSuggestion(stage, intent, suggestion.amount)
        const amount = intent.towards === 'source' ? bookedBack(intent, suggestion) : '0'
        const what = intent.kind === 'cancel_lines' ? 'Cancelled' : 'Refunded'
        const input = {
            ...{ orderId: gid('Order', orderOf(intent)), note: noteOf(stage, intent, what), notify: false },
            refundLineItems: lines,
            ...moneyInput(orderOf(intent), amount, suggestion, now.currency),
        }
        return send<RefundData>(stage, intent, refundCall(stage, intent, input, now.at, amount), readRefund)
    },
    find: (stage, intent) => findRefund(stage, intent),
    repeats: (stage, intent, at) => repeatRefund(stage, intent, at),
}

/** A refund is sent under our key, which is in its note as well. */
export function refundCall(
    stage: Stage,
    intent: Intent<unknown>,
    input: object,
    at: Date,
    amount: string | null,
): Call {
    const variables = { input, idempotencyKey: keyOf(stage.connection, intent) }
    return { document: operation('mirror/refund_create'), variables, at, amount }
}

export function readRefund({ refundCreate: answer }: RefundData): Answer | null {
    if (!answer) return null
    const { refund, userErrors } = answer
    if (!refund) return userErrors.length > 0 ? { userErrors } : null
    return { userErrors: [], target_id: parseGid('Refund', refund.id), at: refund.createdAt }
}

/** Our own refund is known by the key in its note. */
export async function findRefund(stage: Stage, intent: Unanswered): Promise<Found> {
    const { refunds: all, at } = await readLines(clientOf(stage, intent), orderOf(intent))
    const ours = all.find(({ note }) => note.includes(`[${intent.key}]`))
    if (!ours) return { state: 'absent', at: at.toISOString() }
    return { state: 'there', target_id: ours.id, at: ours.createdAt ?? at.toISOString() }
}

export async function repeatRefund(stage: Stage, intent: Unanswered, at: Date): Promise<Result> {
    const variables = JSON.parse(intent.variables) as Record<string, unknown>
    const call = { document: operation('mirror/refund_create'), variables, at, from: 'unknown' }
    return send<RefundData>(stage, intent, call, readRefund)
}

const NOT_ENOUGH = 'NOT_ENOUGH_LEFT'
const SHIPPED = 'ALREADY_SHIPPED'

/**
 * The lines of the refund, or why there can be none. What never left is taken of the parts of a line that are still to be
 * shipped, what was sent back of those that were. What the twin has shipped cannot be put back on sale as never sent.
 */
async function refundLines(stage: Stage, intent: Intent<Payload>, now: OrderLines): Promise<RefundLine[] | string> {
    const lines = await linesTowards(stage, intent)
    const unshipped = new Map([...now.lines].map(([id, line]) => [id, Math.min(line.unfulfilled, line.current)]))
    const shipped = new Map([...now.lines].map(([id, line]) => [id, line.current - unshipped.get(id)!]))
    const made: RefundLine[] = []
    for (const line of intent.payload.lines) {
        const wanted = intent.kind === 'cancel_lines' ? allOf(line, now) : line
        const ids = lines(wanted.line_item_id)
        const [first, then] = wanted.returned ? [shipped, unshipped] : [unshipped, shipped]
        const fitting = take(ids, unitsTowards(intent, wanted), first)
        const others = take(ids, fitting.missing, then)
        if (others.missing > 0) return NOT_ENOUGH
        const [back, cancelled] = wanted.returned ? [fitting, others] : [others, fitting]
        const isSent = back.parts.length > 0 && wanted.restock && !wanted.returned && intent.towards === 'source'
        if (isSent && intent.approved_by === null) return SHIPPED
        for (const id of ids) made.push(...restocked(id, wanted, unitsOf(cancelled.parts, id), unitsOf(back.parts, id)))
    }
    return made
}

/** Of a part that the source cancelled nobody ships anything any more, nor what was added to its lines since they were read. */
const allOf = (line: Wanted, { lines }: OrderLines): Wanted => ({
    ...line,
    quantity: lines.get(line.line_item_id)?.current ?? line.quantity,
})

const unitsOf = (parts: readonly Part[], id: string) =>
    parts.reduce((units, part) => units + (part.line_item_id === id ? part.units : 0), 0)

function restocked(id: string, { restock, location_id }: Wanted, cancelled: number, back: number): RefundLine[] {
    const lineItemId = gid('LineItem', id)
    const lost = restock ? 0 : cancelled + back
    const at = location_id ? { locationId: gid('Location', location_id) } : {}
    return [
        ...(lost > 0 ? [{ lineItemId, quantity: lost, restockType: 'NO_RESTOCK' }] : []),
        ...(restock && cancelled > 0 ? [{ lineItemId, quantity: cancelled, restockType: 'CANCEL' }] : []),
        ...(restock && back > 0 ? [{ lineItemId, quantity: back, restockType: 'RETURN', ...at }] : []),
    ]
}

function outOfReach(stage: Stage, intent: Intent<Payload>, now: OrderLines, reason: string): Promise<Result> {
    if (now.cancelledAt !== null) {
        return settle(stage, intent, { state: 'adopted', reason: 'CANCELLED', at: now.cancelledAt })
    }
    const detail =
        reason === SHIPPED ? 'The source has shipped these units.' : 'The order has fewer of these units left.'
    return settle(stage, intent, { state: reason === SHIPPED ? 'held' : 'refused', reason, detail })
}

/** Never more than the twin's own store suggests; what is refunded last takes what is left of it (D19). */
function bookedBack({ amount, payload }: Intent<Payload>, suggestion: Suggestion): string {
    if (amount === null || !isPositive(amount)) return '0'
    return payload.rest ? suggestion.most : least(amount, suggestion.amount)
}

export async function keepSuggestion(
    { context, connection }: Stage,
    intent: Intent<unknown>,
    amount: string,
): Promise<void> {
    const { account_id } = connection
    const asked = { account_id, order_push_id: intent.order_push_id, origin_id: intent.origin_id, amount }
    await context.inTransaction((tx) => execute(tx, 'mirror/propose_money', asked))
}
