import type { UserError } from '../../connectors/shopify/errors.ts'
import { gid, parseGid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import {
    clientOf,
    type Found,
    type Intent,
    type Mirror,
    orderOf,
    type Result,
    type Stage,
    type Unanswered,
    type Units,
} from './intent.ts'
import { keepSuggestion } from './refunds.ts'
import { type ReturnNow, readReturns } from './returns_now.ts'
import { send, settle } from './send.ts'
import { linesTowards, type Part, take, unitsTowards } from './spread.ts'
import { suggestedRefund } from './suggestion.ts'

type Wanted = Units & { restock: boolean; location_id: string | null }
type Payload = { target_return_id: string; lines: Wanted[] }
type Refund = { id: string; createdAt: string | null }
type Data = {
    returnProcess: { return: { id: string; refunds: { nodes: Refund[] } } | null; userErrors: UserError[] } | null
}
type Remembered = { remember: { processed: { id: string; processed: number }[]; refunds: string[] } }
type Line = ReturnNow['lines'][number]

/** Units of a return that came back come back at the twin, on sale again or not as there (rules 22, 69). */
export const returnProcesses: Mirror = {
    async carry(stage, given): Promise<Result> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const client = clientOf(stage, intent)
        const { at, returns } = await readReturns(client, orderOf(intent))
        const row = returns.find(({ id }) => id === intent.payload.target_return_id)
        if (row?.status !== 'OPEN') return settle(stage, intent, { state: 'waiting', reason: 'RETURN_NOT_OPEN' })
        const processed = await processedLines(stage, intent, row)
        if (processed === null) return settle(stage, intent, { state: 'refused', reason: 'NOT_ENOUGH_LEFT' })
        if (intent.towards === 'destination') {
            const lines = processed.map(({ line, units }) => ({
                ...{ lineItemId: gid('LineItem', line.line_item_id), quantity: units, restockType: 'NO_RESTOCK' },
            }))
            const { amount } = await suggestedRefund(client, orderOf(intent), { lines })
            await keepSuggestion(stage, intent, amount)
        }
        const input = {
            returnId: gid('Return', row.id),
            notifyCustomer: false,
            returnLineItems: inputOf(processed),
        }
        const remember = {
            processed: sums(processed).map(({ line, units }) => ({ id: line.id, processed: line.processed + units })),
            refunds: row.refunds.map(({ id }) => id),
        }
        const call = { document: operation('mirror/return_process'), variables: { input }, at, remember }
        return send<Data>(stage, intent, call, ({ returnProcess: answer }) => {
            if (!answer) return null
            if (!answer.return) return answer.userErrors.length > 0 ? { userErrors: answer.userErrors } : null
            const refunds = answer.return.refunds.nodes.map(({ id, createdAt }) => ({
                ...{ id: parseGid('Refund', id), createdAt },
            }))
            const made = refunds.find(({ id }) => !remember.refunds.includes(id))
            return { userErrors: [], target_id: made?.id ?? null, at: made?.createdAt ?? null }
        })
    },

    async find(stage, given): Promise<Found> {
        const intent = given as Intent<unknown> as Unanswered<Payload>
        const { at, returns } = await readReturns(clientOf(stage, intent), orderOf(intent))
        const row = returns.find(({ id }) => id === intent.payload.target_return_id)
        const { processed, refunds } = (JSON.parse(intent.variables) as Remembered).remember
        const there = processed.every(({ id, processed: units }) => {
            const line = row?.lines.find((it) => it.id === id)
            return line !== undefined && line.processed >= units
        })
        if (!row || !there) return { state: 'absent', at: at.toISOString() }
        const news = row.refunds.filter(({ id }) => !refunds.includes(id) && !intent.known.includes(id))
        if (news.length > 1) return { state: 'several', at: at.toISOString() }
        return { state: 'there', target_id: news[0]?.id ?? null, at: news[0]?.createdAt ?? at.toISOString() }
    },
}

type Processed = { line: Line; units: number; wanted: Wanted }

/** Which units of which lines of the return are meant; null where it has fewer left. */
async function processedLines(stage: Stage, intent: Intent<Payload>, row: ReturnNow): Promise<Processed[] | null> {
    const lines = await linesTowards(stage, intent)
    const left = new Map(row.lines.map((line) => [line.id, line.quantity - line.processed]))
    const made: Processed[] = []
    for (const wanted of intent.payload.lines) {
        const own = lines(wanted.line_item_id)
        const ids = row.lines.filter((it) => own.includes(it.line_item_id)).map(({ id }) => id)
        const { parts, missing } = take(ids, unitsTowards(intent, wanted), left)
        if (missing > 0) return null
        made.push(...parts.map((part) => processedOf(part, row, wanted)))
    }
    return made
}

const processedOf = ({ line_item_id: id, units }: Part, row: ReturnNow, wanted: Wanted): Processed => ({
    ...{ line: row.lines.find((it) => it.id === id)!, units, wanted },
})

/** By line of the return. */
function sums(processed: readonly Processed[]): { line: Line; units: number; all: Processed[] }[] {
    return [...Map.groupBy(processed, ({ line }) => line.id).values()].map((all) => ({
        ...{ line: all[0]!.line, units: all.reduce((sum, { units }) => sum + units, 0), all },
    }))
}

/** What becomes of all of them is said, so that the return closes by itself. */
function inputOf(processed: readonly Processed[]) {
    return sums(processed).map(({ line, units, all }) => ({
        id: gid('ReturnLineItem', line.id),
        quantity: units,
        ...(line.reverse_line_id === null ? {} : { dispositions: all.map(dispositionOf) }),
    }))
}

function dispositionOf({ line, units: quantity, wanted: { restock, location_id } }: Processed) {
    const isBack = restock && location_id !== null
    return {
        reverseFulfillmentOrderLineItemId: gid('ReverseFulfillmentOrderLineItem', line.reverse_line_id ?? ''),
        quantity,
        dispositionType: isBack ? 'RESTOCKED' : 'NOT_RESTOCKED',
        ...(isBack ? { locationId: gid('Location', location_id) } : {}),
    }
}
