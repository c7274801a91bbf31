import type { FulfillmentOrder, Order, Return, Tracking } from '../order_rows.ts'
import { editOrder, locationOfLine } from '../orders/edits.ts'
import { fulfillmentOrdersOf, openFulfillmentOrders } from '../orders/lookups.ts'
import { moveFulfillmentOrder } from '../orders/move.ts'
import { refundOrder } from '../orders/refunds.ts'
import { addReturn, answerReturn, processReturn } from '../orders/returns.ts'
import { cancelFulfillment, type Parcel, ship, track } from '../orders/shipping.ts'
import { currentQuantity, financialStatus, fulfillmentStatus, unfulfilledQuantity } from '../orders/totals.ts'
import type { Shop } from '../state.ts'
import { money } from '../text.ts'
import { type Action, type ActionBody, idOf, locationIn, objectOf, textOf } from './body.ts'
import { lineIn, newLineIn, objectsIn, orderIn, sourceLocation, unitsIn } from './order_body.ts'

const RESTOCKS = { cancel: 'CANCEL', return: 'RETURN', no_restock: 'NO_RESTOCK' } as const

/**
 * `{id|name, lines: [{lineId|sku, quantity, restock: 'cancel' | 'return' | 'no_restock', location?}], amount?, shipping?,
 * note?}`: without `amount` what the lines cost is given back, if it was paid; `amount: 0` moves no money.
 */
const refund: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    const lines = objectsIn(body, 'lines').map((given) => {
        const line = lineIn(order, given)
        const quantity = unitsIn(given)
        const restockType = restockIn(given)
        const most = restockType === 'CANCEL' ? unfulfilledQuantity(line) : currentQuantity(line)
        if (quantity > most) throw new Error(`expected at most ${most} units of line ${line.id}, got ${quantity}`)
        const back = restockType === 'RETURN' ? returnLocation(shop, order, given, line.id) : null
        return { line, quantity, restockType, locationId: back }
    })
    const amount = body.amount === undefined ? undefined : money(String(body.amount))
    const shipping = body.shipping === undefined ? undefined : money(String(body.shipping))
    const made = refundOrder(shop, order, { lines, amount, shipping, note: textOf(body, 'note') }, clock.now())
    return { id: made.id, lineIds: made.lines.map(({ id }) => id), financialStatus: financialStatus(order) }
}

function restockIn(body: ActionBody) {
    const given = (textOf(body, 'restock') ?? 'no_restock').toLowerCase()
    if (given in RESTOCKS) return RESTOCKS[given as keyof typeof RESTOCKS]
    throw new Error(`expected restock to be one of ${Object.keys(RESTOCKS).join(', ')}, got ${given}`)
}

function returnLocation(shop: Shop, order: Order, body: ActionBody, lineId: number): number {
    if (body.location !== undefined || body.locationId !== undefined) return locationIn(shop, body).id
    const shipped = order.fulfillments.find(({ lines }) => lines.some((line) => line.lineId === lineId))
    return shipped?.locationId ?? fulfillmentOrdersOf(shop, order)[0]?.locationId ?? locationIn(shop, {}).id
}

/**
 * `{id|name, add?: [{sku|variantId, quantity, price?, location?}], set?: [{lineId|sku, quantity, restock?: true}],
 * restock?: true}`: `quantity` of a set line is what it shall be.
 */
const edit: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    const added = objectsIn(body, 'add').map((given) => {
        const line = newLineIn(shop, given)
        return { line, locationId: sourceLocation(shop, given, line.inventoryItemId, line.quantity) }
    })
    const set = objectsIn(body, 'set').map((given) => {
        const line = lineIn(order, given)
        const quantity = unitsIn(given)
        const least = currentQuantity(line) - unfulfilledQuantity(line)
        if (quantity < least) throw new Error(`expected at least ${least} units, which are shipped, got ${quantity}`)
        const locationId =
            locationOfLine(shop, order, line) ?? sourceLocation(shop, given, line.inventoryItemId, quantity)
        return { line, quantity, locationId, restock: (given.restock ?? body.restock) !== false }
    })
    const lines = editOrder(shop, order, { added, set }, clock.now())
    return { id: order.id, lineIds: lines.map(({ id }) => id), financialStatus: financialStatus(order) }
}

/**
 * `{id|name, lines?: [{lineId|sku, quantity}], location?, tracking?: {company?, number?, url?}}`: without lines, all that
 * is left at the location, by default at the first that has something left.
 */
const shipOrder: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    const open = openFulfillmentOrders(shop, order)
    const at = body.location === undefined ? undefined : locationIn(shop, body).id
    const rows = open.filter(({ locationId }) => locationId === (at ?? open[0]?.locationId))
    const wanted = body.lines === undefined ? null : objectsIn(body, 'lines')
    const parcels = wanted
        ? wanted.flatMap((given) => parcelsOf(at === undefined ? open : rows, lineIn(order, given).id, unitsIn(given)))
        : rows.flatMap((row) => row.lines.map((part) => ({ row, part, quantity: part.remainingQuantity })))
    const real = parcels.filter(({ quantity }) => quantity > 0)
    if (real.length === 0)
        throw new Error(`expected something left to ship of ${order.name}, got ${JSON.stringify(body)}`)
    const groups = Map.groupBy(real, ({ row }) => row.locationId)
    const made = [...groups.values()].map((group) =>
        ship(shop, order, group, trackingIn(body), clock.now(), body.notify === true),
    )
    return { ids: made.map(({ id }) => id), id: made[0]!.id, fulfillmentStatus: fulfillmentStatus(order) }
}

