import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { pino } from 'pino'
import type { Sandbox } from '../../../connectors/sandbox/sandbox.ts'
import type { plainShop } from '../../../connectors/sandbox/shop/plain.ts'
import { createClient, type ShopifyClient } from '../../../connectors/shopify/client.ts'
import { createRateBudget } from '../../../connectors/shopify/throttle.ts'
import { addStore } from '../../../jobs/connect.ts'
import type { RunContext } from '../../../jobs/context.ts'
import { fill } from '../../../jobs/extract/fill.ts'
import { merge } from '../../../jobs/extract/merge.ts'
import type { Kind, Operation } from '../../../jobs/extract/operation.ts'
import { catalogue } from '../../../jobs/extract/operations/catalogue.ts'
import { adoptOrOpen, type SnapshotRow } from '../../../jobs/extract/snapshots.ts'
import { createRunContext } from '../../../jobs/run_context.ts'
import { type Database, withConnection } from '../../../sql/database.ts'
import { execute } from '../../../sql/query.ts'
import { claimRun } from '../../../sql/runs/claims.ts'
import { requestRun } from '../../../sql/runs/requests.ts'
import { addAccount } from '../../../sql/stores/accounts.ts'
import { putStore } from '../../../sql/stores/save.ts'
import { type StoreRow, storeById } from '../../../sql/stores/stores.ts'
import { testDatabase } from '../../helpers/database.ts'
import { sandboxFor } from '../../helpers/sandbox.ts'

const log = pino({ level: 'silent' })
const key = randomBytes(32)
const who = 'test'

export type House = { db: Database; account_id: number; context: RunContext }

/** An empty database with an account and a run of it under way. */
export async function houseFor(t: TestContext): Promise<House> {
    const { db } = await testDatabase({ after: (end) => t.after(end) }, { max: 6 })
    const { account_id } = await addAccount(db, 'acme')
    return { db, account_id, context: await runOf(db, account_id) }
}

/**
 * A run as a worker holds it; with `runId` that one, taken over from a process that died. Runs before are over. Its
 * clients look at bulk operations without waiting between two looks.
 */
export async function runOf(db: Database, account_id: number, runId?: string): Promise<RunContext> {
    if (runId) await db.send(`update runs set heartbeat_at = now() - interval '1 hour' where run_id = ${runId}`)
    else await db.send(`update runs set state = 'failed' where state = 'running'`)
    const request = { account_id, job: 'extract', arguments: {}, reason: 'job' as const }
    const run_id = runId ?? (await requestRun(db, request))!.run_id
    const claimed = await claimRun(db, account_id, run_id)
    if (!claimed.taken) throw new Error(`run ${run_id} could not be taken: ${claimed.why}`)
    const { signal } = new AbortController()
    const parts = { signal, progress: () => {}, giveWay: async () => {} }
    const clients = new Map<number, ShopifyClient>()
    return {
        ...createRunContext({ db, log, key, jobs: {} }, claimed.claim, parts),
        clientOf: (store: StoreRow) => quickClient(clients, store, signal),
    }
}

function quickClient(clients: Map<number, ShopifyClient>, store: StoreRow, signal: AbortSignal): ShopifyClient {
    const { domain, origin, api_version } = store
    const known = clients.get(store.store_id)
    if (known) return known
    const credentials = { kind: 'static' as const, token: `token-${domain}` }
    const limits = { firstPollMs: 1, longestPollMs: 5, firstWaitMs: 1, longestWaitMs: 5 }
    const budget = createRateBudget()
    const client = createClient({ domain, origin, apiVersion: api_version, credentials, limits, budget, signal })
    clients.set(store.store_id, client)
    return client
}

/** The store of a domain without any shop behind it, for what is tried below HTTP. */
export async function storeWithoutShop({ db, account_id }: { db: Database; account_id: number }): Promise<StoreRow> {
    const put = { account_id, domain: 'northwind.example', role: 'source' as const, origin: 'http://127.0.0.1:1' }
    const more = { api_version: '2026-07', credentials: Buffer.from('x'), join_code: null }
    return storeById(db, account_id, await putStore(db, { ...put, ...more }))
}

