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
    type Unanswered,
    type Units,
} from './intent.ts'
import { readParcels } from './orders_now.ts'
import { type ReturnNow, readReturns } from './returns_now.ts'
import { send, settle } from './send.ts'
import { linesTowards, type Part, take, unitsTowards } from './spread.ts'

type Wanted = Units & { note: string | null }
type Payload = { lines: Wanted[]; status: 'REQUESTED' | 'OPEN' }
type Made = { id: string; createdAt: string } | null
type Data = { [mutation: string]: { return: Made; userErrors: UserError[] } | null }
/** Units of a shipped line. */
type Shipped = { fulfillment_line_id: string; line_item_id: string; quantity: number }

/** As long as a note of a return's line may be. */
const LONGEST_NOTE = 255
const OVER = ['CANCELED', 'DECLINED']

/** Units that are sent back are sent back at the twin too: asked for, or opened (rule 69). They must be shipped there. */
export const returns: Mirror = {
    async carry(stage, given): Promise<Result> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const client = clientOf(stage, intent)
        const [{ parcels }, { at, returns: known }] = await Promise.all([
            readParcels(client, orderOf(intent)),
            readReturns(client, orderOf(intent)),
        ])
        const standing = parcels.filter(({ status }) => status !== 'CANCELLED').flatMap(({ lines }) => lines)
        const left = new Map(standing.map((it) => [it.id, it.quantity - returned(known, it.id)]))
        const lines = await linesTowards(stage, intent)
        const made: { fulfillmentLineItemId: string; quantity: number; returnReasonNote?: string }[] = []
        const sent: Shipped[] = []
        for (const wanted of intent.payload.lines) {
            const own = lines(wanted.line_item_id).flatMap((id) =>
                standing.filter((it) => it.line_item_id === id).map((it) => it.id),
            )
            const { parts, missing } = take(own, unitsTowards(intent, wanted), left)
            if (missing > 0) return settle(stage, intent, { state: 'waiting', reason: 'NOT_SHIPPED_THERE' })
            made.push(...parts.map((part) => lineInput(part, wanted)))
            sent.push(...parts.map((part) => shippedOf(part, standing)))
        }
        const isAsked = intent.payload.status === 'REQUESTED'
        const input = { orderId: gid('Order', orderOf(intent)), returnLineItems: made }
        const document = operation(isAsked ? 'mirror/return_request' : 'mirror/return_create')
        const call = { document, variables: { input }, at, remember: { lines: sent } }
        return send<Data>(stage, intent, call, (data) => {
            const answer = Object.values(data)[0]
            if (!answer) return null
            if (!answer.return) return answer.userErrors.length > 0 ? { userErrors: answer.userErrors } : null
            return { userErrors: [], target_id: parseGid('Return', answer.return.id), at: answer.return.createdAt }
        })
    },

    async find(stage, given): Promise<Found> {
        const intent = given as Intent<unknown> as Unanswered<Payload>
        const { at, returns: all } = await readReturns(clientOf(stage, intent), orderOf(intent))
        const { remember } = JSON.parse(intent.variables) as { remember: { lines: Shipped[] } }
        const alike = all.filter((it) => !intent.known.includes(it.id) && isAlike(it, remember.lines))
        if (alike.length > 1) return { state: 'several', at: at.toISOString() }
        const [one] = alike
        return one
            ? { state: 'there', target_id: one.id, at: one.createdAt }
            : { state: 'absent', at: at.toISOString() }
    },
}

/** Units of a shipped line that returns that stand have taken. */
function returned(known: readonly ReturnNow[], fulfillmentLine: string): number {
    const standing = known.filter(({ status }) => !OVER.includes(status)).flatMap(({ lines }) => lines)
    const own = standing.filter((it) => it.fulfillment_line_id === fulfillmentLine)
    return own.reduce((sum, { quantity }) => sum + quantity, 0)
}

function lineInput({ line_item_id: id, units }: Part, { note }: Wanted) {
    const told = note ? { returnReasonNote: note.slice(0, LONGEST_NOTE) } : {}
    return { fulfillmentLineItemId: gid('FulfillmentLineItem', id), quantity: units, ...told }
}

const shippedOf = ({ line_item_id: id, units }: Part, standing: readonly { id: string; line_item_id: string }[]) => ({
    fulfillment_line_id: id,
    line_item_id: standing.find((it) => it.id === id)!.line_item_id,
    quantity: units,
})

/** The same units of the same shipped lines (rule 68). */
function isAlike({ status, lines }: ReturnNow, wanted: readonly Shipped[]): boolean {
    if (OVER.includes(status) || lines.length !== wanted.length) return false
    return wanted.every((one) =>
        lines.some((it) => it.fulfillment_line_id === one.fulfillment_line_id && it.quantity === one.quantity),
    )
}
