import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import type { Attribute, Ready } from './ready.ts'

/** Shopify takes tags of up to 40 characters on orders; longer ones it would drop (rule 60). */
const LONGEST_TAG = 40

export type Marks = { tags: string[]; attributes: Attribute[]; note: string }

/** The value of `crossdock.origin` that an order at the source carries: which order of which store it stands for. */
export const originOf = (destination: StoreRow, orderId: string): string => `${destination.domain}/${orderId}`

/**
 * By what a pushed order shows which one it stands for, and what settings let travel of the buyer's own words (rules 60,
 * 61, 71). A tag that is too long becomes an attribute.
 */
export function marksOf({ settings }: ConnectionRow, destination: StoreRow, order: Ready): Marks {
    const { marks, tags } = settings.push
    const travels = (detail: string) => (settings.order_details as string[]).includes(detail)
    const own = marks.includes('tags') ? tags.map((tag) => filled(tag, destination, order)).filter(Boolean) : []
    const all = [...new Set([...own, ...(travels('tags') ? order.tags : [])])]
    const [short, long] = [all.filter(fits), all.filter((tag) => !fits(tag))]
    return {
        tags: short,
        attributes: [
            ...(marks.includes('attributes') ? originAttributes(destination, order) : []),
            ...(long.length > 0 ? [{ key: 'Tags', value: long.join(', ') }] : []),
            ...buyerAttributes(order, travels),
        ],
        note: [marks.includes('note') ? originNote(destination, order) : null, travels('note') ? order.note : null]
            .filter(Boolean)
            .join('\n\n'),
    }
}

const fits = (tag: string) => tag.length <= LONGEST_TAG

/** `{store}`, `{name}`, `{number}` and `{shipping}` of a pattern. */
export function filled(pattern: string, { domain }: StoreRow, { name, shipping_title }: Ready): string {
    const values: Record<string, string> = {
        ...{ store: domain, name, number: name.replace(/^\D+/, '') || name, shipping: shipping_title ?? '' },
    }
    return pattern.replaceAll(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole).trim()
}

function originAttributes({ domain }: StoreRow, order: Ready): Attribute[] {
    const money = (amount: string | null) => (Number(amount) > 0 ? `${amount} ${order.currency_there}` : null)
    const presented = order.presentment_currency !== null && order.presentment_currency !== order.currency_there
    const rows: [string, string | null][] = [
        ['Destination store', domain],
        ['Destination order', order.name],
        ['Destination order id', order.order_id],
        ['Destination total', money(order.total_there)],
        ['Shipping method', order.shipping_title],
        ['Shipping paid there', money(order.shipping_there)],
        ['Discount codes', order.discount_codes.join(', ') || null],
        ['Paid in', presented ? order.presentment_currency : null],
        ['Exchange rate', order.currency === order.currency_there ? null : order.rate],
        ['Push', order.is_asked ? 'manual' : 'automatic'],
    ]
    return rows.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]))
}

function buyerAttributes(order: Ready, travels: (detail: string) => boolean): Attribute[] {
    const { customer } = order
    const name = [customer?.firstName, customer?.lastName].filter(Boolean).join(' ')
    return [
        ...(travels('customer') && name ? [{ key: 'Customer', value: name }] : []),
        ...(travels('email') && order.email ? [{ key: "Buyer's e-mail", value: order.email }] : []),
        ...(travels('attributes') ? (order.attributes ?? []) : []),
    ]
}

/** Rules 53 and 61. */
function originNote({ domain }: StoreRow, order: Ready): string {
    const stay = Number(order.lines_there) - Number(order.travelling)
    const lines = [
        `Order ${order.name} of ${domain}.`,
        `Prices ${order.taxes_included ? 'include' : 'do not include'} tax.`,
        ...(stay > 0
            ? [`${order.travelling} of its ${order.lines_there} lines are here; ${stay} stay at ${domain}.`]
            : []),
    ]
    return lines.join('\n')
}
