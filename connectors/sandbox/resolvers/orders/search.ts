import type { Context } from '../../context.ts'
import type { Order, SearchDocument } from '../../shop/order_rows.ts'
import { seenOrder } from '../../shop/orders/change.ts'
import { currentTotals } from '../../shop/orders/totals.ts'
import { type FieldTest, matches, termsOf } from '../search.ts'
import { anyTextTest, flagTest, idTest, numberTest, textTest, timeTest } from '../search_tests.ts'
import { ordersOf } from './visible.ts'

type Found = { order: Order; seen: SearchDocument }

/**
 * The orders a search names, in the order of a sort key. A filter asks the index, which lags: a new order is not in it
 * yet, a changed one is in it as it was. A list without a filter shows everything.
 */
export function foundOrders(context: Context, query?: string | null, sortKey?: string | null): Order[] {
    const { shop, clock } = context
    const now = clock.now()
    const filtered = query != null && query.trim() !== ''
    const found = ordersOf(context).flatMap((order): Found[] => {
        const seen = seenOrder(shop, order, now)
        if (!filtered) return [{ order, seen: seen ?? seenAtOnce(order) }]
        return seen && matches(query, testsOf(order, seen, query)) ? [{ order, seen }] : []
    })
    const by = keys[sortKey ?? 'PROCESSED_AT'] ?? (({ order }) => order.id)
    return found.sort((a, b) => compare(by(a), by(b)) || a.order.id - b.order.id).map(({ order }) => order)
}

const seenAtOnce = ({ updatedAt }: Order) => ({ updatedAt }) as SearchDocument

const keys: Record<string, (found: Found) => number | string> = {
    CREATED_AT: ({ order }) => order.createdAt,
    PROCESSED_AT: ({ order }) => order.processedAt,
    UPDATED_AT: ({ seen }) => seen.updatedAt,
    ORDER_NUMBER: ({ order }) => order.number,
    CURRENT_TOTAL_PRICE: ({ order }) => Number(currentTotals(order).total),
}

function compare(a: number | string, b: number | string): number {
    return a < b ? -1 : a > b ? 1 : 0
}

function testsOf(order: Order, seen: SearchDocument, query: string): Record<string, FieldTest> {
    return {
        default: (value) =>
            `${seen.name} ${order.email ?? ''} ${seen.note ?? ''}`.toLowerCase().includes(value.toLowerCase()),
        id: idTest(order.id),
        name: (value, operator) => textTest(withoutHash(seen.name))(withoutHash(value), operator),
        created_at: timeTest(order.createdAt),
        processed_at: timeTest(order.processedAt),
        updated_at: timeTest(seen.updatedAt),
        financial_status: statusTest(seen.financialStatus),
        fulfillment_status: (value) => shippingStatuses[seen.fulfillmentStatus]?.includes(value.toLowerCase()) ?? false,
        status: (value) => isStatus(seen, value.toLowerCase()),
        test: flagTest(order.test),
        tag: anyTextTest(seen.tags),
        tag_not: (value, operator) => !anyTextTest(seen.tags)(value, operator),
        source_identifier: textTest(seen.sourceIdentifier),
        source_name: textTest(order.sourceName),
        po_number: textTest(order.poNumber),
        email: textTest(order.email),
        customer_id: idTest(order.customer?.id ?? Number.NaN),
        sku: anyTextTest(order.lines.map(({ sku }) => sku ?? '')),
        gateway: anyTextTest(order.transactions.map(({ gateway }) => gateway)),
        current_total_price: (value, operator) => numberTest(Number(currentTotals(order).total))(value, operator),
        ...metafieldTests(seen, query),
    }
}

const withoutHash = (name: string) => name.replace(/^#/, '')

/** A field of an order without a financial status matches nothing. */
function statusTest(actual: string | null): FieldTest {
    return (value, operator) => actual !== null && textTest(actual)(value, operator)
}

const shippingStatuses: Record<string, readonly string[]> = {
    UNFULFILLED: ['unfulfilled', 'unshipped'],
    PARTIALLY_FULFILLED: ['partial', 'partially_fulfilled', 'unfulfilled'],
    FULFILLED: ['fulfilled', 'shipped'],
}

/** A closed order is archived; `open` is neither archived nor cancelled. */
function isStatus({ closed, cancelled }: SearchDocument, value: string): boolean {
    if (value === 'any') return true
    if (value === 'cancelled') return cancelled
    if (value === 'not_closed') return !closed
    return value === 'closed' ? closed : value === 'open' && !closed && !cancelled
}

/** `metafields.namespace.key:value`, for the metafields that the query names. */
function metafieldTests({ metafields }: SearchDocument, query: string): Record<string, FieldTest> {
    if (!query.includes('metafields.')) return {}
    const named = termsOf(query).filter(({ field }) => field.startsWith('metafields.'))
    return Object.fromEntries(
        named.map(({ field }) => {
            const values = metafields.filter((one) => `metafields.${one.namespace}.${one.key}` === field)
            return [field, anyTextTest(values.map(({ value }) => value))]
        }),
    )
}
