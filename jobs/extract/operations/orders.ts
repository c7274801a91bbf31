import {
    asJson,
    at,
    decimalSum,
    idAt,
    type Json,
    json,
    texts as list,
    type Node,
    plain,
    text,
} from '../../../connectors/entities/index.ts'
import { scopesOfOrders } from '../../../connectors/shopify/scopes.ts'
import { asksOfOrders, fromThenOn, ordersAreNeeded } from '../asks_of_orders.ts'
import { keyed } from '../keyed.ts'
import type { Operation } from '../operation.ts'
import { readRefunds } from '../refunds.ts'

/** Which refunds an order has; their lines are in a list of connections, which bulk queries refuse (rule 76). */
function refundHeaders(node: Node): string {
    const refunds = (at(node, 'refunds') ?? []) as { id: string; updatedAt: string }[]
    return asJson(refunds.map(({ id, updatedAt }) => ({ id: idAt('id')({ id }), updated_at: updatedAt })))
}

const ADDRESS =
    '{ firstName lastName company address1 address2 city zip province provinceCode country countryCodeV2 phone }'

/** Personal data by the name that the setting `order_details` gives it; asked for only then (rule 71). */
const people: Record<string, { select: string; read: ReturnType<typeof json> }> = {
    customer: {
        select: 'customer { id firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }',
        read: json('customer'),
    },
    email: { select: 'email', read: text('email') },
    phone: { select: 'phone', read: text('phone') },
    shipping_address: { select: `shippingAddress ${ADDRESS}`, read: json('shippingAddress') },
    billing_address: { select: `billingAddress ${ADDRESS}`, read: json('billingAddress') },
    note: { select: 'note', read: text('note') },
    attributes: { select: 'customAttributes { key value }', read: json('customAttributes') },
}

/** Of a source's order: which one of a destination it stands for. */
const ORIGIN = 'origin: metafield(namespace: "crossdock", key: "origin") { value }'
const MONEY = '{ shopMoney { amount } presentmentMoney { amount } }'
/** By this property a line that we pushed says which one it stands for. */
const MARK = '_crossdock'
type Attribute = { key: string; value: string | null }
type Money = { shopMoney: { amount: string }; presentmentMoney: { amount: string } }

const attributes = (node: Node) => (at(node, 'customAttributes') ?? []) as Attribute[]

/** All discounts of a line together. */
const discount = (of: keyof Money) => (node: Node) =>
    decimalSum(
        ((at(node, 'discountAllocations') ?? []) as { allocatedAmountSet: Money }[]).map(
            (it) => it.allocatedAmountSet[of].amount,
        ),
    )

function taxLines(node: Node): string {
    const lines = (at(node, 'taxLines') ?? []) as {
        title: string
        ratePercentage: number | null
        rate: number | null
        priceSet: Money
    }[]
    return asJson(
        lines.map(({ title, rate, priceSet }) => ({
            ...{ title, rate, amount: priceSet.shopMoney.amount, presentment_amount: priceSet.presentmentMoney.amount },
        })),
    )
}

/** What its parcels are by now; their lines come with the fulfilment orders. */
function parcels(node: Node): string {
    const all = (at(node, 'fulfillments') ?? []) as { id: string; status: string; trackingInfo: Json[] }[]
    return asJson(
        all.map(({ id, status, trackingInfo }) => ({ id: idAt('id')({ id }), status, tracking: trackingInfo })),
    )
}

const order = keyed({
    name: 'orders',
    made: 'staging/incoming_orders',
    lines: 'Order',
    key: { name: 'order_id', read: idAt('id') },
    columns: [
        { name: 'name', read: text('name') },
        { name: 'created_at', read: plain('createdAt') },
        { name: 'updated_at', read: plain('updatedAt') },
        { name: 'cancelled_at', read: plain('cancelledAt') },
        { name: 'test', read: plain('test') },
        { name: 'financial_status', read: plain('displayFinancialStatus') },
        { name: 'fulfillment_status', read: plain('displayFulfillmentStatus') },
        { name: 'currency', read: plain('currencyCode') },
        { name: 'total', read: plain('totalPriceSet.shopMoney.amount') },
        { name: 'closed_at', read: plain('closedAt') },
        { name: 'cancel_reason', read: plain('cancelReason') },
        { name: 'presentment_currency', read: plain('presentmentCurrencyCode') },
        { name: 'taxes_included', read: plain('taxesIncluded') },
        { name: 'discount_total', read: plain('totalDiscountsSet.shopMoney.amount') },
        { name: 'discount_codes', read: list('discountCodes') },
        { name: 'shipping_title', read: text('shippingLine.title') },
        { name: 'shipping_total', read: plain('totalShippingPriceSet.shopMoney.amount') },
        { name: 'refunded_total', read: plain('totalRefundedSet.shopMoney.amount') },
        { name: 'tags', read: list('tags') },
        { name: 'origin', read: text('origin.value') },
        { name: 'refund_headers', read: refundHeaders },
    ],
    quiet: ['updated_at'],
    people: Object.entries(people).map(([name, { read }]) => ({ name, read })),
    beside: [{ name: 'parcels', read: parcels }],
    countable: 'orders',
})