/** A sandbox with northwind and some products, and the store added to a house of its own. */
export async function shopFor(t: TestContext, options: { products?: number } = {}) {
    const { products = 12 } = options
    const catalogue = { products, seed: 7 }
    const talk = await sandboxFor(t, { shops: [{ domain: 'northwind.example', catalogue }] })
    const house = await houseFor(t)
    const { db, account_id } = house
    const origin = talk.sandbox.originOf('northwind.example')
    const token = 'token-northwind.example'
    const added = { domain: 'northwind.example', role: 'source' as const, origin, token }
    const store = await addStore({ db, key, log }, { account_id, who }, added)
    return { ...house, ...talk, store }
}

/** The shop as it is, by the sandbox's own account. */
export async function stateOf({ sandbox }: { sandbox: Sandbox }): Promise<ReturnType<typeof plainShop>> {
    const response = await fetch(`${sandbox.url}/control/state?shop=northwind.example`)
    return (await response.json()) as ReturnType<typeof plainShop>
}

/** One object as a line of a result; `/` is escaped as Shopify does. */
export const lineOf = (node: object) => Buffer.from(JSON.stringify(node).replaceAll('/', '\\/'))

/** Lines in batches of a few, as they come off the wire. */
export async function* batchesOf(nodes: readonly object[], size = 3): AsyncGenerator<Buffer[]> {
    for (let at = 0; at < nodes.length; at += size) yield nodes.slice(at, at + size).map(lineOf)
}

/** Merges lines as a reading of the catalogue asked for at an hour of one day. */
export async function mergeLines(
    { db, context, store }: House & { store: StoreRow },
    nodes: readonly object[],
    { hour, kind = 'full', operation = catalogue }: { hour: number; kind?: Kind; operation?: Operation },
): Promise<SnapshotRow> {
    const read_at = `2026-07-01T${String(hour).padStart(2, '0')}:00:00Z`
    const about = { store, operation, kind, filter: null, lastReadAt: null }
    const { snapshot } = await adoptOrOpen(context, { ...about, documentOf: () => 'query a { a }' })
    const { account_id } = store
    const start = { account_id, snapshot_id: snapshot.snapshot_id, bulk_operation_id: '1', read_at }
    await execute(db, 'staging/started_snapshot', start)
    return withConnection(db, async (session) => {
        const came = await fill(session, operation.tables, batchesOf(nodes))
        return merge(context, session, store, operation, { ...snapshot, read_at }, came)
    })
}

export type ShopHouse = Awaited<ReturnType<typeof shopFor>>

/** Kind and state by operation. */
export const states = (snapshots: readonly SnapshotRow[]) =>
    Object.fromEntries(snapshots.map(({ operation, kind, state }) => [operation, `${kind} ${state}`]))
export const named = (snapshots: readonly SnapshotRow[], operation: string) =>
    snapshots.find((snapshot) => snapshot.operation === operation)!

export async function rowsOf({ db }: ShopHouse, text: string): Promise<Record<string, unknown>[]> {
    return (await db.send<Record<string, unknown>>(text)).rows
}

export const stagedProducts = (house: ShopHouse) => rowsOf(house, 'select product_id from staging.products')

/** Bulk operations that were begun at the shop for a root field. */
export function begun({ sandbox }: ShopHouse, root: string): number {
    const shop = sandbox.shops.get('northwind.example')!
    return [...shop.bulkOperations.values()].filter(({ query }) => new RegExp(`^\\s*${root}\\b`, 'm').test(query))
        .length
}

/** A connection of northwind with one linked product; sales are of no account to it. */
export async function link({ db, account_id, store }: ShopHouse): Promise<void> {
    await db.send(
        `with d as (
            insert into stores (account_id, domain, role, origin, api_version, credentials)
            values (${account_id}, 'market.example', 'destination', 'http://127.0.0.1:1', '2026-07', 'x')
            returning store_id
        ), c as (
            insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state)
            select ${account_id}, ${store.store_id}, store_id, 'k', '{"orders": "none"}', 'connected' from d
            returning connection_id, destination_store_id
        )
        insert into product_links (account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us)
        select ${account_id}, connection_id, 1, destination_store_id, 2, true from c`,
    )
}

/** Shopify's own counts say otherwise than the shop. */
export function countedAs(context: RunContext, count: number): RunContext {
    const clientOf: RunContext['clientOf'] = (store) => {
        const client = context.clientOf(store)
        const query = <T>(document: string, variables?: Record<string, unknown>) =>
            document.includes('count:')
                ? Promise.resolve({ count: { count, precision: 'EXACT' } } as T)
                : client.query<T>(document, variables)
        return { ...client, query }
    }
    return { ...context, clientOf }
}
