import type { LocationLink } from '../oracle/levels.ts'
import type { Buffer } from '../oracle/settings.ts'
import type { OrderFacts } from './entries.ts'

export type Mode = 'order_push' | 'adjust' | 'two_way' | 'none'

/** A linked pair as the watcher needs it: which item's stock is whose, and what is kept back of it. */
export type WatchedItem = { source: number; destination: number; factor: number; buffer: Buffer | null }

export type WatchedConnection = {
    source: string
    destination: string
    orders: Mode
    counts_as_paid: 'paid' | 'paid_and_authorized' | 'any'
    items: readonly WatchedItem[]
    /** in the order of their priority */
    locations: readonly LocationLink[]
    /** orders made before do not count (D5) */
    since: number
}

/** All the watcher is told beside the journal. */
export type Cast = {
    connections: readonly WatchedConnection[]
    orders: ReadonlyMap<string, readonly OrderFacts[]>
    /** by shop, how long its search index lags behind at most */
    lagMs: ReadonlyMap<string, number>
    /** orders at the source that stand for one of a destination: by `destination/order`, the id at the source */
    twins: ReadonlyMap<string, number>
    /** what is at a place where nothing ever moved */
    still: (shop: string, item: number, location: number) => number
    /** whether an item is stocked at a place in the end: of one that is not, a source cannot be told */
    stocked: (shop: string, item: number, location: number) => boolean
}

export const twinKey = (destination: string, orderId: number): string => `${destination}/${orderId}`
