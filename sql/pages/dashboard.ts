import { query } from '../query.ts'
import type { Queryable } from '../session.ts'
import { type SeenConnection, standstillOf } from './connections.ts'
import { orderOfCodes } from './products.ts'

/** Days, both included, of a zone (rule 84). */
export type Days = { account_id: number; from_day: string; to_day: string; zone: string }

/** What happened on a day in one currency; `value` is decimal text. */
export type SoldOfDay = { day: string; currency: string | null; orders: number; value: string }
export type PushedOfDay = SoldOfDay & { connection_id: number; units: number }

/** An item that was sold much of; `all_…` count what is not listed too. */
export type TopItem = {
    title: string
    sku: string | null
    units: number
    value: string | null
    currency: string | null
    all_units: number
    all_items: number
}

/** Orders that some destinations took. */
export async function soldByDay(q: Queryable, days: Days, destinations: readonly number[]): Promise<SoldOfDay[]> {
    return query<SoldOfDay>(q, 'pages/sold_by_day', { ...days, destinations })
}

/** Orders that reached sources through some connections. */
export async function pushedByDay(q: Queryable, days: Days, connections: readonly number[]): Promise<PushedOfDay[]> {
    return query<PushedOfDay>(q, 'pages/pushed_by_day', { ...days, connections })
}

/** What some destinations sold most of. */
export async function topSold(q: Queryable, days: Days, destinations: readonly number[], limit: number) {
    return query<TopItem>(q, 'pages/top_sold', { ...days, destinations, limit })
}

/** What sources were sent most orders of through some connections. */
export async function topPushed(q: Queryable, days: Days, connections: readonly number[], limit: number) {
    return query<TopItem>(q, 'pages/top_pushed', { ...days, connections, limit })
}

/** `available`: those of them that are offered, or linked. */
export type ProductsOfGate = { code: string; products: number; available: number }

/** Products in sight of a connection: `synced`, `partly`, or by the first code that keeps them out. */
export async function productsByGate(q: Queryable, connection: SeenConnection): Promise<ProductsOfGate[]> {
    const { account_id, connection_id, side } = connection
    return query<ProductsOfGate>(q, 'pages/products_by_gate', {
        ...{ account_id, connection_id, offered_only: side === 'destination', order_of_codes: orderOfCodes },
        standstill: standstillOf(connection),
    })
}
