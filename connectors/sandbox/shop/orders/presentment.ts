import type { Order, OrderLine, ShippingLine, TaxLine } from '../order_rows.ts'
import { cents, fromCents } from './amounts.ts'

/** A decimal as a whole number and the power of ten it is divided by. */
function parts(decimal: string): { digits: bigint; scale: bigint } {
    const [whole = '0', fraction = ''] = decimal.split('.')
    return { digits: BigInt(whole + fraction), scale: 10n ** BigInt(fraction.length) }
}

const halfUp = (dividend: bigint, divisor: bigint) => (dividend * 2n + divisor) / (divisor * 2n)

/** An amount of the shop's money in the customer's, to the cent. */
export function inPresentment(amount: string, rate: string): string {
    const { digits, scale } = parts(rate)
    return fromCents(halfUp(cents(amount) * digits, scale))
}

/** An amount of the customer's money in the shop's, to the cent. */
export function fromPresentment(amount: string, rate: string): string {
    const { digits, scale } = parts(rate)
    return fromCents(halfUp(cents(amount) * scale, digits))
}

/** What one unit of the shop's money is in the customer's, as two prices of one thing say. */
export function rateOf(shopAmount: string, presentmentAmount: string): string {
    if (cents(shopAmount) === 0n) return '1'
    const digits = halfUp(cents(presentmentAmount) * 10n ** 12n, cents(shopAmount))
        .toString()
        .padStart(13, '0')
    return `${digits.slice(0, -12)}.${digits.slice(-12)}`
}

/**
 * An order with every amount as the customer saw it: what was given so as it was given, all else at the order's rate. So
 * whatever is added up of an order can be added up of this one.
 */
export function presented(order: Order): Order {
    if (!order.presentment) return order
    const { rate } = order.presentment
    const exchanged = (amount: string) => inPresentment(amount, rate)
    const taxed = (lines: readonly TaxLine[]) =>
        lines.map((line) => ({ ...line, price: line.presentmentPrice ?? exchanged(line.price) }))
    return {
        ...order,
        taxLines: taxed(order.taxLines),
        lines: order.lines.map((line): OrderLine => {
            const price = line.presentment?.price ?? exchanged(line.price)
            const discount = line.presentment?.discount ?? exchanged(line.discount)
            return { ...line, price, discount, taxLines: taxed(line.taxLines) }
        }),
        shippingLines: order.shippingLines.map((line): ShippingLine => {
            const price = line.presentmentPrice ?? exchanged(line.price)
            return { ...line, price, taxLines: taxed(line.taxLines) }
        }),
        transactions: order.transactions.map((one) => ({
            ...one,
            amount: one.presentmentAmount ?? exchanged(one.amount),
        })),
        refunds: order.refunds.map((refund) => ({
            ...refund,
            shipping: exchanged(refund.shipping),
            lines: refund.lines.map((line) => ({ ...line, subtotal: exchanged(line.subtotal) })),
        })),
    }
}
