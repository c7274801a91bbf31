import { AccessLostError } from '../connectors/shopify/errors.ts'
import { heldSets } from '../sql/changes/changes.ts'
import { lookAtSkus } from '../sql/health/look.ts'
import { endNotice, notify } from '../sql/runs/notices.ts'
import { STORE_STOPPED } from '../sql/stores/let_in.ts'
import { stopStore } from '../sql/stores/save.ts'
import { type ConnectionRow, connectionsOf, type StoreRow, storesOf } from '../sql/stores/stores.ts'
import { compareConnection } from './compare.ts'
import { type Arguments, type JobResult, type RunContext, RunLostError } from './context.ts'
import { PartlyFailedError } from './execute.ts'
import { loadConnection } from './load.ts'
import { cameOut, readStores, type StoreReading, salesRead } from './readings.ts'
import { flagLocations } from './stock/locations.ts'
import { lookAhead } from './stock/look.ts'
import { stillOf } from './way_back.ts'

/** How much of the stores a pass reads and compares; source products `besides` are looked at whatever moved. */
export type Pass = { reading: 'full' | 'incremental'; whole: boolean; dryRun?: boolean; besides?: string[] }

/**
 * Some connections, with the stores at their ends. `siblings`: all connections of their sources whose sales count, since
 * what one destination sold no other may show.
 */
export type Extent = { connections: ConnectionRow[]; stores: StoreRow[]; siblings: ConnectionRow[]; others: StoreRow[] }

/** What became of each connection. */
type Told = { [connection: string]: JobResult['counts'] }

/**
 * One pass over the stores: reads them (`readings.ts` says in which order), then compares and loads connection by connection,
 * those of higher rank first (D7). A store that fails stops its own connections only (rule 90). Between the phases runs that go first
 * have their turn (rule 82). `held` when a change set or a reading waits for a person.
 * @throws PartlyFailedError when all was tried and something failed.
 */
export async function reconcile(context: RunContext, args: Arguments, pass: Pass): Promise<JobResult> {
    const dryRun = args.dry_run === true
    const { whole, besides } = pass
    const extent = await extentOf(context, args)
    await context.giveWay()
    const readings = await readStores(context, extent, { ...pass, dryRun })
    const told: Told = {}
    const failures: unknown[] = []
    for (const connection of extent.connections) {
        const { connection_id } = connection
        context.signal.throwIfAborted()
        await context.giveWay()
        const lacking = endsOf(extent, connection).filter(
            ({ store_id }) => readings.get(store_id)?.goods !== 'complete',
        )
        if (lacking.length > 0) {
            told[connection_id] = { waits_for: lacking.map(({ domain }) => domain) }
            await notifyWaiting(context, connection, lacking)
            continue
        }
        try {
            const read = salesRead(extent, connection, readings)
            await flagLocations(context, connection)
            const looked = await lookAhead(context, connection, { whole, besides, sales: read })
            const sets = await compareConnection(context, connection, looked)
            await context.giveWay()
            const loaded = await loadConnection(context, connection, { dryRun, sales: looked.sales })
            if (pass.whole) await context.inTransaction((tx) => lookAtSkus(tx, connection, context.runId))
            told[connection_id] = { sets: sets.length, loaded }
            await context.inTransaction((tx) => endNotice(tx, connection, WAITS))
        } catch (error) {
            await passOver(context, extent, error)
            failures.push(error)
            told[connection_id] = { failed: (error as Error).message }
        }
    }
    return summary(context, extent, readings, told, failures)
}

