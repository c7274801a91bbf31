import { query } from '../../sql/query.ts'
import { storeById } from '../../sql/stores/stores.ts'
import { readOrdersNow } from '../extract/orders_now.ts'
import { type LevelKey, readLevelsNow } from '../stock/levels.ts'
import { withFigures } from '../stock/look.ts'
import { refreshMovements } from '../stock/movements.ts'
import { fromOf } from './levels.ts'
import type { Line } from './line.ts'
import { again, conflict, type Outcome } from './outcome.ts'
import type { Place } from './place.ts'

type Figure = {
    item_id: string
    location_id: string
    actual: number | null
    desired: number
    waits: 'settling' | 'stale_source' | null
}

/**
 * Quantities whose level moved after it was read: the level is read again by id, then its orders, then the source's level,
 * and the figure is worked out anew by the same rules (spec rule 33, design: Stock). What may not be raised yet waits.
 */
export async function recompute(lines: readonly Line[], place: Place): Promise<Outcome[]> {
    if (lines.length === 0) return []
    const { context, connection, destination } = place
    const levels = await readLevelsNow(context, destination, lines.map(keyOf))
    const orders = await readOrdersNow(context, destination)
    const own = orders.every(({ state }) => state === 'complete')
    await refreshMovements(context, connection, false)
    const products = [...new Set(lines.map((line) => line.source_product_id))]
    const keys = { account_id: connection.account_id, connection_id: connection.connection_id }
    const sources = await query<LevelKey>(context.db, 'stock/source_levels', { ...keys, products })
    await readLevelsNow(context, await storeById(context.db, keys.account_id, connection.source_store_id), sources)
    const figures = await withFigures(
        context,
        connection,
        { products, sales: { own, all: place.sales?.all ?? true } },
        (tx) => query<Figure>(tx, 'stock/figures', keys),
    )
    const byPlace = new Map(figures.map((it) => [`${it.item_id}/${it.location_id}`, it]))
    const now = new Map(levels.map((it) => [`${it.inventory_item_id}/${it.location_id}`, it.available]))
    return lines.map((line) => {
        const at = `${line.item_id}/${line.location_id}`
        return judged(line, byPlace.get(at), now.get(at) ?? null)
    })
}

/** Why left_levels.sql proposes a figure (rule 29). */
const LEFT = 'location linked no more'

const keyOf = ({ item_id, location_id }: Line) => ({ inventory_item_id: item_id, location_id })

/** Without a figure of its own what is there now agrees with the rules: its reading came late, as an index lags. */
function judged(line: Line, figure: Figure | undefined, now: number | null): Outcome {
    const message = `it moved from ${fromOf(line)} to ${now ?? 'nothing'} after it was read`
    if (now === null) return conflict(line, message)
    // A figure at a place that is linked no more is 0, and none of its own.
    if (!figure && line.inputs === LEFT && now !== line.after)
        return again({ ...line, from: now, stale: (line.stale ?? 0) + 1 }, message)
    if (!figure) {
        const settled: Line = { ...line, from: now, after: now, recomputed: true }
        return { line: settled, status: 'applied', message: 'it is so already' }
    }
    if (figure.actual === null) return conflict(line, message)
    const fresh: Line = { ...line, from: figure.actual, after: figure.desired, recomputed: true }
    if (figure.waits !== null) return { line, status: figure.waits, message }
    if (figure.desired === figure.actual) return { line: fresh, status: 'applied', message: 'it is so already' }
    return again({ ...fresh, stale: (line.stale ?? 0) + 1 }, message)
}
