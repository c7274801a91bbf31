import type { Cast, WatchedConnection } from './cast.ts'
import { type Entry, isReading, isStock } from './entries.ts'
import { complaints } from './watcher.ts'

export const SOURCE = 'northwind.example'
export const SHOP = 'corner-shop.example'
export const OTHER = 'outlet.example'

/** The one item everywhere, and the one location of each shop. */
const ITEM = 7
const LOCATION = 1

export const watched = (destination: string, more: Partial<WatchedConnection> = {}): WatchedConnection => ({
    ...{ source: SOURCE, destination, orders: 'adjust', counts_as_paid: 'paid', since: 0 },
    items: [{ source: ITEM, destination: ITEM, factor: 1, buffer: null }],
    locations: [{ sources: [LOCATION], destination: LOCATION, open: true }],
    ...more,
})

type Told = { shop: string; cause: string; delta: number; orderId?: number; from?: number | null }

/** Lines of a journal, each a second later than the last. */
function openJournal(start: number) {
    const lines: Entry[] = []
    let at = 1_000_000
    const next = () => {
        at += 1000
        return { n: lines.length + 1, at }
    }
    const figure = (shop: string) => lines.filter(isStock).findLast((it) => it.shop === shop)?.after ?? start
    const place = { inventoryItemId: ITEM, locationId: LOCATION }
    return {
        ...{ lines, figure },
        now: () => at,
        later: (seconds: number) => {
            at += seconds * 1000
        },
        move({ shop, cause, delta, orderId, from }: Told) {
            if (cause === 'set' || cause === 'adjust') {
                lines.push({ kind: 'given', ...next(), ...place, shop, call: cause, changeFromQuantity: from })
            }
            const after = figure(shop) + delta
            lines.push({ kind: 'stock', ...next(), ...place, shop, orderId: orderId ?? null, cause, delta, after })
        },
        order: (shop: string, orderId: number, what: string, status: string) =>
            lines.push({ kind: 'order', ...next(), shop, orderId, what, status }),
        ship: (shop: string, orderId: number, units: number) =>
            lines.push({ kind: 'shipped', ...next(), ...place, shop, orderId, units }),
        ask: (shop: string, of: 'levels' | 'orders', how: 'bulk' | 'by id' = 'bulk') =>
            lines.push({ kind: 'reading', until: lines.length + 1, ...next(), shop, of, how }),
        /** The last reading took until now. */
        looked() {
            const last = lines.findLast(isReading)
            if (last) last.until = lines.length
        },
    }
}

/** A journal written by hand, for tests of the watcher. */
export function journalByHand(connections: WatchedConnection[], start = 10) {
    const { lines, move, order, figure, now, ...journal } = openJournal(start)
    const orders = new Map<string, { id: number; test: boolean; createdAt: number }[]>()
    const twins = new Map<string, number>()
    const lagMs = new Map<string, number>()
    return {
        ...journal,
        ...{ twins, lagMs },
        event: order,
        sell(shop: string, units: number, { status = 'PAID', test = false } = {}): number {
            const id = lines.length + 1000
            orders.set(shop, [...(orders.get(shop) ?? []), { id, test, createdAt: now() + 1000 }])
            move({ shop, cause: 'order', delta: -units, orderId: id })
            order(shop, id, 'created', status)
            return id
        },
        restock(shop: string, orderId: number, units: number, cause = 'refund') {
            move({ shop, cause, delta: units, orderId })
            order(shop, orderId, cause === 'cancel' ? 'cancelled' : 'refunded', 'REFUNDED')
        },
        count: (shop: string, found: number) => move({ shop, cause: 'hand', delta: found - figure(shop) }),
        set: (shop: string, to: number, from: number | null = figure(shop)) =>
            move({ shop, cause: 'set', delta: to - figure(shop), from }),
        adjust: (units: number, from: number | null = figure(SOURCE)) =>
            move({ shop: SOURCE, cause: 'adjust', delta: units, from }),
        /** A run reads in the order that it must. */
        askAll() {
            for (const { destination } of connections) {
                journal.ask(destination, 'levels')
                journal.ask(destination, 'orders')
            }
            journal.ask(SOURCE, 'levels')
        },
        complaints: ({ ended = false } = {}) => {
            const cast: Cast = { connections, orders, lagMs, twins, still: () => start, stocked: () => true }
            return complaints(lines, cast, { ended }).map((it) => it.split(' | ').at(-1))
        },
    }
}
