import type { Context } from '../../context.ts'
import type { Order } from '../../shop/order_rows.ts'
import { fulfillmentOrdersOf, orderOfPart } from '../../shop/orders/lookups.ts'
import type { Shop } from '../../shop/state.ts'
import { isVisible } from './visible.ts'

type Part = { id: number }

/** What of an order can be asked for by an id of its own, by type. */
export const orderParts: Readonly<Record<string, (shop: Shop, order: Order) => readonly Part[]>> = {
    LineItem: (_, order) => order.lines,
    OrderTransaction: (_, order) => order.transactions,
    Refund: (_, order) => order.refunds,
    Fulfillment: (_, order) => order.fulfillments,
    FulfillmentLineItem: (_, order) => order.fulfillments.flatMap(({ lines }) => lines),
    FulfillmentOrder: (shop, order) => fulfillmentOrdersOf(shop, order),
    FulfillmentOrderLineItem: (shop, order) => fulfillmentOrdersOf(shop, order).flatMap(({ lines }) => lines),
    Return: (_, order) => order.returns,
    ReturnLineItem: (_, order) => order.returns.flatMap(({ lines }) => lines),
}

/** A part of an order by its number; null if there is none, or if the token does not see its order. */
export function orderPart(context: Context, type: string, id: number): Part | null {
    const order = orderOfPart(context.shop, id)
    if (!order || !isVisible(context, order)) return null
    return orderParts[type]?.(context.shop, order).find((part) => part.id === id) ?? null
}
