import { heldBy, type Move } from './held.ts'
import type { Connection } from './memory.ts'
import { twinsOf } from './orders.ts'
import type { ShopOrder, ShopState } from './state.ts'

/**
 * What a run did to orders: it pushed some to their source, and carried to each twin what became of the other. Whether it
 * should have is judged by the orders themselves; here the shops as they were before the run take it over, since figures
 * follow from what was told before they were read.
 */
export function takePushes(
    connections: readonly Connection[],
    states: ReadonlyMap<string, ShopState>,
    real: ReadonlyMap<string, ShopState>,
): void {
    for (const { source, destination, settings } of connections) {
        if (settings.orders !== 'order_push') continue
        const [there, here] = [real.get(source)!, real.get(destination)!]
        for (const order of here.orders ?? []) {
            const twins = twinsOf(there, destination, order)
            for (const twin of twins) takeOrder(states.get(source)!, twin)
            if (twins.length > 0) takeOrder(states.get(destination)!, order)
        }
    }
}

/** The order as it is now, with what it moved in its shop since. */
function takeOrder(state: ShopState, order: ShopOrder): void {
    const orders = state.orders ?? []
    state.orders = orders
    const index = orders.findIndex(({ id }) => id === order.id)
    const before = index < 0 ? [] : heldBy(orders[index]!)
    for (const move of [...heldBy(order), ...before.map(({ units, ...at }) => ({ ...at, units: -units }))]) {
        take(state, move)
    }
    orders[index < 0 ? orders.length : index] = structuredClone(order)
}

function take({ products }: ShopState, { inventoryItemId, locationId, units }: Move): void {
    for (const variant of products.flatMap((it) => it.variants)) {
        const level = variant.levels.find((it) => it.locationId === locationId)
        if (variant.inventoryItemId === inventoryItemId && level) level.available += units
    }
}
