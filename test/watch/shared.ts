import { type Cast, sourceLocationOf, twinKey, type WatchedConnection } from './cast.ts'
import { type Entry, isReading, isStock } from './entries.ts'
import type { Figures } from './figures.ts'
import { type Moment, ordersOf, standing, unitsHeld, type WatchedOrder } from './orders.ts'

/** What several stores take from one source: who holds how much of an item, and how much of it the source shows. */
export type Shared = ReturnType<typeof sharedOf>

export function sharedOf(journal: readonly Entry[], cast: Cast, figures: Figures) {
    const all = cast.connections.map((connection) => ({ connection, orders: ordersOf(journal, cast, connection) }))
    const held = (order: WatchedOrder, connection: WatchedConnection, source: Place, moment: Moment) =>
        places(connection, source).reduce(
            (sum, it) => sum + it.factor * unitsHeld(order, it.item, it.location, moment),
            0,
        )
    return {
        /** Units that orders of a store hold at a source's place, as far as the moment shows them. */
        heldAt(connection: WatchedConnection, source: Place, moment: Moment, also: readonly string[] = []): number {
            const own = all.find((it) => it.connection === connection)?.orders ?? []
            const counted = own.filter((it) => ['counts', ...also].includes(standing(it, connection, moment)))
            return counted.reduce((sum, it) => sum + held(it, connection, source, moment), 0)
        },
        /** What a two-way store's people counted more than was there: the source is told of it. */
        foundAt(connection: WatchedConnection, source: Place, n: number): number {
            if (connection.orders !== 'two_way') return 0
            const found = places(connection, source).map(({ item, location, factor }) => {
                const moves = figures.moves(connection.destination, item, location)
                const byHand = moves.filter((it) => it.n <= n && it.cause === 'hand')
                return factor * byHand.reduce((sum, it) => sum + it.delta, 0)
            })
            return found.reduce((sum, it) => sum + it, 0)
        },
        /** Units of stores' orders that the source had been told of by entry `n`: adjusted, or in an order of its own. */
        toldAt(source: string, place: Place, n: number): number {
            const twins = new Set(cast.twins.values())
            const told = journal.filter(isStock).filter((it) => it.n <= n && it.shop === source && isAt(it, place))
            const ours = told.filter((it) => it.cause === 'adjust' || twins.has(it.orderId ?? 0))
            return ours.reduce((sum, it) => sum + it.delta, 0)
        },
        /** What a store's API showed of its orders when they were last asked for before entry `n`. */
        asked({ destination }: WatchedConnection, n: number): Moment | null {
            const asked = journal
                .filter(isReading)
                .findLast((it) => it.n < n && it.shop === destination && it.of === 'orders' && it.how === 'bulk')
            return asked ? { n: asked.n, upTo: asked.at - (cast.lagMs.get(destination) ?? 0) } : null
        },
        orders: (connection: WatchedConnection) => all.find((it) => it.connection === connection)?.orders ?? [],
        held,
        isTwinned: ({ destination }: WatchedConnection, { id }: WatchedOrder) =>
            cast.twins.has(twinKey(destination, id)),
    }
}

/** An item of the source at one of its locations. */
export type Place = { item: number; location: number }

const isAt = (it: { inventoryItemId: number; locationId: number }, { item, location }: Place) =>
    it.inventoryItemId === item && it.locationId === location

/** A destination's items and locations whose stock is taken from a place of the source. */
function places(connection: WatchedConnection, source: Place) {
    return connection.items
        .filter((it) => it.source === source.item)
        .flatMap((it) =>
            connection.locations
                .filter(({ destination }) => sourceLocationOf(connection, destination) === source.location)
                .map(({ destination }) => ({ item: it.destination, location: destination, factor: it.factor })),
        )
}
