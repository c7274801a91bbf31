import { asJson, at, idAt, json, type Node, plain, text } from '../../../connectors/entities/index.ts'
import { scopesOfOrders } from '../../scopes.ts'
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
        { name: 'refund_headers', read: refundHeaders },
    ],
    quiet: ['updated_at'],
    people: Object.entries(people).map(([name, { read }]) => ({ name, read })),
    countable: 'orders',
})

/**
 * Orders with their lines, refund headers and returns, created since the connections that need them were accepted;
 * cancelled and closed ones are among them, since no status is asked for.
 */
export const orders: Operation = {
    name: 'orders',
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
            ],
            parent: { table: 'returns', column: 'return_id' },
        }),
    ],
    also: [{ statement: 'staging/merge_order_people', lists: order.lists }],
    // A range filter may time out under another order than that of its field.
    document: ({ filter, details = [] }) => `query orders {
        orders${filter === null ? '' : `(query: ${JSON.stringify(filter)}, sortKey: ${sortKeyFor(filter)})`} { edges { node {
            id name createdAt updatedAt cancelledAt test displayFinancialStatus displayFulfillmentStatus currencyCode
            totalPriceSet { shopMoney { amount } }
            refunds { id updatedAt }
            ${details.map((detail) => people[detail]!.select).join(' ')}
            lineItems { edges { node { id quantity currentQuantity sku title variant { id } } } }
            returns { edges { node {
                id name status
                returnLineItems { edges { node { id quantity ... on ReturnLineItem { fulfillmentLineItem { id } } } } }
            } } }
        } } }
    }`,
    isNeeded: ordersAreNeeded,
    async asks(q, store) {
        const { since, details } = await asksOfOrders(q, store)
        const own = fromThenOn('created_at', since)
        return { filter: { full: own, incremental: own }, details, scopes: scopesOfOrders(details) }
    },
    varies: true,
    finish: readRefunds,
}

const sortKeyFor = (filter: string) => (filter.includes('updated_at') ? 'UPDATED_AT' : 'CREATED_AT')
