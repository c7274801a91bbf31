import type { Order, OrderTransaction } from '../order_rows.ts'
import type { Shop } from '../state.ts'
import { atMost, cents, minus } from './amounts.ts'
import { changeOrder, closeIfDone, partId } from './change.ts'
import { currentTotals, payments } from './totals.ts'

export type NewTransaction = Pick<OrderTransaction, 'kind' | 'amount'> & Partial<OrderTransaction>

/** Notes a payment of an order. */
export function addTransaction(shop: Shop, order: Order, given: NewTransaction, now: number): OrderTransaction {
    const transaction: OrderTransaction = {
        __typename: 'OrderTransaction',
        id: partId(shop, order),
        orderId: order.id,
        status: 'SUCCESS',
        gateway: gatewayOf(order),
        parentId: null,
        test: order.test,
        createdAt: now,
        ...given,
    }
    order.transactions.push(transaction)
    return transaction
}

export function gatewayOf(order: Order): string {
    return order.transactions[0]?.gateway ?? 'manual'
}

/** What is authorised and not captured yet. */
export function capturable(order: Order): string {
    const { authorized, received, voided } = payments(order)
    return voided || cents(authorized) <= cents(received) ? '0.00' : minus(authorized, received)
}

/** What of the order is still to be paid; what is authorised is not (recorded). */
export function outstanding(order: Order): string {
    if (order.cancelledAt !== null) return '0.00'
    const left = minus(minus(currentTotals(order).total, payments(order).net), capturable(order))
    return cents(left) > 0n ? left : '0.00'
}

/** The customer pays what is outstanding, or `amount` of it; an authorised payment is captured. */
export function pay(shop: Shop, order: Order, amount: string | undefined, now: number) {
    const before = order.transactions.findLast(({ kind }) => kind === 'AUTHORIZATION' || kind === 'SALE')
    changeOrder(shop, order, now, 'paid', () => {
        order.statusGiven = null
        const parentId = before?.id ?? null
        const held = capturable(order)
        const kind = cents(held) > 0n ? 'CAPTURE' : 'SALE'
        const due = kind === 'CAPTURE' ? held : outstanding(order)
        addTransaction(shop, order, { kind, amount: amount ?? due, parentId }, now)
        closeIfDone(order, now)
    })
}

/** A payment that was pending or authorised never comes. Stock stays as it is. */
export function voidPayment(shop: Shop, order: Order, now: number) {
    changeOrder(shop, order, now, 'voided', () => addVoid(shop, order, now))
}

export function addVoid(shop: Shop, order: Order, now: number) {
    const first = order.transactions[0]
    order.statusGiven = null
    addTransaction(shop, order, { kind: 'VOID', amount: first?.amount ?? '0.00', parentId: first?.id ?? null }, now)
}

/** Gives money back, never more than came; null if there is none to give. */
export function giveBack(
    shop: Shop,
    order: Order,
    amount: string,
    now: number,
    presentmentAmount?: string | undefined,
): OrderTransaction | null {
    const given = atMost(amount, payments(order).net)
    if (cents(given) <= 0n) return null
    order.statusGiven = null
    const parent = order.transactions.find(({ kind }) => kind === 'SALE' || kind === 'CAPTURE')
    const parentId = parent?.id ?? null
    const seen = presentmentAmount === undefined ? {} : { presentmentAmount }
    return addTransaction(
        shop,
        order,
        { kind: 'REFUND', amount: given, parentId, gateway: gatewayOf(order), ...seen },
        now,
    )
}
