import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import type { Kind, Operation } from './operation.ts'
import { operations } from './operations/index.ts'
import { lastReadings } from './snapshots.ts'

/** An operation to be read now, and from when on. */
export type Plan = { operation: Operation; kind: Kind; filter: string | null; lastReadAt: string | null }

/** Shopify's search index shows a change some time after it was made. */
const INDEX_LAG_MS = 10 * 60_000

/** What is to be read of a store: all its operations whole, or what moved since each was last read. */
export async function plansOf(context: RunContext, store: StoreRow, wanted: Kind): Promise<Plan[]> {
    const plans = await Promise.all(operations.map((operation) => planOf(context, store, operation, wanted)))
    return plans.filter((plan) => plan !== null)
}

/** Without a whole reading to build on, an hourly run reads whole as well. */
async function planOf({ db }: RunContext, store: StoreRow, operation: Operation, wanted: Kind): Promise<Plan | null> {
    if (operation.isNeeded && !(await operation.isNeeded(db, store))) return null
    const { name, kinds, wholeIn = name } = operation
    const { whole_at, read_at } = await lastReadings(db, store, name, wholeIn)
    const incremental = wanted === 'incremental' && whole_at !== null && read_at !== null
    if (incremental && kinds.includes('incremental')) {
        return { operation, kind: 'incremental', filter: movedSince(read_at), lastReadAt: read_at }
    }
    return kinds.includes('full') ? { operation, kind: 'full', filter: null, lastReadAt: read_at } : null
}

/** In Shopify's search syntax, from whole seconds. */
function movedSince(readAt: string): string {
    const since = new Date(Date.parse(readAt) - INDEX_LAG_MS)
    return `updated_at:>='${since.toISOString().slice(0, 19)}Z'`
}
