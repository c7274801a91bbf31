import type { Shop } from '../state.ts'
import { cancelOrder } from './cancel.ts'

/** Carries out the cancellations that are due: those asked for over the API take effect a while later. */
export function settleCancellations(shop: Shop, now: number) {
    if (shop.cancellations.length === 0) return
    const due = shop.cancellations.filter(({ dueAt }) => dueAt <= now)
    shop.cancellations = shop.cancellations.filter(({ dueAt }) => dueAt > now)
    for (const { orderId, dueAt, ...given } of due) {
        const order = shop.orders.get(orderId)
        const shipped = order?.fulfillments.some(({ status }) => status === 'SUCCESS')
        if (order && order.cancelledAt === null && !shipped) cancelOrder(shop, order, given, dueAt)
    }
}
