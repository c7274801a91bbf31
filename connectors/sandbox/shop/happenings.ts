import type { Shop } from './state.ts'

/** Why units moved: what a watcher is told beside the numbers. `hand`: by people in the admin. */
export type Cause = {
    cause:
        | 'order'
        | 'cancel'
        | 'refund'
        | 'return'
        | 'edit'
        | 'ship'
        | 'move'
        | 'hand'
        | 'set'
        | 'adjust'
        | 'activate'
        | 'stock'
        | 'unstock'
        | 'product'
    orderId?: number
    lineId?: number
    /** of a set or adjustment, exactly as given: null or absent says that nothing is compared */
    changeFromQuantity?: number | null
    idempotencyKey?: string | null
    mutation?: string
}

/** Something that happened in a shop, for whoever watches it. */
export type Happening = { kind: string; at: number } & Record<string, unknown>

const watchers = new WeakMap<Shop, (happening: Happening) => void>()

/** Has a watcher told of all that happens in a shop from now on; there is one at most. */
export function watchShop(shop: Shop, watcher: (happening: Happening) => void) {
    watchers.set(shop, watcher)
}

/** Tells the shop's watcher, if there is one. */
export function tell(shop: Shop, happening: Happening) {
    watchers.get(shop)?.(happening)
}
