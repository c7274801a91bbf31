import { asJson, at, idAt, type Node, plain } from '../../../connectors/entities/index.ts'
import { scopesOfOrders } from '../../../connectors/shopify/scopes.ts'
import { asksOfOrders, fromThenOn, ordersAreNeeded } from '../asks_of_orders.ts'
import { keyed } from '../keyed.ts'
import type { Operation } from '../operation.ts'

const tracking = (node: Node) => asJson(at(node, 'trackingInfo') ?? [])
/** Shopify may leave the quantity of a fulfilment's line open. */
const quantity = (node: Node) => (at(node, 'quantity') as number | null) ?? 0

/**
 * Where each order is to be shipped from (rule 21a), and what was shipped. Closed ones are among them, which Shopify
 * leaves out unless asked. They cannot be filtered by when their order was made: one that moved since the connection
 * was accepted will do, and brings what an older order ships since.
 */
export const fulfillmentOrders: Operation = {
    name: 'fulfillment_orders',
    isOfItsRun: true,
    kinds: ['full', 'incremental'],
    tables: [
        keyed({
            name: 'fulfillment_orders',
            lines: 'FulfillmentOrder',
            key: { name: 'fulfillment_order_id', read: idAt('id') },
            columns: [
                { name: 'order_id', read: idAt('orderId') },
                { name: 'status', read: plain('status') },
                { name: 'location_id', read: idAt('assignedLocation.location.id') },
            ],
        }),
        keyed({
            name: 'fulfillment_order_lines',
            lines: 'FulfillmentOrder>FulfillmentOrderLineItem',
            key: { name: 'fulfillment_order_line_id', read: idAt('id') },
            columns: [
                { name: 'fulfillment_order_id', read: idAt('__parentId') },
                { name: 'line_item_id', read: idAt('lineItem.id') },
                { name: 'total_quantity', read: plain('totalQuantity') },
                { name: 'remaining_quantity', read: plain('remainingQuantity') },
            ],
            parent: { table: 'fulfillment_orders', column: 'fulfillment_order_id' },
        }),
        // One parcel may hold lines of several fulfilment orders, and comes with each of them.
        keyed({
            name: 'fulfillments',
            lines: 'FulfillmentOrder>Fulfillment',
            key: { name: 'fulfillment_id', read: idAt('id') },
            columns: [
                { name: 'order_id', read: idAt('order.id') },
                { name: 'status', read: plain('status') },
                { name: 'tracking', read: tracking },
                { name: 'created_at', read: plain('createdAt') },
            ],
            repeats: true,
        }),
        keyed({
            name: 'fulfillment_lines',
            lines: 'Fulfillment>FulfillmentLineItem',
            key: { name: 'fulfillment_line_id', read: idAt('id') },
            columns: [
                { name: 'fulfillment_id', read: idAt('__parentId') },
                { name: 'line_item_id', read: idAt('lineItem.id') },
                { name: 'quantity', read: quantity },
            ],
            parent: { table: 'fulfillments', column: 'fulfillment_id' },
            repeats: true,
        }),
    ],
    document: ({ filter }) => `query fulfillment_orders {
        fulfillmentOrders(includeClosed: true${
            filter === null ? '' : `, query: ${JSON.stringify(filter)}, sortKey: UPDATED_AT`
        }) { edges { node {
            id orderId status updatedAt
            assignedLocation { location { id } }
            lineItems { edges { node { id totalQuantity remainingQuantity lineItem { id } } } }
            fulfillments { edges { node {
                id status createdAt
                order { id }
                trackingInfo { company number url }
                fulfillmentLineItems { edges { node { id quantity lineItem { id } } } }
            } } }
        } } }
    }`,
    isNeeded: ordersAreNeeded,
    async asks(q, store) {
        const { since } = await asksOfOrders(q, store)
        return {
            filter: { full: fromThenOn('updated_at', since), incremental: null },
            details: [],
            scopes: scopesOfOrders([]),
        }
    },
    varies: true,
}
