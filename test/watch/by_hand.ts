import type { Cast, WatchedConnection } from './cast.ts'
import { type Entry, isStock } from './entries.ts'
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

/** A journal written by hand, line by line, for tests of the watcher; every line is a second later than the last. */
export function journalByHand(connections: WatchedConnection[], start = 10) {
    const journal: Entry[] = []
    const orders = new Map<string, { id: number; test: boolean; createdAt: number }[]>()
    const twins = new Map<string, number>()
    const lagMs = new Map<string, number>()
    let at = 1_000_000
    const figure = (shop: string) => journal.filter(isStock).findLast((it) => it.shop === shop)?.after ?? start
    const next = () => {
        at += 1000
        return { n: journal.length + 1, at }
    }

    const move = ({ shop, cause, delta, orderId, from }: Told) => {
        const base = { inventoryItemId: ITEM, locationId: LOCATION, orderId: orderId ?? null }
        const after = figure(shop) + delta
        journal.push({ kind: 'stock', ...next(), shop, ...base, cause, delta, after, changeFromQuantity: from })
    }
    const order = (shop: string, orderId: number, what: string, status: string) =>
        journal.push({ kind: 'order', ...next(), shop, orderId, what, status })

    return {
        orders,
        twins,
        lagMs,
        figure,
        later: (seconds: number) => {
            at += seconds * 1000
        },
        sell(shop: string, units: number, { status = 'PAID', test = false } = {}): number {
            const id = journal.length + 1000
            const facts = orders.get(shop) ?? []
            orders.set(shop, [...facts, { id, test, createdAt: at + 1000 }])
            move({ shop, cause: 'order', delta: -units, orderId: id })
            order(shop, id, 'created', status)
            return id
        },
        event: order,
        restock(shop: string, orderId: number, units: number, cause = 'refund') {
            move({ shop, cause, delta: units, orderId })
            order(shop, orderId, cause === 'cancel' ? 'cancelled' : 'refunded', 'REFUNDED')
        },
        count: (shop: string, figureNow: number) => move({ shop, cause: 'hand', delta: figureNow - figure(shop) }),
        set: (shop: string, to: number, from: number | null | undefined = figure(shop)) =>
            move({ shop, cause: 'set', delta: to - figure(shop), ...(from === undefined ? {} : { from }) }),
        adjust: (units: number, from: number | null = figure(SOURCE)) =>
            move({ shop: SOURCE, cause: 'adjust', delta: units, from }),
        ask: (shop: string, of: 'levels' | 'orders', how: 'bulk' | 'by id' = 'bulk') =>
            journal.push({ kind: 'reading', ...next(), shop, of, how }),
        /** A run reads in the order that it must. */
        askAll() {
            for (const { destination } of connections) {
                this.ask(destination, 'levels')
                this.ask(destination, 'orders')
            }
            this.ask(SOURCE, 'levels')
        },
        complaints: ({ ended = false } = {}) => {
            const cast: Cast = { connections, orders, lagMs, twins, still: () => start }
            return complaints(journal, cast, { ended }).map((it) => it.split(' | ').at(-1))
        },
    }
}
