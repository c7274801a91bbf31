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
    closed_at: n % 3 === 0 ? time(n + 30) : null,
    cancel_reason: n % 83 === 11 ? 'CUSTOMER' : null,
    presentment_currency: 'GBP',
    taxes_included: true,
    discount_total: '0.00',
    discount_codes: [],
    shipping_title: 'Standard',
    shipping_total: `${3 + (n % 4)}.95`,
    refunded_total: '0.00',
    tags: n % 5 === 0 ? ['gift'] : [],
})

const price = (n: number) => `${5 + (n % 60)}.${10 + (n % 90)}`
const tax = (n: number) => `${1 + (n % 9)}.${10 + (n % 90)}`

export const lineOf = (n: number) => ({
    line_item_id: FIRST_LINE + n,
    order_id: orderId(Math.floor(n / LINES)),
    variant_id: n % 211 === 3 ? null : 8_200_000_000_000 + ((n * 7919) % 1_000_000),
    sku: `SKU-${(n * 7919) % 1_000_000}`,
    title: `Article ${n % 40_000} in its best colour`,
    quantity: 1 + (n % 3),
    current_quantity: n % 97 === 1 ? 0 : 1 + (n % 3),
    variant_title: `${n % 2 === 0 ? 'M' : 'L'} / red`,
    requires_shipping: true,
    unit_price: price(n),
    presentment_unit_price: price(n),
    discount: 0,
    presentment_discount: 0,
    tax_lines: JSON.stringify([{ title: 'VAT', rate: 0.2, amount: tax(n), presentment_amount: tax(n) }]),
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
            totalPriceSet: amount(row.total),
            totalDiscountsSet: amount(row.discount_total),
            totalShippingPriceSet: amount(row.shipping_total),
            totalRefundedSet: amount(row.refunded_total),
            closedAt: row.closed_at,
            cancelReason: row.cancel_reason,
            presentmentCurrencyCode: row.presentment_currency,
            taxesIncluded: row.taxes_included,
            discountCodes: row.discount_codes,
            tags: row.tags,
            shippingLine: { title: row.shipping_title },
            refunds: [],
            fulfillments: [],
        }
        for (let line = firstLineOf(n); line < firstLineOf(n + 1); line++) yield lineNode(line, id)
    }
}

const amount = (value: string) => ({ shopMoney: { amount: value } })
const both = (value: string) => ({ ...amount(value), presentmentMoney: { amount: value } })

function lineNode(n: number, __parentId: string) {
    const row = lineOf(n)
    return {
        id: gid('LineItem', row.line_item_id),
        quantity: row.quantity,
        currentQuantity: row.current_quantity,
        sku: row.sku,
        title: row.title,
        variantTitle: row.variant_title,
        requiresShipping: row.requires_shipping,
        variant: row.variant_id && { id: gid('ProductVariant', row.variant_id) },
        originalUnitPriceSet: both(row.unit_price),
        discountAllocations: [],
        taxLines: [{ title: 'VAT', rate: 0.2, priceSet: both(tax(n)) }],
        __parentId,
    }
}
