import type { Shop } from '../state.ts'
import { settleCancelled } from './cancel.ts'

/** Settles the cancellations that are due: of those asked for over the API units and money follow a while later. */
export function settleCancellations(shop: Shop, now: number) {
    if (shop.cancellations.length === 0) return
    const due = shop.cancellations.filter(({ dueAt }) => dueAt <= now)
    shop.cancellations = shop.cancellations.filter(({ dueAt }) => dueAt > now)
    for (const { orderId, dueAt, ...given } of due) {
        const order = shop.orders.get(orderId)
        if (order) settleCancelled(shop, order, given, dueAt)
    }
}
