import { isoTime } from './gids.ts'
import type { DraftOrder, Order } from './order_rows.ts'
import { sum } from './orders/amounts.ts'
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

const amountOf = ({ transactions }: Order, ids: readonly number[]) =>
    sum(transactions.filter(({ id }) => ids.includes(id)).map(({ amount }) => amount))

const time = (at: number | null) => (at === null ? null : isoTime(at))

/** An order in plain form; its fulfilment orders tell how many units of a line each location has. */
export function plainOrder(shop: Shop, order: Order) {
    const { id, name, test, tags, note, currency, sourceName, sourceIdentifier, cancelReason, edited, staffNote } =
        order
    const { received, refunded } = payments(order)
    return {
        ...{ id, name, test, tags, note, currency, sourceName, sourceIdentifier, edited },
        ...{ createdAt: isoTime(order.createdAt), updatedAt: isoTime(order.updatedAt) },
        ...{ cancelledAt: time(order.cancelledAt), cancelReason, staffNote, closedAt: time(order.closedAt) },
        ...{ financialStatus: financialStatus(order), fulfillmentStatus: fulfillmentStatus(order) },
        ...{ total: originalTotals(order).total, currentTotal: currentTotals(order).total, received, refunded },
        ...{ email: order.email, phone: order.phone, customer: order.customer },
        ...{ shippingAddress: order.shippingAddress, billingAddress: order.billingAddress },
        ...{ taxesIncluded: order.taxesIncluded, discountCodes: order.discountCodes },
        presentment: order.presentment ?? null,
        shippingLines: order.shippingLines.map(({ title, price, presentmentPrice }) => ({
            ...{ title, price, presentmentPrice: presentmentPrice ?? null },
        })),
        metafields: order.metafields.map(({ namespace, key, type, value }) => ({ namespace, key, type, value })),
        customAttributes: order.customAttributes,
        lines: order.lines.map((line) => ({
            ...{ id: line.id, variantId: line.variantId, inventoryItemId: line.inventoryItemId, sku: line.sku },
            ...{ title: line.title, price: line.price, discount: line.discount, quantity: line.quantity },
            ...{ requiresShipping: line.requiresShipping, taxLines: line.taxLines },
            ...{ customAttributes: line.customAttributes, presentment: line.presentment ?? null },
            ...{ added: line.added ?? 0, restocked: line.restocked ?? 0 },
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
            ...{ mails: row.mails ?? 0, createdAt: isoTime(row.createdAt) },
            lines: row.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
        })),
        refunds: order.refunds.map((refund) => ({
            ...{ id: refund.id, note: refund.note, createdAt: isoTime(refund.createdAt), returnId: refund.returnId },
            ...{ shipping: refund.shipping, amount: amountOf(order, refund.transactionIds) },
            lines: refund.lines.map(({ lineId, quantity, restockType, restocked, locationId }) => ({
                ...{ lineId, quantity, restockType, restocked, locationId },
            })),
        })),
        returns: order.returns.map((row) => ({
            ...{ id: row.id, name: row.name, status: row.status, createdAt: isoTime(row.createdAt) },
            lines: row.lines.map(({ lineId, quantity, processedQuantity, reason, note: said }) => ({
                ...{ lineId, quantity, processedQuantity, reason, note: said },
            })),
        })),
        transactions: order.transactions.map(({ id: transactionId, kind, status, amount, gateway }) => ({
            ...{ id: transactionId, kind, status, amount, gateway },
        })),
    }
}

/** A draft in plain form. */
export function plainDraft(draft: DraftOrder) {
    const { id, name, status, orderId, email, note, tags, customAttributes, shippingAddress, taxExempt = false } = draft
    return {
        ...{ id, name, status, orderId, email, note, tags, customAttributes, shippingAddress, taxExempt },
        ...{ createdAt: isoTime(draft.createdAt), completedAt: time(draft.completedAt) },
        metafields: draft.metafields.map(({ namespace, key, type, value }) => ({ namespace, key, type, value })),
        shippingLines: draft.shippingLines.map(({ title, price }) => ({ title, price })),
        lines: draft.lines.map((line) => ({
            ...{ variantId: line.variantId, sku: line.sku, quantity: line.quantity, price: line.price },
            ...{ discount: line.discount, customAttributes: line.customAttributes },
        })),
    }
}