/** The connections that a job's arguments mean: one, those of a store, those whose source keeps such a zone, or all. */
export async function extentOf({ db, accountId }: RunContext, args: Arguments): Promise<Extent> {
    const all = await storesOf(db, accountId)
    const domainOf = (storeId: number) => all.find(({ store_id }) => store_id === storeId)
    const zones = Array.isArray(args.zones) ? args.zones : null
    const existing = await connectionsOf(db, accountId)
    const connected = existing.filter(({ state }) => state === 'connected')
    const fitting = existing.filter((connection) => {
        const source = domainOf(connection.source_store_id)
        const destination = domainOf(connection.destination_store_id)
        return (
            (args.connection === undefined || connection.connection_id === args.connection) &&
            (args.store === undefined || [source?.domain, destination?.domain].includes(String(args.store))) &&
            (zones === null || zones.includes(source?.zone ?? ''))
        )
    })
    const connections = fitting.filter(({ state }) => state === 'connected')
    if (connections.length === 0 && (args.connection ?? args.store) !== undefined) {
        const still = fitting.map((one) => ` ${stillOf(one)}`).join('')
        throw new Error(
            `Expected a connection, got none that is connected and fits ${JSON.stringify(args)}: see connections.${still}`,
        )
    }
    const ends = new Set(connections.flatMap((one) => [one.source_store_id, one.destination_store_id]))
    const sources = new Set(connections.map(({ source_store_id }) => source_store_id))
    const siblings = connected.filter(
        ({ source_store_id, settings }) => sources.has(source_store_id) && settings.orders !== 'none',
    )
    const elsewhere = new Set(
        siblings.map(({ destination_store_id }) => destination_store_id).filter((id) => !ends.has(id)),
    )
    const storesIn = (ids: Set<number>) => all.filter(({ store_id }) => ids.has(store_id))
    return { connections, stores: storesIn(ends), siblings, others: storesIn(elsewhere) }
}

function endsOf({ stores }: Extent, connection: ConnectionRow): StoreRow[] {
    const ends = [connection.source_store_id, connection.destination_store_id]
    return stores.filter(({ store_id }) => ends.includes(store_id))
}

/** Code of the notice that a connection was passed over. */
const WAITS = 'connection_waits'

async function notifyWaiting(context: RunContext, connection: ConnectionRow, lacking: StoreRow[]): Promise<void> {
    const stores = lacking.map(({ domain }) => domain).join(' and ')
    const text =
        `Connection ${connection.connection_id} was neither compared nor loaded by run ${context.runId}, since ${stores} ` +
        `could not be read without doubt. Its own notice says why; the next run tries again.`
    await context.inTransaction((tx) => notify(tx, connection, WAITS, text))
    context.log.warn({ connection: connection.connection_id, stores }, 'connection passed over')
}

/** Goes on after a failure of one connection; what ends the run is thrown on. A store that is lost is stopped (rule 90). */
export async function passOver(context: RunContext, { stores, others }: Extent, error: unknown): Promise<void> {
    context.signal.throwIfAborted()
    if (error instanceof RunLostError) throw error
    context.log.error({ err: error }, 'a connection failed; the others go on')
    if (!(error instanceof AccessLostError)) return
    const store = [...stores, ...others].find(({ domain }) => domain === error.store)
    if (!store) return
    await context.inTransaction(async (tx) => {
        await stopStore(tx, store, error.message)
        const text = `${store.domain} lets us in no more: nothing is written there and its stock stands. ${error.message}`
        await notify(tx, store, STORE_STOPPED, text)
    })
}

async function summary(
    context: RunContext,
    extent: Extent,
    readings: Map<number, StoreReading>,
    connections: Told,
    failures: unknown[],
): Promise<JobResult> {
    const held = await heldSets(
        context.db,
        context.accountId,
        extent.connections.map(({ connection_id }) => connection_id),
    )
    const stores = Object.fromEntries(
        extent.stores.map(({ domain, store_id }) => [domain, cameOut(readings.get(store_id))]),
    )
    const counts = { stores, connections, held }
    const broken = Object.entries(stores).filter(([, reading]) => reading === 'broken')
    if (failures.length + broken.length > 0) {
        const faults = [
            ...broken.map(([domain]) => `${domain} could not be read: see crossdock status`),
            ...failures.map((error) => (error as Error).message),
        ]
        throw new PartlyFailedError(`The rest was done, but: ${faults.join('; ')}`, counts, failures)
    }
    const doubtful = Object.values(stores).includes('doubtful')
    return { state: held.length > 0 || doubtful ? 'held' : 'done', counts }
}