/**
 * Orders with their lines, refund headers and returns, created since the connections that need them were accepted (or moved since);
 * cancelled and closed ones are among them, since no status is asked for.
 */
export const orders: Operation = {
    name: 'orders',
    isOfItsRun: true,
    kinds: ['full', 'incremental'],
    tables: [
        order,
        keyed({
            name: 'line_items',
            lines: 'Order>LineItem',
            key: { name: 'line_item_id', read: idAt('id') },
            columns: [
                { name: 'order_id', read: idAt('__parentId') },
                { name: 'variant_id', read: idAt('variant.id') },
                { name: 'sku', read: text('sku') },
                { name: 'title', read: text('title') },
                { name: 'quantity', read: plain('quantity') },
                { name: 'current_quantity', read: plain('currentQuantity') },
                { name: 'variant_title', read: text('variantTitle') },
                { name: 'requires_shipping', read: plain('requiresShipping') },
                { name: 'unit_price', read: plain('originalUnitPriceSet.shopMoney.amount') },
                { name: 'presentment_unit_price', read: plain('originalUnitPriceSet.presentmentMoney.amount') },
                { name: 'discount', read: discount('shopMoney') },
                { name: 'presentment_discount', read: discount('presentmentMoney') },
                { name: 'tax_lines', read: taxLines },
                { name: 'properties', read: (node) => asJson(attributes(node).filter(({ key }) => key !== MARK)) },
                { name: 'mark', read: (node) => attributes(node).find(({ key }) => key === MARK)?.value ?? null },
            ],
            parent: { table: 'orders', column: 'order_id' },
        }),
        keyed({
            name: 'returns',
            lines: 'Order>Return',
            key: { name: 'return_id', read: idAt('id') },
            columns: [
                { name: 'order_id', read: idAt('__parentId') },
                { name: 'name', read: text('name') },
                { name: 'status', read: plain('status') },
            ],
            parent: { table: 'orders', column: 'order_id' },
        }),
        keyed({
            name: 'return_lines',
            lines: 'Return>ReturnLineItem',
            key: { name: 'return_line_id', read: idAt('id') },
            columns: [
                { name: 'return_id', read: idAt('__parentId') },
                { name: 'fulfillment_line_id', read: idAt('fulfillmentLineItem.id') },
                { name: 'quantity', read: plain('quantity') },
                { name: 'processed_quantity', read: plain('processedQuantity') },
                { name: 'reason', read: text('returnReasonDefinition.handle') },
                { name: 'note', read: text('returnReasonNote') },
            ],
            parent: { table: 'returns', column: 'return_id' },
        }),
    ],
    also: [{ statement: 'staging/merge_order_people', lists: order.lists }, { statement: 'staging/merge_parcels' }],
    // A range filter may time out under another order than that of its field.
    document: ({ store, filter, details = [] }) => `query orders {
        orders${filter === null ? '' : `(query: ${JSON.stringify(filter)}, sortKey: ${sortKeyFor(filter)})`} { edges { node {
            id name createdAt updatedAt cancelledAt test displayFinancialStatus displayFulfillmentStatus currencyCode
            totalPriceSet { shopMoney { amount } } totalDiscountsSet { shopMoney { amount } }
            totalShippingPriceSet { shopMoney { amount } } totalRefundedSet { shopMoney { amount } }
            closedAt cancelReason presentmentCurrencyCode taxesIncluded discountCodes tags
            shippingLine { title }
            ${store.role === 'source' ? ORIGIN : ''}
            refunds { id updatedAt }
            fulfillments { id status trackingInfo { company number url } }
            ${details.flatMap((detail) => people[detail]?.select ?? []).join(' ')}
            lineItems { edges { node {
                id quantity currentQuantity sku title variantTitle requiresShipping variant { id }
                originalUnitPriceSet ${MONEY}
                discountAllocations { allocatedAmountSet ${MONEY} }
                taxLines { title rate priceSet ${MONEY} }
                ${store.role === 'source' || details.includes('properties') ? 'customAttributes { key value }' : ''}
            } } }
            returns { edges { node {
                id name status
                returnLineItems { edges { node { id quantity ... on ReturnLineItem {
                    fulfillmentLineItem { id } processedQuantity returnReasonDefinition { handle } returnReasonNote
                } } } }
            } } }
        } } }
    }`,
    isNeeded: ordersAreNeeded,
    async asks(q, store) {
        const { since, older, details } = await asksOfOrders(q, store)
        const own = fromThenOn(older ? 'updated_at' : 'created_at', since)
        return { filter: { full: own, incremental: older ? null : own }, details, scopes: scopesOfOrders(details) }
    },
    varies: true,
    finish: readRefunds,
}

const sortKeyFor = (filter: string) => (filter.includes('updated_at') ? 'UPDATED_AT' : 'CREATED_AT')
