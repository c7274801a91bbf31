import type { Database } from '../sql/database.ts'

/** Figures of large stores take a moment, and most move with runs alone: a page may show them so old. */
const FRESH_MS = 60_000
/** Older ones are not shown any more, but awaited anew. */
const OLDEST_MS = 10 * 60_000
/** More are kept for nobody: the oldest go. */
const MOST_KEPT = 1000

type Kept = { at: number; value: unknown; isRenewed: boolean }

/** By database and key. */
const kept = new WeakMap<Database, Map<string, Kept>>()

/**
 * What `make` finds, a moment old at most; while somebody is shown older figures, newer ones are fetched for the next. The
 * key names everything that they depend on, whose eyes they are for first of all.
 */
export async function late<Value>(db: Database, key: string, make: () => Promise<Value>): Promise<Value> {
    const known = kept.get(db) ?? new Map<string, Kept>()
    kept.set(db, known)
    const last = known.get(key)
    const age = last ? Date.now() - last.at : Number.POSITIVE_INFINITY
    const renew = async () => {
        const value = await make()
        known.delete(key)
        known.set(key, { at: Date.now(), value, isRenewed: false })
        for (const oldest of known.keys()) if (known.size > MOST_KEPT) known.delete(oldest)
        return value
    }
    if (!last || age > OLDEST_MS) return renew()
    if (age > FRESH_MS && !last.isRenewed) {
        last.isRenewed = true
        renew().catch(() => {
            last.isRenewed = false
        })
    }
    return last.value as Value
}
