import type { FinancialStatus, Order, OrderLine, TaxLine } from '../order_rows.ts'
import { cents, minus, share, sum, times } from './amounts.ts'

/** Units of a line that are still bought: not taken off, not refunded. */
export function currentQuantity(line: OrderLine): number {
    return line.quantity - line.cancelledQuantity - line.returnedQuantity
}

/** Units of a line that are still to be shipped. */
export function unfulfilledQuantity(line: OrderLine): number {
    return Math.max(0, line.quantity - line.cancelledQuantity - line.fulfilledQuantity)
}

/** What so many units of a line cost, after its discount. */
export function lineAmount(line: OrderLine, units: number): string {
    return minus(times(line.price, units), share(line.discount, units, line.quantity))
}

/** What so many units of a line have of its tax. */
export function taxShare({ taxLines, quantity }: OrderLine, units: number): string {
    return share(taxOf(taxLines), units, quantity)
}

const taxOf = (lines: readonly TaxLine[]) => sum(lines.map(({ price }) => price))

/** The sums of an order as it was bought. */
export function originalTotals(order: Order) {
    const subtotal = sum(order.lines.map((line) => lineAmount(line, line.quantity)))
    const shipping = sum(order.shippingLines.map(({ price }) => price))
    const tax = sum([
        taxOf(order.taxLines),
        ...order.lines.map((line) => taxOf(line.taxLines)),
        ...order.shippingLines.map(({ taxLines }) => taxOf(taxLines)),
    ])
    const total = sum([subtotal, shipping, order.taxesIncluded ? '0.00' : tax])
    return { subtotal, shipping, tax, total, discounts: sum(order.lines.map(({ discount }) => discount)) }
}

/** The sums of an order as it stands, less what was taken off or refunded. */
export function currentTotals(order: Order) {
    const { shipping: paidShipping } = originalTotals(order)
    const refundedShipping = sum(order.refunds.map((refund) => refund.shipping))
    const shipping = order.cancelledAt === null ? minus(paidShipping, refundedShipping) : '0.00'
    const subtotal = sum(order.lines.map((line) => lineAmount(line, currentQuantity(line))))
    const kept = (line: OrderLine) => taxShare(line, currentQuantity(line))
    const ofShipping = order.shippingLines.map(({ taxLines }) => taxOf(taxLines))
    const tax = sum([...order.lines.map(kept), ...(order.cancelledAt === null ? [taxOf(order.taxLines)] : [])])
    const allTax = order.cancelledAt === null ? sum([tax, ...ofShipping]) : tax
    const discounts = sum(order.lines.map((line) => share(line.discount, currentQuantity(line), line.quantity)))
    return {
        ...{ subtotal, shipping, tax: allTax, discounts },
        total: sum([subtotal, shipping, order.taxesIncluded ? '0.00' : allTax]),
    }
}

/** Money that came and went, by the order's successful payments. */
export function payments(order: Order) {
    const of = (...kinds: string[]) =>
        sum(
            order.transactions
                .filter(({ kind, status }) => status === 'SUCCESS' && kinds.includes(kind))
                .map(({ amount }) => amount),
        )
    const received = of('SALE', 'CAPTURE')
    const refunded = of('REFUND')
    return {
        received,
        refunded,
        net: minus(received, refunded),
        authorized: of('AUTHORIZATION'),
        voided: isVoided(order),
    }
}

function isVoided(order: Order): boolean {
    return order.transactions.some(({ kind, status }) => kind === 'VOID' && status === 'SUCCESS')
}

/** What the admin shows of the money; null where nothing was ever to be paid. */
export function financialStatus(order: Order): FinancialStatus | null {
    if (order.statusGiven !== null) return order.statusGiven
    const { received, refunded, net, authorized, voided } = payments(order)
    if (cents(refunded) > 0n) return cents(net) <= 0n ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
    if (cents(received) > 0n) {
        const owed = order.cancelledAt === null ? currentTotals(order).total : '0.00'
        return cents(received) >= cents(owed) ? 'PAID' : 'PARTIALLY_PAID'
    }
    if (voided) return 'VOIDED'
    if (cents(authorized) > 0n) return 'AUTHORIZED'
    // what costs nothing counts as paid; an order without any payment has no status (recorded)
    if (cents(originalTotals(order).total) === 0n) return 'PAID'
    return order.transactions.length > 0 ? 'PENDING' : null
}

/** What the admin shows of the shipping. A cancelled order stays UNFULFILLED (recorded). */
export function fulfillmentStatus(order: Order): string {
    const shipped = order.lines.some(({ fulfilledQuantity }) => fulfilledQuantity > 0)
    if (!shipped) return 'UNFULFILLED'
    return order.lines.some((line) => unfulfilledQuantity(line) > 0) ? 'PARTIALLY_FULFILLED' : 'FULFILLED'
}
