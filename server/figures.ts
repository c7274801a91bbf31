import type { Database } from '../sql/database.ts'
import {
    type ConnectionCounts,
    type ConnectionFigures,
    countsOf,
    figuresOf,
    type SeenConnection,
} from '../sql/pages/connections.ts'

/** Counts of a large store's links take a moment and move with runs alone: a page may show them so old. */
const FRESH_MS = 20_000
/** Older ones are not shown any more, but awaited anew. */
const OLDEST_MS = 10 * 60_000

type Kept = { at: number; counts: ConnectionCounts; isRenewed: boolean }

/** By database and connection. */
const kept = new WeakMap<Database, Map<string, Kept>>()

/** What a connection comes to, as lists and cards show it. */
export async function figuresFor(
    db: Database,
    connection: SeenConnection,
): Promise<ConnectionFigures & ConnectionCounts> {
    const [counts, figures] = await Promise.all([lateCounts(db, connection), figuresOf(db, connection)])
    return { ...figures, ...counts }
}

/** Counts that are a moment old at most; while somebody is shown older ones, newer ones are fetched for the next. */
async function lateCounts(db: Database, connection: SeenConnection): Promise<ConnectionCounts> {
    const known = kept.get(db) ?? new Map<string, Kept>()
    kept.set(db, known)
    const key = `${connection.account_id}/${connection.connection_id}`
    const last = known.get(key)
    const age = last ? Date.now() - last.at : Number.POSITIVE_INFINITY
    const renew = async () => {
        const counts = await countsOf(db, connection)
        known.set(key, { at: Date.now(), counts, isRenewed: false })
        return counts
    }
    if (!last || age > OLDEST_MS) return renew()
    if (age > FRESH_MS && !last.isRenewed) {
        last.isRenewed = true
        renew().catch(() => {
            last.isRenewed = false
        })
    }
    return last.counts
}
