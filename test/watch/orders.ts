import type { Cast, WatchedConnection } from './cast.ts'
import {
    type Entry,
    isOrder,
    isShipped,
    isStock,
    type OrderEntry,
    type ShippedEntry,
    type StockEntry,
} from './entries.ts'

/** What became of one order: the story of its status, and of the units it holds. */
export type WatchedOrder = {
    id: number
    createdAt: number
    events: OrderEntry[]
    moves: StockEntry[]
    shipped: ShippedEntry[]
}

/** The orders that may count at a connection's destination: no tests, none older than the connection (D5). */
export function ordersOf(journal: readonly Entry[], cast: Cast, connection: WatchedConnection): WatchedOrder[] {
    const shop = connection.destination
    const facts = (cast.orders.get(shop) ?? []).filter((it) => !it.test && it.createdAt >= connection.since)
    const events = Map.groupBy(
        journal.filter(isOrder).filter((it) => it.shop === shop),
        (it) => it.orderId,
    )
    const moves = Map.groupBy(
        journal.filter(isStock).filter((it) => it.shop === shop),
        (it) => it.orderId ?? 0,
    )
    const shipped = Map.groupBy(
        journal.filter(isShipped).filter((it) => it.shop === shop),
        (it) => it.orderId,
    )
    return facts.map(({ id, createdAt }) => ({
        ...{ id, createdAt },
        events: events.get(id) ?? [],
        moves: moves.get(id) ?? [],
        shipped: shipped.get(id) ?? [],
    }))
}

/** A moment as somebody sees it who asks at entry `n`; with a lag he sees nothing younger than that. */
export type Moment = { n: number; upTo: number }

/** Everything that ever happened up to an entry. */
export const truly = (n: number): Moment => ({ n, upTo: Number.POSITIVE_INFINITY })

const seen = (moment: Moment) => (it: Entry) => it.n <= moment.n && it.at <= moment.upTo

/** How an order may look to who asks: as the index has it or, where the index finds it at all, as it is by now. */
export function views(order: WatchedOrder, moment: Moment): Moment[] {
    return order.events.some(seen(moment)) ? [moment, truly(moment.n)] : [moment]
}

export type Standing = 'counts' | 'pending' | 'void' | 'unseen'

/** What an order is to the rules at a moment (D5, rule 19). */
export function standing(order: WatchedOrder, { counts_as_paid }: WatchedConnection, moment: Moment): Standing {
    const events = order.events.filter(seen(moment))
    if (events.length === 0) return 'unseen'
    const status = events.at(-1)!.status
    if (status === 'VOIDED') return 'void'
    return countsAs(status, counts_as_paid) ? 'counts' : 'pending'
}

export const isCancelled = (order: WatchedOrder, moment: Moment): boolean =>
    order.events.filter(seen(moment)).some((it) => it.what === 'cancelled')

function countsAs(status: string | null, counts: WatchedConnection['counts_as_paid']): boolean {
    const paid = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'].includes(status ?? '')
    return paid || counts === 'any' || (counts === 'paid_and_authorized' && status === 'AUTHORIZED')
}

/** Units of an item that an order holds at a location at a moment, as a move of its stock: 2 sold are −2. */
export function unitsHeld(order: WatchedOrder, item: number, location: number, moment: Moment): number {
    const own = order.moves.filter((it) => it.inventoryItemId === item && it.locationId === location)
    return own.filter(seen(moment)).reduce((sum, it) => sum + it.delta, 0)
}

/** Of those, what its own shop had shipped. */
export function unitsShipped(order: WatchedOrder, item: number, location: number, moment: Moment): number {
    const own = order.shipped.filter((it) => it.inventoryItemId === item && it.locationId === location)
    return own.filter(seen(moment)).reduce((sum, it) => sum + it.units, 0)
}
