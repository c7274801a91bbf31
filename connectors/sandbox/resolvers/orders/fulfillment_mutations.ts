import type { Context, Resolvers } from '../../context.ts'
import { gid, numberOf } from '../../shop/gids.ts'
import type { FulfillmentOrder, Tracking } from '../../shop/order_rows.ts'
import { orderOfPart } from '../../shop/orders/lookups.ts'
import { moveFulfillmentOrder } from '../../shop/orders/move.ts'
import { cancelFulfillment, type Parcel, ship, track } from '../../shop/orders/shipping.ts'
import { type UserError, userError } from '../user_error.ts'
import { fulfillmentById } from './fulfillments.ts'
import { orderOf } from './visible.ts'

type TrackingInput = {
    company?: string | null
    number?: string | null
    numbers?: string[] | null
    url?: string | null
    urls?: string[] | null
}
type Group = { fulfillmentOrderId: string; fulfillmentOrderLineItems?: { id: string; quantity: number }[] | null }
type FulfillmentInput = {
    lineItemsByFulfillmentOrder: Group[]
    trackingInfo?: TrackingInput | null
    notifyCustomer?: boolean | null
}
type Create = { fulfillment: FulfillmentInput }
type Track = { fulfillmentId: string; trackingInfoInput: TrackingInput; notifyCustomer?: boolean | null }

export const resolvers: Resolvers = {
    Mutation: {
        fulfillmentCreate: (_: unknown, { fulfillment }: Create, context: Context) => created(context, fulfillment),
        fulfillmentCreateV2: (_: unknown, { fulfillment }: Create, context: Context) => created(context, fulfillment),
        fulfillmentTrackingInfoUpdate: (_: unknown, args: Track, context: Context) => {
            const row = fulfillmentById(context, numberOf(args.fulfillmentId, 'Fulfillment'))
            if (!row) return refused(userError(['fulfillmentId'], 'Fulfillment does not exist.'))
            const order = orderOf(context.shop, row)
            const given = { tracking: trackingOf(args.trackingInfoInput), notify: args.notifyCustomer ?? false }
            track(context.shop, order, row, given, context.clock.now())
            return { fulfillment: row, userErrors: [] }
        },
        fulfillmentCancel: (_: unknown, { id }: { id: string }, context: Context) => {
            const row = fulfillmentById(context, numberOf(id, 'Fulfillment'))
            if (!row) return refused(userError(['id'], 'Fulfillment not found.'))
            if (row.status === 'SUCCESS') {
                cancelFulfillment(context.shop, orderOf(context.shop, row), row, context.clock.now())
            }
            return { fulfillment: row, userErrors: [] }
        },
        fulfillmentOrderMove: (_: unknown, args: { id: string; newLocationId: string }, context: Context) => {
            const { shop, clock } = context
            const row = shop.fulfillmentOrders.get(numberOf(args.id, 'FulfillmentOrder'))
            const location = shop.locations.get(numberOf(args.newLocationId, 'Location'))
            const answer = { remainingFulfillmentOrder: null, originalFulfillmentOrder: row ?? null }
            if (!row) return { ...answer, userErrors: [userError(['id'], 'Fulfillment order does not exist.')] }
            if (!location?.active) {
                return { ...answer, userErrors: [userError(['newLocationId'], 'Location does not exist.')] }
            }
            const moved = moveFulfillmentOrder(shop, orderOf(shop, row), row, location.id, clock.now())
            return { ...answer, movedFulfillmentOrder: moved, userErrors: [] }
        },
    },
}

function refused(error: UserError) {
    return { fulfillment: null, userErrors: [error] }
}

/** With several numbers their urls go by position. */
function trackingOf(given: TrackingInput | null | undefined): Tracking[] {
    if (!given) return []
    const numbers = given.numbers?.length ? given.numbers : [given.number ?? null]
    const urls = given.urls?.length ? given.urls : [given.url ?? null]
    return numbers.map((number, place) => ({ company: given.company ?? null, number, url: urls[place] ?? null }))
}

/** Quantities are judged first, then the fulfillment orders, then their lines (recorded). */
function created(context: Context, input: FulfillmentInput) {
    const { shop, clock } = context
    const groups = input.lineItemsByFulfillmentOrder
    const wrong = quantityFault(groups) ?? ordersFault(context, groups)
    if (wrong) return refused(wrong)
    const parcels: Parcel[] = []
    for (const group of groups) {
        const found = parcelsOf(rowOf(context, group)!, group)
        if ('message' in found) return refused(found)
        parcels.push(...found)
    }
    const order = orderOfPart(shop, parcels[0]!.row.id)!
    const { trackingInfo, notifyCustomer } = input
    const made = ship(shop, order, parcels, trackingOf(trackingInfo), clock.now(), notifyCustomer ?? false)
    return { fulfillment: made, userErrors: [] }
}

const rowOf = ({ shop }: Context, { fulfillmentOrderId }: Group) =>
    shop.fulfillmentOrders.get(numberOf(fulfillmentOrderId, 'FulfillmentOrder'))
const fault = (message: string) => userError(['fulfillment'], message)

function quantityFault(groups: readonly Group[]): UserError | null {
    for (const [place, { fulfillmentOrderLineItems }] of groups.entries()) {
        const at = (fulfillmentOrderLineItems ?? []).findIndex(({ quantity }) => quantity < 1)
        const path = ['lineItemsByFulfillmentOrder', place, 'fulfillmentOrderLineItems', at, 'quantity']
        if (at >= 0) return userError(['fulfillment', ...path.map(String)], 'Quantity must be greater than 0')
    }
    return null
}

function ordersFault(context: Context, groups: readonly Group[]): UserError | null {
    const rows = groups.map((group) => rowOf(context, group))
    if (rows.length === 0 || rows.includes(undefined)) return fault('Fulfillment order does not exist.')
    const known = rows as FulfillmentOrder[]
    const orders = [...new Set(known.map(({ orderId }) => orderId))]
    if (orders.length > 1) {
        const ids = orders.join(', ')
        return fault(
            `All fulfillment orders must belong to the same order. Multiple orders with ids [${ids}] were found.`,
        )
    }
    const places = [...new Set(known.map(({ locationId }) => locationId))]
    if (places.length > 1) {
        const ids = places.join(', ')
        return fault(
            `All fulfillment orders must be assigned to a single location. Multiple locations with ids [${ids}] were found.`,
        )
    }
    const shut = known.find(({ status }) => status !== 'OPEN' && status !== 'IN_PROGRESS')
    const shown = shut?.status.toLowerCase()
    return shut ? fault(`Fulfillment order ${shut.id} has an unfulfillable status= ${shown}.`) : null
}

/** The units of a group; lines left out mean everything that is left. */
function parcelsOf(row: FulfillmentOrder, { fulfillmentOrderLineItems }: Group): Parcel[] | UserError {
    if (!fulfillmentOrderLineItems?.length) {
        const all = row.lines.map((part) => ({ row, part, quantity: part.remainingQuantity }))
        return all.filter(({ quantity }) => quantity > 0)
    }
    const parcels: Parcel[] = []
    for (const { id, quantity } of fulfillmentOrderLineItems) {
        const part = row.lines.find((one) => gid('FulfillmentOrderLineItem', one.id) === id)
        if (!part) return fault('Fulfillment order line item does not exist.')
        if (quantity > part.remainingQuantity) {
            return fault('Invalid fulfillment order line item quantity requested.')
        }
        parcels.push({ row, part, quantity })
    }
    return parcels
}
