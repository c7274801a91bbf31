import { adjustedOnce, writtenBlindly } from './adjustments.ts'
import { boundsOf, type Scene, type Write } from './bounds.ts'
import type { Cast } from './cast.ts'
import { type Entry, isStock, type StockEntry } from './entries.ts'
import { figuresOf } from './figures.ts'
import { sharedOf } from './shared.ts'

const WRITTEN = new Set(['set', 'activate'])

/**
 * Reads what happened in all shops and says where a figure was written that no rule allows: over a figure that was not
 * named, covering a sale of the same store, or above what the source and the stores had shown. One line each.
 */
export function complaints(journal: readonly Entry[], cast: Cast, { ended = true } = {}): string[] {
    const figures = figuresOf(journal, cast.still)
    const scene: Scene = { journal, cast, figures, shared: sharedOf(journal, cast, figures) }
    const writes = journal.filter(isStock).filter((it) => WRITTEN.has(it.cause))
    return [
        ...writes.flatMap((it) => faultsOf(scene, it)),
        ...writtenBlindly(scene),
        ...(ended ? adjustedOnce(scene) : []),
    ]
}

function faultsOf(scene: Scene, entry: StockEntry): string[] {
    const write = writeOf(scene, entry)
    if (!write || write.connection.orders === 'none') return []
    return tooMuch(scene, write).map(
        (fault) => `${entry.shop} | entry ${entry.n}: item ${entry.inventoryItemId} | ${fault}`,
    )
}

function tooMuch(scene: Scene, write: Write): string[] {
    const { after } = write.entry
    const bounds = boundsOf(scene, write)
    if (!bounds) return [`${after} written without having asked for the source's figures and the store's orders`]
    const passed = bounds.filter(({ most }) => after > most)
    return passed.map(({ most, why }) => `${after} written where ${most} ${why}`)
}

/** The connection that a written figure belongs to; null where nobody's rules speak of it. */
function writeOf({ cast }: Scene, entry: StockEntry): Write | null {
    for (const connection of cast.connections.filter((it) => it.destination === entry.shop)) {
        const item = connection.items.find((it) => it.destination === entry.inventoryItemId)
        const link = connection.locations.find((it) => it.destination === entry.locationId)
        if (item && link) return { entry, connection, item, link }
    }
    return null
}
