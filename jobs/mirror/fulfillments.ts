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
} from './intent.ts'
import { type OrderParcels, type Parcel, readParcels, type ToShip, type Tracking } from './orders_now.ts'
import { send, settle } from './send.ts'
import { take } from './spread.ts'
import { isTracked, trackingInput } from './tracking.ts'

type Wanted = { line_item_id: string; quantity: number }
type Payload = { lines: Wanted[]; tracking: Tracking[]; notify: boolean }
type Data = {
    fulfillmentCreate: { fulfillment: { id: string; createdAt: string } | null; userErrors: UserError[] } | null
}
type Group = { fulfillmentOrderId: string; fulfillmentOrderLineItems: { id: string; quantity: number }[] }

/**
 * A parcel of the source becomes one of the destination's, at each location that has its units (rules 64, 66). Shopify knows
 * no key for it: what the order has left is read first.
 */
export const fulfillments: Mirror = {
    async carry(stage, given): Promise<Result> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const client = clientOf(stage, intent)
        const now = await readParcels(client, orderOf(intent))
        if (intent.location_id === '0') return leftOver(stage, intent, now)
        const { groups, lines } = packed(intent, now.toShip)
        if (lines.length === 0) return notThere(stage, intent, now)
        const { tracking, notify } = intent.payload
        const trackingInfo = trackingInput(tracking)
        const variables = {
            fulfillment: {
                lineItemsByFulfillmentOrder: groups,
                notifyCustomer: notify,
                ...(trackingInfo ? { trackingInfo } : {}),
            },
        }
        const call = { document: operation('mirror/fulfillment_create'), variables, at: now.at, remember: { lines } }
        return send<Data>(stage, intent, call, ({ fulfillmentCreate: answer }) => {
            if (!answer) return null
            const { fulfillment, userErrors } = answer
            if (!fulfillment) return userErrors.length > 0 ? { userErrors } : null
            const target_id = parseGid('Fulfillment', fulfillment.id)
            return { userErrors: [], target_id, at: fulfillment.createdAt, facts: { lines } }
        })
    },

    async find(stage, given): Promise<Found> {
        const intent = given as Intent<unknown> as Unanswered<Payload>
        const { parcels, at } = await readParcels(clientOf(stage, intent), orderOf(intent))
        const { remember } = JSON.parse(intent.variables) as { remember: { lines: Wanted[] } }
        const alike = parcels.filter((parcel) => isAlike(parcel, remember.lines, intent.payload.tracking))
        const news = alike.filter(({ id }) => !intent.known.includes(id))
        if (news.length > 1) return { state: 'several', at: at.toISOString() }
        const [one] = news
        if (!one) return { state: 'absent', at: at.toISOString() }
        return { state: 'there', target_id: one.id, at: one.createdAt, facts: { lines: remember.lines } }
    },
}

const SHIPPABLE = ['OPEN', 'IN_PROGRESS']

/** What is left of the wanted units at the intent's location, by fulfilment order; fewer than wanted are sent as they are. */
function packed(
    { location_id, payload }: Intent<Payload>,
    toShip: readonly ToShip[],
): { groups: Group[]; lines: Wanted[] } {
    const rows = toShip.filter((it) => it.location_id === location_id && SHIPPABLE.includes(it.status))
    const parts = rows.flatMap((row) => row.lines.map((line) => ({ row, ...line })))
    const left = new Map(parts.map(({ id, remaining }) => [id, remaining]))
    const groups = new Map<string, Group>()
    const lines = payload.lines.flatMap(({ line_item_id, quantity }): Wanted[] => {
        const own = parts.filter((it) => it.line_item_id === line_item_id).map(({ id }) => id)
        const taken = take(own, quantity, left).parts
        for (const { line_item_id: id, units } of taken) {
            const row = parts.find((it) => it.id === id)!.row
            const group = groups.get(row.id) ?? {
                fulfillmentOrderId: gid('FulfillmentOrder', row.id),
                fulfillmentOrderLineItems: [],
            }
            group.fulfillmentOrderLineItems.push({ id: gid('FulfillmentOrderLineItem', id), quantity: units })
            groups.set(row.id, group)
        }
        const sum = taken.reduce((all, { units }) => all + units, 0)
        return sum > 0 ? [{ line_item_id, quantity: sum }] : []
    })
    return { groups: [...groups.values()], lines }
}

/** Nothing of it is left there: on hold it waits, else the next reading says where it is. */
async function notThere(stage: Stage, intent: Intent<Payload>, { toShip }: OrderParcels): Promise<Result> {
    const isOnHold = remaining(intent, toShip).some(({ status }) => !SHIPPABLE.includes(status))
    return isOnHold ? settle(stage, intent, { state: 'waiting', reason: 'ON_HOLD' }) : 'left'
}

/** No location has its units left: somebody entered the parcel by hand, or the order was cancelled (rule 66). */
async function leftOver(stage: Stage, intent: Intent<Payload>, { toShip, cancelledAt }: OrderParcels): Promise<Result> {
    if (remaining(intent, toShip).length > 0) return 'left'
    const reason = cancelledAt === null ? 'ALREADY_EXISTS' : 'CANCELLED'
    return settle(stage, intent, {
        state: 'refused',
        reason,
        detail: 'The order has none of these units left to ship.',
    })
}

const OVER = ['CLOSED', 'CANCELLED', 'INCOMPLETE']

function remaining({ payload }: Intent<Payload>, toShip: readonly ToShip[]): ToShip[] {
    const wanted = new Set(payload.lines.map(({ line_item_id }) => line_item_id))
    const has = ({ lines }: ToShip) => lines.some((it) => it.remaining > 0 && wanted.has(it.line_item_id))
    return toShip.filter((row) => !OVER.includes(row.status) && has(row))
}

/** Whether a parcel is what was sent: the same units of the same lines, the same tracking (rule 68). */
function isAlike(parcel: Parcel, lines: readonly Wanted[], tracking: readonly Tracking[]): boolean {
    if (parcel.status === 'CANCELLED') return false
    const shipped = new Map<string, number>()
    for (const it of parcel.lines) shipped.set(it.line_item_id, (shipped.get(it.line_item_id) ?? 0) + it.quantity)
    const same = lines.every((it) => shipped.get(it.line_item_id) === it.quantity)
    return same && shipped.size === lines.length && isTracked(parcel, tracking)
}
