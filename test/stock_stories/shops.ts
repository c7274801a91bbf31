import type { Random } from '../../connectors/sandbox/shop/catalogue/random.ts'
import type { Mode } from '../watch/cast.ts'
import type { Stage } from './world.ts'

/** An order as the control address shows it, as far as people look at one. */
export type Order = {
    id: number
    name: string
    cancelledAt: string | null
    financialStatus: string | null
    lines: { id: number; sku: string; quantity: number; currentQuantity: number; unfulfilledQuantity: number }[]
    fulfillments: unknown[]
    metafields: { key: string; value: string }[]
}

export type Level = { sku: string; location: string; available: number }

/**
 * What people at a shop see: its orders, and what lies where it is open; which of its locations are closed, and which of its
 * products (by a SKU of each) are hidden.
 */
export type Counter = {
    shop: string
    mode: Mode
    orders: Order[]
    levels: Level[]
    locations: { id: number; name: string }[]
    closed: string[]
    hidden: string[]
}

/** What a product is hidden by where a connection does not say otherwise (rule 7). */
export const HIDE_TAG = 'crossdock-hidden'

export async function counterOf(stage: Stage, shop: string): Promise<Counter> {
    const state = (await stage.state(shop)) as unknown as {
        orders: Order[]
        locations: { id: number; name: string; active: boolean }[]
        products: {
            tags: string[]
            variants: { sku: string; levels: { locationId: number; available: number }[] }[]
        }[]
    }
    const locations = state.locations.filter(({ active }) => active)
    const nameOf = new Map(locations.map(({ id, name }) => [id, name]))
    const hidden = state.products.filter(({ tags }) => tags.includes(HIDE_TAG))
    const connection = stage.world.connections.find(({ destination }) => destination === shop)
    return {
        shop,
        mode: (connection?.settings.orders ?? 'none') as Mode,
        orders: state.orders,
        locations,
        closed: state.locations.filter(({ active }) => !active).map(({ name }) => name),
        hidden: hidden.map(({ variants }) => variants[0]!.sku),
        // In an order that does not hang on which product was made first.
        levels: state.products
            .flatMap(({ variants }) => variants)
            .flatMap(({ sku, levels }) =>
                levels.map(({ locationId, available }) => ({ sku, location: nameOf.get(locationId)!, available })),
            )
            .filter(({ location }) => location !== undefined)
            .toSorted((a, b) => (`${a.sku}/${a.location}` < `${b.sku}/${b.location}` ? -1 : 1)),
    }
}

/** One of those that fit; null if none does. */
export function pick<Item>(random: Random, items: readonly Item[], fits: (item: Item) => boolean = () => true) {
    const fitting = items.filter(fits)
    return fitting.length > 0 ? random.one(fitting) : null
}
