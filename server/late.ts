import type { Database } from '../sql/database.ts'

/** Figures of large stores take a moment, and most move with runs alone: a page may show them so old. */
const FRESH_MS = 60_000

type Kept = { at: number; value: unknown; isRenewed: boolean }

/** What is kept of a sort, by database and key: how old it may be shown at most, and how many; the oldest go. */
export type Shelf = { oldestMs: number; most: number; kept: WeakMap<Database, Map<string, Kept>> }

export const openShelf = (oldestMs: number, most: number): Shelf => ({ oldestMs, most, kept: new WeakMap() })

const figures = openShelf(10 * FRESH_MS, 1000)

/**
 * What `make` finds, a moment old at most; while somebody is shown older figures, newer ones are fetched for the next. The
 * key names everything that they depend on, whose eyes they are for first of all.
 */
export async function late<Value>(
    db: Database,
    key: string,
    make: () => Promise<Value>,
    { oldestMs, most, kept }: Shelf = figures,
): Promise<Value> {
    const known = kept.get(db) ?? new Map<string, Kept>()
    kept.set(db, known)
    const last = known.get(key)
    const age = last ? Date.now() - last.at : Number.POSITIVE_INFINITY
    const renew = async () => {
        const value = await make()
        known.delete(key)
        known.set(key, { at: Date.now(), value, isRenewed: false })
        for (const oldest of known.keys()) if (known.size > most) known.delete(oldest)
        return value
    }
    if (!last || age > oldestMs) return renew()
    if (age > FRESH_MS && !last.isRenewed) {
        last.isRenewed = true
        renew().catch(() => {
            last.isRenewed = false
        })
    }
    return last.value as Value
}
