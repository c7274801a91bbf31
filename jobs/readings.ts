import { storeTime } from '../connectors/shopify/store_time.ts'
import { type ConnectionRow, type StoreRow, storeById } from '../sql/stores/stores.ts'
import type { Sales } from './compare/in_question.ts'
import type { RunContext } from './context.ts'
import type { Kind } from './extract/operation.ts'
import { orderOperations } from './extract/operations/index.ts'
import { areUnassigned } from './extract/orders_now.ts'
import { extractStore, readOrdersNow, type SnapshotRow } from './extract.ts'
import { type Extent, type Pass, passOver } from './flow.ts'
import { recoverCalls } from './load.ts'
import { mirrorConnection } from './mirror/mirror.ts'
import { pushOrders, settlePushes } from './push/push.ts'
import { adjustSource, recoverAdjustments } from './stock/adjust.ts'
import { closeShown } from './stock/close_shown.ts'
import { carryHandCounts } from './stock/look.ts'
import { refreshMovements } from './stock/movements.ts'

export type Reading = 'complete' | 'doubtful' | 'broken' | 'stopped'

/** What became of reading a store: its goods and levels, without which no connection of it is compared, and its sales. */
export type StoreReading = { goods: Reading; sales: Reading }

/** What a store is read by before anything of stock is worked out, and what tells its sales. */
const GOODS = ['catalogue', 'items', 'collections']
const LEVELS = ['levels']
const SALES = orderOperations

/**
 * Reads the stores of a pass in the order on which stock rests (design: Stock): (1) the destinations' levels, (2) their
 * orders, refunds and cancellations, (3) what the sources are told of them, (4) the sources' levels. A sale at any seam is
 * then either known, or makes what is written stale. What needs no order is read beside it.
 */
export async function readStores(context: RunContext, extent: Extent, pass: Pass): Promise<Map<number, StoreReading>> {
    const readings = new Map<number, StoreReading>()
    const each = async (stores: StoreRow[], read: (store: StoreRow) => Promise<StoreReading>) => {
        const reading = stores.map(async (store) => {
            readings.set(store.store_id, await guarded(context, extent, store, read))
        })
        await Promise.all(reading)
    }
    const sources = extent.stores.filter(({ role }) => role === 'source')
    const destinations = extent.stores.filter(({ role }) => role === 'destination')
    await Promise.all([
        each(destinations, (store) => readDestination(context, store, pass.reading)),
        each(sources, (store) => readGoods(context, store, pass.reading)),
        each(extent.others, (store) => readSales(context, store, pass.reading)),
    ])
    const known = extent.siblings.filter(({ destination_store_id: id }) => readings.get(id)?.sales === 'complete')
    await each(sources, (store) => readSource(context, store, readings.get(store.store_id)!, known, pass))
    return readings
}

/**
 * Reads the sales of the stores and pushes orders, and nothing else: for a person who asks for it between runs. Stock follows
 * with the next run, which reads it in its order.
 */
export async function pushNow(
    context: RunContext,
    extent: Extent,
    { reading, dryRun = false }: Pick<Pass, 'reading' | 'dryRun'>,
): Promise<Map<number, StoreReading>> {
    const readings = new Map<number, StoreReading>()
    const pass: Pass = { reading, whole: false, dryRun }
    await Promise.all(
        extent.stores.map(async (store) => {
            const read = () => readSales(context, store, pass.reading)
            readings.set(store.store_id, await guarded(context, extent, store, read))
        }),
    )
    const isRead = (id: number) => readings.get(id)?.sales === 'complete'
    for (const connection of extent.connections.filter(({ settings }) => settings.orders === 'order_push')) {
        const { source_store_id, destination_store_id } = connection
        if (!isRead(source_store_id) || !isRead(destination_store_id)) continue
        const source = extent.stores.find(({ store_id }) => store_id === source_store_id)!
        await tellSource(context, source, [connection], pass)
    }
    return readings
}

/**
 * What a connection that ends sold until now: its destination's orders past every index, and what its source is told of
 * them, so that no sale is lost with it (rule 21b). A store that lets us in no more tells and is told nothing.
 * @throws where the orders could not be read, or the source not be told.
 */
export async function tellLastSales(context: RunContext, connection: ConnectionRow): Promise<void> {
    const { account_id, source_store_id, destination_store_id, settings, movements_at } = connection
    if (settings.orders === 'none' || movements_at === null) return
    const destination = await storeById(context.db, account_id, destination_store_id)
    if (destination.state === 'stopped') return
    const broken = (await readOrdersNow(context, destination)).find(({ state }) => state !== 'complete')
    // a store that lost its access by this very reading is stopped by now
    if (broken && (await storeById(context.db, account_id, destination_store_id)).state !== 'stopped')
        throw new Error(`The last orders of connection ${connection.connection_id} could not be read: ${broken.reason}`)
    const source = await storeById(context.db, account_id, source_store_id)
    if (source.state === 'stopped') return refreshMovements(context, connection, false)
    await tellSource(context, source, [connection], { reading: 'incremental', whole: false })
}

