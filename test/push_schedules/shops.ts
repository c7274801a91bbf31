import type { Random } from '../../connectors/sandbox/shop/catalogue/random.ts'
import type { ShopState } from '../oracle/state.ts'
import { type Draft, draftsOf, type FullOrder, markOf, ordersOf } from '../oracle/twins/full_order.ts'
import type { Stage } from '../stock_stories/world.ts'

/** Everybody's shops as they stand, as people see them who sell and ship. */
export type Street = {
    stage: Stage
    random: Random
    shops: ReadonlyMap<string, ShopState>
    /** orders that somebody touched since the last run came to its end, by id: by which shop */
    touched: Map<number, string>
    /** where the last of it happened: at which destination's order, and at which source it stands */
    place: Place
}
export type Place = { destination: string | null; source: string | null }

/** An order and the ones at sources that stand for it. */
export type Twinned = { shop: string; order: FullOrder; twins: { shop: string; twin: FullOrder }[] }

export async function lookAround(
    stage: Stage,
    random: Random,
    touched: Map<number, string>,
    place: Place = { destination: null, source: null },
): Promise<Street> {
    const shops = new Map<string, ShopState>()
    for (const domain of stage.sandbox.shops.keys()) shops.set(domain, await stage.state(domain))
    return { stage, random, shops, touched, place }
}

export const destinationsOf = ({ world }: Stage) => [...new Set(world.connections.map((it) => it.destination))]
export const sourcesOf = ({ world }: Stage) => [...new Set(world.connections.map((it) => it.source))]

/** Orders of the destinations, with their twins; those that somebody else has touched meanwhile are left out. */
export function twinnedIn({ stage, shops, touched }: Street, by: 'destination' | 'source'): Twinned[] {
    return destinationsOf(stage).flatMap((shop) =>
        ordersOf(shops.get(shop)!).flatMap((order): Twinned[] => {
            const twins = sourcesOf(stage).flatMap((source) =>
                ordersOf(shops.get(source)!)
                    .filter((it) => markOf(it) === `${shop}/${order.id}`)
                    .map((twin) => ({ shop: source, twin })),
            )
            const toucher = touched.get(order.id)
            const isFree = toucher === undefined || (by === 'destination' ? toucher === shop : toucher !== shop)
            return isFree ? [{ shop, order, twins }] : []
        }),
    )
}

export function openDrafts({ stage, shops }: Street): { shop: string; draft: Draft }[] {
    return sourcesOf(stage).flatMap((shop) =>
        draftsOf(shops.get(shop)!)
            .filter(({ status }) => status === 'OPEN')
            .map((draft) => ({ shop, draft })),
    )
}

/** One of those that fit; null if none does. */
export function pick<Item>(random: Random, items: readonly Item[], fits: (item: Item) => boolean = () => true) {
    const fitting = items.filter(fits)
    return fitting.length > 0 ? random.one(fitting) : null
}

export const isOpen = ({ cancelledAt }: FullOrder) => cancelledAt === null
export const isPaid = ({ financialStatus }: FullOrder) => ['PAID', 'PARTIALLY_REFUNDED'].includes(financialStatus ?? '')
export const parcelsOf = ({ fulfillments }: FullOrder) => fulfillments.filter(({ status }) => status === 'SUCCESS')
export const isUnshipped = (order: FullOrder) => parcelsOf(order).length === 0
export const unshippedLine = (order: FullOrder) => order.lines.filter((line) => line.unfulfilledQuantity > 0)
