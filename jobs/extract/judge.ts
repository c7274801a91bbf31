import { countOf } from '../../connectors/shopify/counts.ts'
import { ALL_ORDERS, missingScopes } from '../../connectors/shopify/scopes.ts'
import type { Session } from '../../sql/database.ts'
import { queryFirst, queryOne } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { searchTime } from './asks_of_orders.ts'
import type { Incoming, Operation } from './operation.ts'
import type { SnapshotRow } from './snapshots.ts'

/** Less than this share of what was there before is not believed at once (spec rule 73). */
const SHARE = 0.5
/** How far a reading may be from Shopify's own count. */
const TOLERANCE = 0.01

/** Orders this young are shown with any scopes; nobody says whether the count goes further back than the list. */
const SHOWN_MS = 59 * 86_400_000

type Counts = Record<string, number>

type Reading = {
    context: RunContext
    store: StoreRow
    operation: Operation
    snapshot: SnapshotRow
    /** Ends when what this reading is judged against was read in this run, if it is read in it. */
    judgedAfter: () => Promise<unknown>
}

/**
 * Why a whole reading is not to be believed yet, or null if it is (spec rule 73): it brought nothing or far less than
 * the last one, and Shopify's own counts do not agree with it. Asks the store for counts only in that case.
 *
 * @param session where the incoming tables are.
 */
export async function doubtOf(reading: Reading, session: Session, came: Counts): Promise<string | null> {
    if (reading.operation.varies) return doubtOfVarying(reading, session, came)
    const { context, store, operation, judgedAfter } = reading
    const before = await countsBefore(session, store, operation.name)
    const short = operation.tables.filter(({ merge, name }) => merge && isShort(came[name] ?? 0, before[name] ?? 0))
    if (short.length === 0) return null
    await judgedAfter()
    const counted = await Promise.all(
        operation.tables
            .filter(({ countable }) => countable)
            .map((table) => countedAgainst(context, store, table, came)),
    )
    const judged = counted.length > 0 ? counted : [await levelledAgainst(session, store)]
    if (judged.every(({ agrees }) => agrees)) return null
    const losses = short.map(({ name }) => `${came[name] ?? 0} ${name} came, there were ${before[name]}`)
    return `${losses.join('; ')}; ${judged.map(({ says }) => says).join('; ')}`
}

/**
 * Orders vary: they are held against Shopify's own count of those that the reading asked for, that were there when it
 * was asked for, and that the scopes show. What Shopify does not count is not judged. A first reading is believed.
 */
async function doubtOfVarying(
    { context, store, operation, snapshot }: Reading,
    session: Session,
    came: Counts,
): Promise<string | null> {
    const countable = operation.tables.find((table) => table.countable)
    if (countable === undefined || snapshot.read_at === null) return null
    const { account_id, store_id } = store
    const whole = { account_id, store_id, operation: operation.name }
    if ((await queryFirst(session, 'staging/last_whole_counts', whole)) === null) return null
    const asked = new Date(snapshot.read_at)
    const windowed = missingScopes(store.scopes, [ALL_ORDERS]).length > 0
    const shown = windowed ? `created_at:>=${searchTime(new Date(asked.getTime() - SHOWN_MS))}` : null
    const filter = [snapshot.filter, shown, `created_at:<${searchTime(asked)}`]
        .filter((part) => part !== null)
        .join(' ')
    const counted = await countOf(context.clientOf(store), countable.countable!, filter)
    const rows = came[countable.name] ?? 0
    if (counted === null || rows >= counted.count * (1 - TOLERANCE)) return null
    return `${rows} ${countable.name} came; Shopify counts ${counted.exact ? '' : 'at least '}${counted.count}`
}

function isShort(came: number, before: number): boolean {
    return before > 0 && came < before * SHARE
}

/** Rows of the last whole reading; of a source that is read for the first time, what is linked of it. */
async function countsBefore(session: Session, store: StoreRow, operation: string): Promise<Counts> {
    const { account_id, store_id } = store
    const whole = { account_id, store_id, operation }
    const last = await queryFirst<{ counts: Counts }>(session, 'staging/last_whole_counts', whole)
    if (last !== null) return last.counts
    const linked = await queryOne<Record<string, string>>(session, 'staging/linked_counts', { account_id, store_id })
    return Object.fromEntries(Object.entries(linked).map(([name, count]) => [name, Number(count)]))
}

type Judged = { agrees: boolean; says: string }

async function countedAgainst(
    context: RunContext,
    store: StoreRow,
    { name, countable }: Incoming,
    came: Counts,
): Promise<Judged> {
    const counted = await countOf(context.clientOf(store), countable!)
    if (counted === null) return { agrees: false, says: `Shopify does not say how many ${name} there are` }
    const rows = came[name] ?? 0
    const lacking = Math.abs(rows - counted.count) > counted.count * TOLERANCE
    const says = `Shopify counts ${counted.exact ? '' : 'at least '}${counted.count} ${name}`
    return { agrees: counted.exact ? !lacking : rows >= counted.count, says }
}

async function levelledAgainst(session: Session, store: StoreRow): Promise<Judged> {
    const { account_id, store_id } = store
    type Row = { levelled: string; items: string }
    const { levelled, items } = await queryOne<Row>(session, 'staging/levelled_items', { account_id, store_id })
    const agrees = Number(levelled) >= Number(items) * (1 - TOLERANCE)
    return { agrees, says: `they are of ${levelled} items, and the variants last read have ${items}` }
}
