import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { searchTime } from './asks_of_orders.ts'
import type { Asks, Kind, Operation } from './operation.ts'
import { operations } from './operations/index.ts'
import { lastReadings } from './snapshots.ts'

/** An operation to be read now, from when on, and what settings ask of it. */
export type Plan = Omit<Asks, 'filter'> & {
    operation: Operation
    kind: Kind
    filter: string | null
    lastReadAt: string | null
}

/** Shopify's search index shows a change some time after it was made. */
const INDEX_LAG_MS = 10 * 60_000

const EVERYTHING: Asks = { filter: { full: null, incremental: null }, details: [], scopes: [] }

/** What is to be read of a store: its operations (all, or those named) whole, or what moved since each was last read. */
export async function plansOf(
    context: RunContext,
    store: StoreRow,
    wanted: Kind,
    only?: readonly string[],
): Promise<Plan[]> {
    const asked = operations.filter(({ name }) => only?.includes(name) ?? true)
    const plans = await Promise.all(asked.map((operation) => planOf(context, store, operation, wanted)))
    return plans.filter((plan) => plan !== null)
}

/** Without a whole reading to build on, one that reaches back as far as is asked, an hourly run reads whole as well. */
async function planOf({ db }: RunContext, store: StoreRow, operation: Operation, wanted: Kind): Promise<Plan | null> {
    if (operation.isNeeded && !(await operation.isNeeded(db, store))) return null
    const { filter: own, details, scopes } = (await operation.asks?.(db, store)) ?? EVERYTHING
    const { name, kinds, wholeIn = name } = operation
    const { whole_at, whole_filter, read_at } = await lastReadings(db, store, name, wholeIn)
    const plan = { operation, details, scopes, lastReadAt: read_at }
    const built = whole_at !== null && read_at !== null && reachesBack(whole_filter, own.full)
    if (wanted === 'incremental' && built && kinds.includes('incremental')) {
        const filter = [movedSince(lagBefore(read_at)), own.incremental].filter((part) => part !== null).join(' ')
        return { ...plan, kind: 'incremental', filter }
    }
    return kinds.includes('full') ? { ...plan, kind: 'full', filter: own.full } : null
}

/** Filters of one operation differ in their time alone, and an earlier time is the lesser text. */
function reachesBack(read: string | null, asked: string | null): boolean {
    return read === null || (asked !== null && read <= asked)
}

/** What was updated since a time, in Shopify's search syntax. */
export const movedSince = (time: Date) => `updated_at:>=${searchTime(time)}`

/** From when on a reading must ask, so that nothing is missed which the index did not show at the one before. */
export const lagBefore = (readAt: string) => new Date(Date.parse(readAt) - INDEX_LAG_MS)
