import { type Cast, twinKey, type WatchedConnection } from './cast.ts'
import { type Entry, isReading, isStock } from './entries.ts'
import type { Figures } from './figures.ts'
import {
    isCancelled,
    type Moment,
    ordersOf,
    type Standing,
    standing,
    unitsHeld,
    unitsShipped,
    views,
    type WatchedOrder,
} from './orders.ts'

/** What several stores take from one source: who holds how much of an item, and how much of it the source shows. */
export type Shared = ReturnType<typeof sharedOf>

export function sharedOf(journal: readonly Entry[], cast: Cast, figures: Figures) {
    const all = cast.connections.map((connection) => ({ connection, orders: ordersOf(journal, cast, connection) }))
    const isTwinned = ({ destination }: WatchedConnection, { id }: WatchedOrder) =>
        cast.twins.has(twinKey(destination, id))
    const held = (order: WatchedOrder, connection: WatchedConnection, source: Place, moment: Moment) => {
        // What it shipped by itself before it was pushed is out of its own stock (rule 21b).
        const frees = connection.orders === 'order_push' && !isTwinned(connection, order)
        return places(connection, source).reduce((sum, { item, location, factor }) => {
            const shipped = frees ? unitsShipped(order, item, location, moment) : 0
            return sum + factor * (unitsHeld(order, item, location, moment) + shipped)
        }, 0)
    }
    /** How heavily an order weighs: of pushed ones a cancelled order was never sent (rule 58). */
    const weightOf = (order: WatchedOrder, connection: WatchedConnection, moment: Moment, weights: Weights) => {
        const isSent = connection.orders !== 'order_push' || isTwinned(connection, order) || !isCancelled(order, moment)
        return isSent ? (weights[standing(order, connection, moment)] ?? 0) : 0
    }
    return {
        /** Units that orders of a store hold at a source's place, as far as the moment shows them; at most. */
        heldAt(connection: WatchedConnection, source: Place, moment: Moment, weights: Weights = { counts: 1 }): number {
            const own = all.find((it) => it.connection === connection)?.orders ?? []
            const weighed = (order: WatchedOrder, at: Moment) => {
                const weight = weightOf(order, connection, at, weights)
                return weight === 0 ? 0 : weight * held(order, connection, source, at)
            }
            return own.reduce((sum, it) => sum + Math.max(...views(it, moment).map((at) => weighed(it, at))), 0)
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
        /** What a store's API showed of its orders when they were last asked for before entry `n`: at first, at last, and past any index since. */
        asked({ destination }: WatchedConnection, n: number): Moment[] | null {
            const own = journal.filter(isReading).filter((it) => it.shop === destination && it.of === 'orders')
            const asked = own.findLast((it) => it.n < n && it.how === 'bulk')
            if (!asked) return null
            const upTo = asked.at - (cast.lagMs.get(destination) ?? 0)
            const exact = own.filter((it) => it.how === 'by id' && it.n > asked.n && it.n < n)
            return [
                ...[asked.n, asked.until].map((it) => ({ n: it, upTo })),
                ...exact.map((it) => ({ n: it.until, upTo: Number.POSITIVE_INFINITY })),
            ]
        },
    }
}

/** How heavily a unit weighs in an order of some standing; not at all where it is not named. */
export type Weights = Partial<Record<Standing, number>>

/** An item of the source at one of its locations; `among`: the locations that are looked at together. */
export type Place = { item: number; location: number; among: readonly number[] }

const isAt = (it: { inventoryItemId: number; locationId: number }, { item, location }: Place) =>
    it.inventoryItemId === item && it.locationId === location

/**
 * A destination's items and locations whose stock is taken from a place of the source. Where several locations feed one,
 * which of them a sale is taken from is known only where all of them are looked at.
 */
function places(connection: WatchedConnection, source: Place) {
    return connection.items
        .filter((it) => it.source === source.item)
        .flatMap((it) =>
            connection.locations
                .filter(
                    ({ sources }) => sources[0] === source.location && sources.every((it) => source.among.includes(it)),
                )
                .map(({ destination }) => ({ item: it.destination, location: destination, factor: it.factor })),
        )
}
