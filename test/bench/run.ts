import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { createClient, type ShopifyClient } from '../../connectors/shopify/client.ts'
import type { Extent } from '../../jobs/compare/in_question.ts'
import { compareConnection, type NewSet } from '../../jobs/compare.ts'
import type { RunContext } from '../../jobs/context.ts'
import { createRunContext } from '../../jobs/run_context.ts'
import { lookAhead } from '../../jobs/stock/look.ts'
import type { Database } from '../../sql/database.ts'
import { claimRun } from '../../sql/runs/claims.ts'
import { requestRun } from '../../sql/runs/requests.ts'
import { connectionById, type StoreRow } from '../../sql/stores/stores.ts'

const log = pino({ level: 'silent' })
const ACCOUNT = 1

/** A run as a worker holds it, whose clients talk to the stores' server. Runs before it are over. */
export async function openRun(db: Database): Promise<RunContext> {
    await db.send(`update runs set state = 'done' where state in ('running', 'queued')`)
    const request = { account_id: ACCOUNT, job: 'nightly', arguments: {}, reason: 'job' as const }
    const claimed = await claimRun(db, ACCOUNT, (await requestRun(db, request))!.run_id)
    if (!claimed.taken) throw new Error(`Expected a run to work in, but it is ${claimed.why}.`)
    const clients = new Map<number, ShopifyClient>()
    const parts = { signal: new AbortController().signal, progress: () => {}, giveWay: async () => {} }
    return {
        ...createRunContext({ db, log, key: randomBytes(32), jobs: {} }, claimed.claim, parts),
        clientOf(store: StoreRow) {
            const client = clients.get(store.store_id) ?? clientOf(store)
            clients.set(store.store_id, client)
            return client
        },
    }
}

function clientOf({ domain, origin, api_version }: StoreRow): ShopifyClient {
    const credentials = { kind: 'static' as const, token: 'none' }
    return createClient({ domain, origin, apiVersion: api_version, credentials })
}

/** Every store's sales were read. */
const sales = { own: true, all: true }

/**
 * Compares the one connection there is, all steps, or some, after what a run looks at before; returns its sets and the
 * milliseconds that both took.
 */
export async function compare(context: RunContext, extent: Extent): Promise<{ ms: number; sets: NewSet[] }> {
    const connection = await connectionById(context.db, ACCOUNT, 1)
    const started = performance.now()
    const asked = { ...extent, sales }
    const looked = extent.only === undefined ? await lookAhead(context, connection, asked) : asked
    const sets = await compareConnection(context, connection, looked)
    return { ms: performance.now() - started, sets }
}
