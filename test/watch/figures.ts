import type { Cast } from './cast.ts'
import { type Entry, isStock, type StockEntry } from './entries.ts'

const place = (shop: string, item: number, location: number) => `${shop}/${item}/${location}`

const before = ({ after, delta }: StockEntry): number => after - delta

/** From one entry to another. */
type Span = { n: number; until: number }

/** Every figure at every moment, told by its moves. */
export type Figures = ReturnType<typeof figuresOf>

export function figuresOf(journal: readonly Entry[], still: Cast['still']) {
    const moves = Map.groupBy(journal.filter(isStock), (it) => place(it.shop, it.inventoryItemId, it.locationId))
    const movesAt = (shop: string, item: number, location: number) => moves.get(place(shop, item, location)) ?? []
    return {
        /** What was there just after entry `n`. */
        at(shop: string, item: number, location: number, n: number): number {
            const own = movesAt(shop, item, location)
            const last = own.findLast((it) => it.n <= n)
            if (last) return last.after
            return own[0] ? before(own[0]) : still(shop, item, location)
        },
        /** The highest that a reading may show: what was there as it looked; or since a time, if an index lags so far. */
        highest(shop: string, item: number, location: number, reading: Span, since: number | null): number {
            const shown = movesAt(shop, item, location).filter(
                (it) => it.n <= reading.until && (it.n > reading.n || (since !== null && it.at >= since)),
            )
            return Math.max(this.at(shop, item, location, reading.until), ...shown.map(before))
        },
        moves: movesAt,
    }
}
