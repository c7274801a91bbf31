import { type SeenConnection, standstillOf } from '../sql/pages/connections.ts'
import {
    type Days,
    type ProductsOfGate,
    type PushedOfDay,
    productsByGate,
    pushedByDay,
    type SoldOfDay,
    soldByDay,
    topPushed,
    topSold,
} from '../sql/pages/dashboard.ts'
import { type Chart, chartOf, type Point } from './chart.ts'
import { decimalSum } from './decimals.ts'
import { count, money } from './format.ts'
import { late } from './late.ts'
import { type ChosenRange, daysIn, rangeOf } from './range.ts'
import type { Visit } from './visit.ts'
import { whyOf } from './why.ts'

const TOP = 10
const MOST_CHARTS = 3
/** More days than that are drawn as months. */
const MOST_DAYS = 92
/** Of how many connections products are counted gate by gate, which the page says; the rest have their own pages. */
const MOST_COUNTED = 12

type Amount = { currency: string | null; value: string }

/** How a place fares: its products now, and what was sold on some days. */
export async function dashboardOf(visit: Visit, connections: readonly SeenConnection[]) {
    const { desk, place } = visit
    const range = rangeOf(visit, place.zone, '30')
    const days: Days = { account_id: place.account_id, from_day: range.from, to_day: range.to, zone: place.zone }
    const ids = connections.map(({ connection_id }) => connection_id)
    const connected = connections.filter(({ state }) => state === 'connected')
    const isSource = place.store?.role === 'source'
    // a source sees what was pushed to it, a destination what it sold, an operator what all of them did (rule 91)
    const destinations = isSource ? [] : destinationsOf(visit, connections)
    const key = `dashboard ${place.account_id} ${place.key} ${ids} ${range.from} ${range.to}`
    const [sold, pushed, top, products] = await Promise.all([
        late(desk.db, `${key} sold`, () => soldByDay(desk.db, days, destinations)),
        late(desk.db, `${key} pushed`, () => pushedByDay(desk.db, days, ids)),
        late(desk.db, `${key} top`, () =>
            isSource ? topPushed(desk.db, days, ids, TOP) : topSold(desk.db, days, destinations, TOP),
        ),
        Promise.all(connected.slice(0, MOST_COUNTED).map((one) => countedProducts(visit, one))),
    ])
    return {
        ...{ range, isSource, orders: ordersOf(isSource ? pushed : sold), pushed: pushedOf(pushed), top },
        ...{ connected: connected.length, counted: products.length, isPart: products.length < connected.length },
        units: top[0]?.all_units ?? 0,
        items: top[0]?.all_items ?? 0,
        charts: chartsOf(isSource ? pushed : sold, range),
        partners: partnersOf(pushed, connections, place.store?.role ?? null),
        products: productsOf(products),
    }
}

export type Dashboard = Awaited<ReturnType<typeof dashboardOf>>

function destinationsOf({ place }: Visit, connections: readonly SeenConnection[]): number[] {
    if (place.store) return [place.store.store_id]
    return [...new Set(connections.map(({ destination_store_id }) => destination_store_id))]
}

type Counted = ProductsOfGate & Pick<SeenConnection, 'connection_id' | 'source' | 'destination'>

async function countedProducts({ desk, place }: Visit, connection: SeenConnection): Promise<Counted[]> {
    const key = `gates ${place.account_id} ${place.key} ${connection.connection_id} ${standstillOf(connection)}`
    const { connection_id, source, destination } = connection
    const rows = await late(desk.db, key, () => productsByGate(desk.db, connection))
    return rows.map((row) => ({ ...row, connection_id, source, destination }))
}

function ordersOf(rows: readonly SoldOfDay[]) {
    return { number: rows.reduce((sum, { orders }) => sum + orders, 0), amounts: amountsOf(rows) }
}

function pushedOf(rows: readonly PushedOfDay[]) {
    return { ...ordersOf(rows), units: rows.reduce((sum, { units }) => sum + units, 0) }
}

/** Money by currency: what is in two currencies has no sum. */
function amountsOf(rows: readonly Amount[]): Amount[] {
    const groups = Map.groupBy(rows, ({ currency }) => currency)
    return [...groups].map(([currency, own]) => ({ currency, value: decimalSum(own.map(({ value }) => value)) }))
}

function chartsOf(rows: readonly SoldOfDay[], range: ChosenRange): Chart[] {
    const days = daysIn(range)
    const monthly = days.length > MOST_DAYS
    const labels = [...new Set(monthly ? days.map((day) => day.slice(0, 7)) : days)]
    const by = Map.groupBy(rows, ({ day }) => (monthly ? day.slice(0, 7) : day))
    const of = (label: string) => by.get(label) ?? []
    const unit = monthly ? 'month' : 'day'
    const orders = labels.map((label): Point => {
        const number = of(label).reduce((sum, row) => sum + row.orders, 0)
        return { label, value: number, text: count(number) }
    })
    const currencies = [...new Set(rows.map(({ currency }) => currency))]
    const values = currencies.slice(0, MOST_CHARTS).map((currency) => {
        const points = labels.map((label): Point => {
            const value = decimalSum(of(label).flatMap((row) => (row.currency === currency ? [row.value] : [])))
            return { label, value, text: money(value, currency) }
        })
        return chartOf(`Value by ${unit}${currency ? `, ${currency}` : ''}`, points)
    })
    return [chartOf(`Orders by ${unit}`, orders), ...values].filter((chart) => chart !== null)
}

/** Who supplied, and who resold, most: by pushed orders, each currency a row of its own. */
function partnersOf(
    rows: readonly PushedOfDay[],
    connections: readonly SeenConnection[],
    role: 'source' | 'destination' | null,
) {
    const by = (end: 'source' | 'destination') => {
        const named = rows.map((row) => ({
            ...row,
            name: connections.find(({ connection_id }) => connection_id === row.connection_id)?.[end] ?? '',
        }))
        const groups = Map.groupBy(named, ({ name, currency }) => `${name} ${currency}`)
        const partners = [...groups.values()].map((own) => ({
            ...{ name: own[0]!.name, ...pushedOf(own) },
            ...{ currency: own[0]!.currency, value: decimalSum(own.map(({ value }) => value)) },
        }))
        return partners.toSorted((one, other) => other.number - one.number || other.units - one.units).slice(0, TOP)
    }
    return {
        suppliers: role === 'source' ? [] : by('source'),
        resellers: role === 'destination' ? [] : by('destination'),
    }
}

/** Products by where they stand, over the connections that are counted: one that two connections take counts twice. */
function productsOf(counted: readonly Counted[][]) {
    const groups = Map.groupBy(counted.flat(), ({ code }) => code)
    const sums = [...groups].map(([code, rows]) => ({
        ...{ code, rows },
        products: rows.reduce((sum, { products }) => sum + products, 0),
        available: rows.reduce((sum, { available }) => sum + available, 0),
    }))
    const of = (codes: readonly string[]) =>
        sums.filter(({ code }) => codes.includes(code)).reduce((sum, { products }) => sum + products, 0)
    const [synced, partly] = [of(['synced']), of(['partly'])]
    const available = sums.reduce((sum, { available }) => sum + available, 0)
    const reasons = sums
        .filter(({ code }) => !['synced', 'partly'].includes(code))
        .toSorted((one, other) => other.products - one.products)
        .map(({ code, products, rows }) => ({ code, products, rows, why: whyOf(code) }))
    return { available, synced, partly, notSynced: available - synced - partly, reasons }
}
