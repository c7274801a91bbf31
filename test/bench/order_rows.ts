/**
 * Orders of the destination, row by row from numbers alone: two or three lines each, five lines to two orders. The last
 * of every fifty are the day's own: new today.
 */
const LINES = 2.5
const NEW_SHARE = 0.02

/** How many there are beside so many variants, with how many lines, and how many of them are new today. */
export const orderSizesOf = (variants: number) => {
    const orders = variants / 10
    return { orders, line_items: orders * LINES, new_orders: orders * NEW_SHARE }
}

const FIRST_ORDER = 5_500_000_000_000
const FIRST_LINE = 13_700_000_000_000

export const orderId = (n: number) => FIRST_ORDER + n
/** The first line of an order. */
export const firstLineOf = (order: number) => Math.ceil(order * LINES)

const time = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString()
/** What waits for payment would lower figures that the generator does not know of. */
const STATES = ['PAID', 'PAID', 'PAID', 'VOIDED', 'REFUNDED', 'PARTIALLY_REFUNDED', 'PAID'] as const

export const orderOf = (n: number) => ({
    order_id: orderId(n),
    name: `#${1001 + n}`,
    created_at: time(n),
    updated_at: time(n + 30),
    cancelled_at: n % 83 === 11 ? time(n + 20) : null,
    test: n % 997 === 5,
    financial_status: STATES[n % STATES.length]!,
    fulfillment_status: n % 3 === 0 ? 'FULFILLED' : 'UNFULFILLED',
    currency: 'GBP',
    total: `${20 + (n % 180)}.${10 + (n % 90)}`,
    refund_headers: '[]',
})

export const lineOf = (n: number) => ({
    line_item_id: FIRST_LINE + n,
    order_id: orderId(Math.floor(n / LINES)),
    variant_id: n % 211 === 3 ? null : 8_200_000_000_000 + ((n * 7919) % 1_000_000),
    sku: `SKU-${(n * 7919) % 1_000_000}`,
    title: `Article ${n % 40_000} in its best colour`,
    quantity: 1 + (n % 3),
    current_quantity: n % 97 === 1 ? 0 : 1 + (n % 3),
})

const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`

/** The lines of a bulk operation's result: each order, then its own. */
export function* orderNodes(orders: number): Generator<object> {
    for (let n = 0; n < orders; n++) {
        const row = orderOf(n)
        const id = gid('Order', row.order_id)
        yield {
            id,
            name: row.name,
            createdAt: row.created_at,
            updatedAt: row.updated_at,
            cancelledAt: row.cancelled_at,
            test: row.test,
            displayFinancialStatus: row.financial_status,
            displayFulfillmentStatus: row.fulfillment_status,
            currencyCode: row.currency,
            totalPriceSet: { shopMoney: { amount: row.total } },
            refunds: [],
        }
        for (let line = firstLineOf(n); line < firstLineOf(n + 1); line++) yield lineNode(line, id)
    }
}

function lineNode(n: number, __parentId: string) {
    const { line_item_id, quantity, current_quantity, sku, title, variant_id } = lineOf(n)
    const variant = variant_id && { id: gid('ProductVariant', variant_id) }
    const id = gid('LineItem', line_item_id)
    return { id, quantity, currentQuantity: current_quantity, sku, title, variant, __parentId }
}
