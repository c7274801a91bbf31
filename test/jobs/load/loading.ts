import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { pino } from 'pino'
import type { ShopOptions } from '../../../connectors/sandbox/shop/options.ts'
import type { plainShop } from '../../../connectors/sandbox/shop/plain.ts'
import { compareConnection } from '../../../jobs/compare.ts'
import { addStore, connect } from '../../../jobs/connect.ts'
import type { RunContext } from '../../../jobs/context.ts'
import { extractStore } from '../../../jobs/extract.ts'
import { type Loaded, loadConnection } from '../../../jobs/load.ts'
import type { Database } from '../../../sql/database.ts'
import { type ConnectionRow, connectionById, type StoreRow, storeById } from '../../../sql/stores/stores.ts'
import { sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import { houseFor, runOf } from '../extract/extracting.ts'

export const SOURCE = 'northwind.example'
export const DESTINATION = 'corner-shop.example'

export type Shops = Talk & {
    db: Database
    account_id: number
    connectionId: number
    source: StoreRow
    destination: StoreRow
}

export type Shop = ReturnType<typeof plainShop>
export type Product = Shop['products'][number]

type Options = {
    catalogue?: ShopOptions['catalogue']
    destination?: Partial<ShopOptions>
    settings?: object
    throttle?: { maximumAvailable: number; restoreRate: number }
}

/** Northwind and the corner shop, connected, with a database of their own; stock travels and no sale counts anywhere. */
export async function twoShops(t: TestContext, options: Options = {}): Promise<Shops> {
    const { catalogue, destination: at, settings, throttle } = options
    const shops = [
        { domain: SOURCE, ...(catalogue && { catalogue }) },
        { domain: DESTINATION, ...at },
    ]
    const talk = await sandboxFor(t, { shops, throttle: throttle ?? { maximumAvailable: 20_000, restoreRate: 20_000 } })
    const { db, account_id } = await houseFor(t)
    const hands = { db, key: randomBytes(32), log: pino({ level: 'silent' }) }
    const whose = { account_id, who: 'test' }
    for (const [domain, role] of [
        [SOURCE, 'source'],
        [DESTINATION, 'destination'],
    ] as const) {
        await addStore(hands, whose, { domain, role, origin: talk.sandbox.originOf(domain), token: `token-${domain}` })
    }
    const pair = { source: SOURCE, destination: DESTINATION, settings: { orders: 'none', ...settings } }
    const { connection_id: connectionId } = await connect(hands, whose, pair)
    const connection = await connectionById(db, account_id, connectionId)
    const [source, destination] = [
        await storeById(db, account_id, connection.source_store_id),
        await storeById(db, account_id, connection.destination_store_id),
    ]
    return { ...talk, db, account_id, connectionId, source, destination }
}

export const connectionOf = (shops: Shops): Promise<ConnectionRow> =>
    connectionById(shops.db, shops.account_id, shops.connectionId)

/** Reads both shops and compares them, in a run of its own. Every line is approved, as a person would. */
export async function compared(shops: Shops): Promise<RunContext> {
    const context = await runOf(shops.db, shops.account_id)
    for (const store of [shops.source, shops.destination]) {
        const snapshots = await extractStore(context, store, { kind: 'full' })
        for (const { state, reason } of snapshots) if (state !== 'complete') throw new Error(`${state}: ${reason}`)
    }
    await compareConnection(context, await connectionOf(shops), { whole: true })
    await approveAll(shops)
    return context
}

async function approveAll({ db }: Shops): Promise<void> {
    await db.send(`update change_sets set state = 'approved' where state = 'held'`)
    await db.send(`update changes set status = 'approved' where status = 'held'`)
    await db.send('update connections set first_sync_over_at = coalesce(first_sync_over_at, now())')
}

/** Reads, compares, approves, loads. */
export async function synced(shops: Shops): Promise<Extract<Loaded, { lines: object }>['lines']> {
    const context = await compared(shops)
    return loadedIn(context, shops)
}

/** Loads what is approved, as another run where `context` is left out. */
export async function loadedIn(context: RunContext | null, shops: Shops) {
    const run = context ?? (await runOf(shops.db, shops.account_id))
    const loaded = await loadConnection(run, await connectionOf(shops))
    if (!('lines' in loaded)) throw new Error('expected a load, not a dry run')
    return loaded.lines
}

export async function shopState({ sandbox }: Talk, domain = DESTINATION): Promise<Shop> {
    const response = await fetch(`${sandbox.url}/control/state?shop=${domain}`)
    return (await response.json()) as Shop
}

/** Rows of a statement, for looking at what was recorded. */
export async function rowsOf<Row = Record<string, unknown>>({ db }: Pick<Shops, 'db'>, text: string): Promise<Row[]> {
    return (await db.send<Row>(text)).rows
}

/** A verb at the control address; throws where it is refused. */
export async function at(shops: Talk, verb: string, body: object = {}): Promise<Record<string, unknown>> {
    const { status, body: told } = await shops.control(verb, body)
    if (status !== 200) throw new Error(`${verb}: ${JSON.stringify(told)}`)
    return told
}

/** Lines by `entity.action.field.status`. */
export async function tally(shops: Shops): Promise<Record<string, number>> {
    const rows = await rowsOf<{ name: string; lines: string }>(
        shops,
        `select concat_ws('.', entity, action, nullif(field, ''), status) as name, count(*) as lines from changes group by 1 order by 1`,
    )
    return Object.fromEntries(rows.map(({ name, lines }) => [name, Number(lines)]))
}
