import type { FinancialStatus, Order } from '../order_rows.ts'
import { cents, fromCents } from '../orders/amounts.ts'
import { cancelOrder, startCancellation } from '../orders/cancel.ts'
import { addLine, addOrder, announce, assign } from '../orders/new_order.ts'
import { addTransaction, pay, voidPayment } from '../orders/payments.ts'
import { currentTotals, financialStatus } from '../orders/totals.ts'
import { type Metafield, nextId, type Shop } from '../state.ts'
import { money, storedTags } from '../text.ts'
import { type Action, type ActionBody, numberFrom, objectOf, textOf, textsOf } from './body.ts'
import {
    addressIn,
    attributesIn,
    customerIn,
    newLineIn,
    objectsIn,
    orderIn,
    sourceLocation,
    taxedLine,
} from './order_body.ts'

const PAYMENTS = ['paid', 'pending', 'authorized', 'partially_paid'] as const
const REASONS = ['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'OTHER', 'STAFF']

/**
 * A customer buys: `{lines: [{sku|variantId|inventoryItemId or title, quantity, price?, discount?, taxRate?,
 * requiresShipping?, customAttributes?, location?}], location?, payment?: 'paid' | 'pending' | 'authorized' |
 * 'partially_paid', test?, name?, tags?, note?, customer?, email?, phone?, shippingAddress?, gateway?, metafields?,
 * shipping?, shippingTitle?, taxesIncluded?, discountCodes?, presentment?: {currency, rate}, createdSecondsAgo?}`. A
 * `discount` is of the whole line. The units are set aside at once, paid or not.
 */
export const sell: Action = (shop, body, clock) => {
    const now = clock.now()
    const lines = objectsIn(body, 'lines').map((given) => {
        const line = taxedLine(newLineIn(shop, given), given, body.taxesIncluded === true)
        const place = given.location === undefined ? { ...body, ...given } : given
        return { line, locationId: sourceLocation(shop, place, line.inventoryItemId, line.quantity) }
    })
    if (lines.length === 0) throw new Error(`expected lines of the new order, got ${JSON.stringify(body.lines)}`)
    const payment = paymentIn(body)
    const order = addOrder(shop, fieldsOf(shop, body, now), now)
    for (const { line: given, locationId } of lines) {
        const line = addLine(shop, order, given)
        assign(shop, order, { line, locationId, quantity: line.quantity, claims: true, cause: 'order' }, now)
    }
    notePayment(shop, order, payment, textOf(body, 'gateway') ?? 'manual')
    announce(shop, order, now)
    return { id: order.id, name: order.name, lineIds: order.lines.map(({ id }) => id) }
}

function fieldsOf(shop: Shop, body: ActionBody, now: number) {
    const ago = body.createdSecondsAgo === undefined ? 0 : numberFrom(body, 'createdSecondsAgo')
    const shippingAddress = addressIn(shop, body.shippingAddress)
    const name = textOf(body, 'name')
    const customer = customerIn(shop, body.customer, now)
    return {
        ...(name === null ? {} : { name }),
        ...{ createdAt: now - ago * 1000, test: body.test === true, note: textOf(body, 'note') },
        tags: storedTags(shop, textsOf(body, 'tags')),
        ...{ email: textOf(body, 'email') ?? customer?.email ?? null, phone: textOf(body, 'phone'), customer },
        ...{ shippingAddress, billingAddress: addressIn(shop, body.billingAddress) ?? shippingAddress },
        ...{ sourceName: textOf(body, 'sourceName') ?? 'web', sourceIdentifier: textOf(body, 'sourceIdentifier') },
        customAttributes: attributesIn(body),
        shippingLines: shippingLinesIn(shop, body),
        ...{ taxesIncluded: body.taxesIncluded === true, discountCodes: textsOf(body, 'discountCodes') },
        ...presentmentIn(body),
        metafields: metafieldsIn(shop, body, now),
    }
}

function shippingLinesIn(shop: Shop, body: ActionBody): Order['shippingLines'] {
    if (body.shipping === undefined) return []
    const price = money(String(body.shipping))
    const title = textOf(body, 'shippingTitle') ?? 'Standard'
    return [{ id: nextId(shop), title, code: title, source: 'shopify', price, taxLines: [] }]
}

function metafieldsIn(shop: Shop, body: ActionBody, now: number): Metafield[] {
    return objectsIn(body, 'metafields').map((given) => ({
        __typename: 'Metafield',
        id: nextId(shop),
        namespace: textOf(given, 'namespace') ?? '',
        key: textOf(given, 'key') ?? '',
        type: textOf(given, 'type') ?? 'single_line_text_field',
        value: textOf(given, 'value') ?? '',
        createdAt: now,
        updatedAt: now,
    }))
}

function presentmentIn(body: ActionBody): Pick<Order, 'presentment'> {
    if (body.presentment === undefined) return {}
    const { currency, rate } = objectOf(body, 'presentment')
    return { presentment: { currency: String(currency), rate: String(rate) } }
}

type Payment = (typeof PAYMENTS)[number]

function paymentIn(body: ActionBody): Payment {
    const given = textOf(body, 'payment') ?? 'paid'
    const known = PAYMENTS.find((one) => one === given)
    if (known) return known
    throw new Error(`expected payment to be one of ${PAYMENTS.join(', ')}, got ${given}`)
}

/** The payment that a status stands for; of a partly paid order half has come. */
function notePayment(shop: Shop, order: Order, payment: Payment, gateway: string) {
    const { total } = currentTotals(order)
    const kind = payment === 'authorized' ? 'AUTHORIZATION' : 'SALE'
    const status = payment === 'pending' ? 'PENDING' : 'SUCCESS'
    const amount = payment === 'partially_paid' ? fromCents(cents(total) / 2n) : total
    addTransaction(shop, order, { kind, status, amount, gateway }, order.createdAt)
}

/** `{id|name, amount?}`: what is outstanding is paid, or a part of it. */
const payOrder: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    pay(shop, order, body.amount === undefined ? undefined : money(String(body.amount)), clock.now())
    return shownMoney(order)
}