function parcelsOf(rows: readonly FulfillmentOrder[], lineId: number, quantity: number): Parcel[] {
    let left = quantity
    const parcels = rows.flatMap((row) =>
        row.lines
            .filter((part) => part.lineId === lineId)
            .map((part) => {
                const units = Math.min(left, part.remainingQuantity)
                left -= units
                return { row, part, quantity: units }
            }),
    )
    if (left > 0)
        throw new Error(`expected at most ${quantity - left} units of line ${lineId} to ship, got ${quantity}`)
    return parcels
}

function trackingIn(body: ActionBody): Tracking[] {
    if (body.tracking === undefined) return []
    const given = objectOf(body, 'tracking')
    return [{ company: textOf(given, 'company'), number: textOf(given, 'number'), url: textOf(given, 'url') }]
}

/** `{id|name, fulfillmentId?, tracking}`: the newest parcel by default. */
const trackOrder: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    const fulfillment = fulfillmentIn(order, body)
    track(shop, order, fulfillment, { tracking: trackingIn(body), notify: body.notify === true }, clock.now())
    return { id: fulfillment.id }
}

/** `{id|name, fulfillmentId?}`: the parcel never left. */
const unship: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    const fulfillment = fulfillmentIn(order, body)
    cancelFulfillment(shop, order, fulfillment, clock.now())
    return { id: fulfillment.id, fulfillmentStatus: fulfillmentStatus(order) }
}

function fulfillmentIn(order: Order, body: ActionBody) {
    const id = idOf(body.fulfillmentId)
    const known = order.fulfillments.filter(({ status }) => status === 'SUCCESS')
    const found = id === null ? known.at(-1) : known.find((one) => one.id === id)
    if (found) return found
    throw new Error(`expected a fulfillmentId among ${known.map((one) => one.id).join(', ')}, got ${id}`)
}

/** `{id|name, location, fulfillmentOrderId?}`: another location ships what is left. */
const move: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    const id = idOf(body.fulfillmentOrderId)
    const row = openFulfillmentOrders(shop, order).find((one) => id === null || one.id === id)
    if (!row) throw new Error(`expected an open fulfillment order of ${order.name}, got ${JSON.stringify(body)}`)
    return { id: moveFulfillmentOrder(shop, order, row, locationIn(shop, body).id, clock.now()).id }
}

/**
 * `{id|name, step?: 'open' | 'request' | 'approve' | 'decline' | 'process', lines?: [{lineId|sku, quantity}], returnId?,
 * location?, restock?: true, amount?}`: process takes the units back, by default to where they were shipped from.
 */
const returnOrder: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    const step = textOf(body, 'step') ?? 'open'
    if (step === 'open' || step === 'request') {
        const lines = objectsIn(body, 'lines').flatMap((given) => shippedIn(order, given))
        const status = step === 'open' ? 'OPEN' : 'REQUESTED'
        const made = addReturn(shop, order, { lines, status }, clock.now())
        return { id: made.id, lineIds: made.lines.map(({ id }) => id) }
    }
    const row = returnIn(order, body)
    if (step === 'approve' || step === 'decline') {
        answerReturn(shop, order, row, step === 'approve' ? null : { reason: 'OTHER', note: null }, clock.now())
    } else if (step === 'process') {
        const lines = row.lines.map((line) => {
            const locationId = body.restock === false ? null : returnLocation(shop, order, body, line.lineId)
            return { line, quantity: line.quantity - line.processedQuantity, locationId }
        })
        const amount = body.amount === undefined ? undefined : money(String(body.amount))
        processReturn(shop, order, row, { lines, amount, disposed: true }, clock.now())
    } else throw new Error(`expected step to be one of open, request, approve, decline, process, got ${step}`)
    return { id: row.id, status: row.status }
}

function shippedIn(order: Order, body: ActionBody) {
    const line = lineIn(order, body)
    let left = unitsIn(body)
    const parcels = order.fulfillments.filter(({ status }) => status === 'SUCCESS').flatMap(({ lines }) => lines)
    const found = parcels
        .filter(({ lineId }) => lineId === line.id)
        .map((shipped) => {
            const quantity = Math.min(left, shipped.quantity)
            left -= quantity
            return { shipped, quantity }
        })
    if (left > 0) throw new Error(`expected at most the units of line ${line.id} that are shipped, got ${left} more`)
    return found.filter(({ quantity }) => quantity > 0)
}

function returnIn(order: Order, body: ActionBody): Return {
    const id = idOf(body.returnId)
    const found = id === null ? order.returns.at(-1) : order.returns.find((one) => one.id === id)
    if (found) return found
    throw new Error(`expected a returnId of ${order.name}, got ${JSON.stringify(body.returnId)}`)
}

export const orderChangeActions: Readonly<Record<string, Action>> = {
    'order.edit': edit,
    'order.move': move,
    'order.refund': refund,
    'order.return': returnOrder,
    'order.ship': shipOrder,
    'order.track': trackOrder,
    'order.unship': unship,
}
