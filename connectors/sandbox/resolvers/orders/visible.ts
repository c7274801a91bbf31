import type { Context } from '../../context.ts'
import type { Order, Shop } from '../../shop/state.ts'

const WINDOW_MS = 60 * 24 * 3600 * 1000

/**
 * Whether a token sees an order: those of the last 60 days, all with `read_all_orders`. Older ones are silently absent
 * from lists, and null by id.
 */
export function isVisible({ token, clock }: Context, order: Order): boolean {
    if (token.scopes === 'all' || token.scopes.has('read_all_orders')) return true
    return order.createdAt >= clock.now() - WINDOW_MS
}

/** The order of an id, if there is one and the token sees it. */
export function visibleOrder(context: Context, id: number): Order | null {
    const order = context.shop.orders.get(id)
    return order && isVisible(context, order) ? order : null
}

export function ordersOf(context: Context): Order[] {
    return [...context.shop.orders.values()].filter((order) => isVisible(context, order))
}

export function orderOf(shop: Shop, { orderId }: { orderId: number }): Order {
    return shop.orders.get(orderId)!
}