/** Which sales of a connection, and of all connections of its source, were read. A store that is stopped tells of none. */
export function salesRead(
    { siblings }: Extent,
    { source_store_id, destination_store_id }: ConnectionRow,
    readings: ReadonlyMap<number, StoreReading>,
): Sales {
    const own = siblings.filter((one) => one.source_store_id === source_store_id)
    const isRead = (id: number, ...fine: Reading[]) => fine.includes(readings.get(id)?.sales ?? 'broken')
    return {
        own: isRead(destination_store_id, 'complete'),
        all: own.every(({ destination_store_id: id }) => isRead(id, 'complete', 'stopped')),
    }
}

/** What became of a store in one word: the worse of its two readings. */
export function cameOut(reading: StoreReading | undefined): Reading | '' {
    if (reading === undefined) return ''
    return reading.goods === 'complete' ? reading.sales : reading.goods
}

async function guarded(
    context: RunContext,
    extent: Extent,
    store: StoreRow,
    read: (store: StoreRow) => Promise<StoreReading>,
): Promise<StoreReading> {
    if (store.state === 'stopped') return { goods: 'stopped', sales: 'stopped' }
    try {
        return await read(store)
    } catch (error) {
        await passOver(context, extent, error)
        return { goods: 'broken', sales: 'broken' }
    }
}

/** Reads a destination, once it is known what became of the calls that were left unanswered there: its levels, then its sales. */
export async function readDestination(context: RunContext, store: StoreRow, kind: Kind): Promise<StoreReading> {
    await recoverCalls(context, store)
    const goods = await extractStore(context, store, { kind, only: [...GOODS, ...LEVELS] })
    return { ...(await readSales(context, store, kind)), goods: outcomeOf(goods) }
}

async function readGoods(context: RunContext, store: StoreRow, kind: Kind): Promise<StoreReading> {
    const [goods, { sales }] = await Promise.all([
        extractStore(context, store, { kind, only: GOODS }),
        readSales(context, store, kind),
    ])
    return { goods: outcomeOf(goods), sales }
}

/** Orders come beside their fulfilment orders: those that came without are read again, so that each is told of where it is. */
async function readSales(context: RunContext, store: StoreRow, kind: Kind): Promise<StoreReading> {
    const sales = outcomeOf(await extractStore(context, store, { kind, only: SALES }))
    if (sales !== 'complete' || !(await areUnassigned(context.db, store))) return { goods: 'complete', sales }
    return { goods: 'complete', sales: outcomeOf(await readOrdersNow(context, store)) }
}

/** Tells a source what its destinations sold, then reads its levels: by bulk, and by id where it has something to show. */
async function readSource(
    context: RunContext,
    store: StoreRow,
    { goods, sales }: StoreReading,
    known: ConnectionRow[],
    pass: Pass,
): Promise<StoreReading> {
    if (goods !== 'complete') return { goods, sales }
    const own = known.filter((one) => one.source_store_id === store.store_id)
    if (own.length > 0) await tellSource(context, store, own, pass)
    const levels = await extractStore(context, store, { kind: pass.reading, only: LEVELS })
    await closeShown(context, store)
    return { goods: outcomeOf(levels), sales }
}

async function tellSource(context: RunContext, store: StoreRow, own: ConnectionRow[], pass: Pass): Promise<void> {
    if (!pass.dryRun) await recoverAdjustments(context, store, await storeTime(context.clientOf(store)))
    for (const connection of own) {
        if (!pass.dryRun) await settlePushes(context, connection, store)
        await refreshMovements(context, connection, pass.whole)
        await carryHandCounts(context, connection, { whole: pass.whole, only: 'level' })
        if (pass.dryRun) continue
        await adjustSource(context, connection, store)
        const ends = await endsOf(context, connection, store)
        await pushOrders(context, connection, ends)
        await mirrorConnection(context, connection, ends, { whole: pass.whole })
    }
}

async function endsOf({ db }: RunContext, { account_id, destination_store_id }: ConnectionRow, source: StoreRow) {
    return { source, destination: await storeById(db, account_id, destination_store_id) }
}

/** A store of which nothing was to be read was read. */
function outcomeOf(snapshots: SnapshotRow[]): Reading {
    if (snapshots.every(({ state }) => state === 'complete')) return 'complete'
    return snapshots.some(({ state }) => state === 'broken') ? 'broken' : 'doubtful'
}
