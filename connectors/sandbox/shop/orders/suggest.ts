import type { Order, OrderLine } from '../order_rows.ts'
import { atMost, minus, sum } from './amounts.ts'
import { lineAmount, originalTotals, payments, taxShare } from './totals.ts'

export type Worth = { line: Pick<OrderLine, 'id'>; quantity: number }

/** What units of lines, and some of the shipping, cost the customer: what Shopify suggests to give back, at most. */
export function refundWorth(order: Order, units: readonly Worth[], shipping: string) {
    const lines = units.map(({ line, quantity }) => ({ line: order.lines.find(({ id }) => id === line.id)!, quantity }))
    const subtotal = sum(lines.map(({ line, quantity }) => lineAmount(line, quantity)))
    const tax = sum(lines.map(({ line, quantity }) => taxShare(line, quantity)))
    const worth = sum([subtotal, shipping, order.taxesIncluded ? '0.00' : tax])
    const { net } = payments(order)
    return { subtotal, tax, shipping, most: net, amount: atMost(worth, net) }
}

/** Shipping that was paid and not given back yet. */
export function refundableShipping(order: Order): string {
    return minus(originalTotals(order).shipping, sum(order.refunds.map((refund) => refund.shipping)))
}