/** `{id|name}`: the payment that was pending or authorised never comes. Its units stay set aside. */
const voidOrder: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    const status = financialStatus(order)
    if (status !== 'PENDING' && status !== 'AUTHORIZED')
        throw new Error(`expected an order that is PENDING or AUTHORIZED, got ${order.name}, which is ${status}`)
    voidPayment(shop, order, clock.now())
    return shownMoney(order)
}

/**
 * `{id|name, restock?: true, reason?: 'OTHER', refund?: true, note?, later?: true}`: nothing of it may be shipped yet; with
 * `later` units and money follow after the shop's `cancelMs`, as over the API.
 */
const cancel: Action = (shop, body, clock) => {
    const order = orderIn(shop, body)
    const reason = textOf(body, 'reason')?.toUpperCase() ?? 'OTHER'
    if (!REASONS.includes(reason)) throw new Error(`expected reason to be one of ${REASONS.join(', ')}, got ${reason}`)
    if (order.cancelledAt !== null) throw new Error(`expected an order that is not cancelled, got ${order.name}`)
    if (order.lines.some(({ fulfilledQuantity, returnedQuantity }) => fulfilledQuantity > returnedQuantity))
        throw new Error(`expected an order of which nothing is shipped, got ${order.name}`)
    const [restock, refund] = [body.restock !== false, body.refund !== false]
    const given = { reason, restock, refund, staffNote: textOf(body, 'note') }
    if (body.later === true) startCancellation(shop, order, given, clock.now())
    else cancelOrder(shop, order, given, clock.now())
    return shownMoney(order)
}

function shownMoney(order: Order): { id: number; financialStatus: FinancialStatus | null } {
    return { id: order.id, financialStatus: financialStatus(order) }
}

export const orderActions: Readonly<Record<string, Action>> = {
    'order.sell': sell,
    'order.pay': payOrder,
    'order.void': voidOrder,
    'order.cancel': cancel,
}
