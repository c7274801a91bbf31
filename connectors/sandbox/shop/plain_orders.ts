import { isoTime } from './gids.ts'
import type { Order } from './order_rows.ts'
import { locationOfLine } from './orders/edits.ts'
import { fulfillmentOrdersOf } from './orders/lookups.ts'
import {
    currentQuantity,
    currentTotals,
    financialStatus,
    fulfillmentStatus,
    originalTotals,
    payments,
    unfulfilledQuantity,
} from './orders/totals.ts'
import type { Shop } from './state.ts'

const time = (at: number | null) => (at === null ? null : isoTime(at))

/** An order in plain form; its fulfilment orders tell how many units of a line each location has. */
export function plainOrder(shop: Shop, order: Order) {
    const { id, name, test, tags, note, currency, sourceName, sourceIdentifier, cancelReason, edited } = order
    const { received, refunded } = payments(order)
    return {
        ...{ id, name, test, tags, note, currency, sourceName, sourceIdentifier, edited },
        ...{ createdAt: isoTime(order.createdAt), updatedAt: isoTime(order.updatedAt) },
        ...{ cancelledAt: time(order.cancelledAt), cancelReason, closedAt: time(order.closedAt) },
        ...{ financialStatus: financialStatus(order), fulfillmentStatus: fulfillmentStatus(order) },
        ...{ total: originalTotals(order).total, currentTotal: currentTotals(order).total, received, refunded },
        ...{ email: order.email, customer: order.customer, shippingAddress: order.shippingAddress },
        metafields: order.metafields.map(({ namespace, key, type, value }) => ({ namespace, key, type, value })),
        customAttributes: order.customAttributes,
        lines: order.lines.map((line) => ({
            ...{ id: line.id, variantId: line.variantId, inventoryItemId: line.inventoryItemId, sku: line.sku },
            ...{ title: line.title, price: line.price, discount: line.discount, quantity: line.quantity },
            ...{ currentQuantity: currentQuantity(line), unfulfilledQuantity: unfulfilledQuantity(line) },
            fulfilledQuantity: line.fulfilledQuantity,
            // the location it was assigned to last; null where there is none
            locationId: locationOfLine(shop, order, line),
        })),
        fulfillmentOrders: fulfillmentOrdersOf(shop, order).map((row) => ({
            ...{ id: row.id, locationId: row.locationId, status: row.status },
            lines: row.lines.map(({ id: partId, lineId, totalQuantity, remainingQuantity, claimed }) => ({
                ...{ id: partId, lineId, totalQuantity, remainingQuantity, claimed },
            })),
        })),
        fulfillments: order.fulfillments.map((row) => ({
            ...{ id: row.id, locationId: row.locationId, status: row.status, tracking: row.tracking },
            lines: row.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
        })),
        refunds: order.refunds.map((refund) => ({
            ...{ id: refund.id, note: refund.note, createdAt: isoTime(refund.createdAt), returnId: refund.returnId },
            lines: refund.lines.map(({ lineId, quantity, restockType, restocked, locationId }) => ({
                ...{ lineId, quantity, restockType, restocked, locationId },
            })),
        })),
        returns: order.returns.map((row) => ({
            ...{ id: row.id, name: row.name, status: row.status },
            lines: row.lines.map(({ lineId, quantity, processedQuantity }) => ({
                ...{ lineId, quantity, processedQuantity },
            })),
        })),
        transactions: order.transactions.map(({ id: transactionId, kind, status, amount, gateway }) => ({
            ...{ id: transactionId, kind, status, amount, gateway },
        })),
    }
}
