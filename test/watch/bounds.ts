import { type LocationLink, targetOf } from '../oracle/levels.ts'
import type { Cast, WatchedConnection, WatchedItem } from './cast.ts'
import { type Entry, isReading, type ReadingEntry, type StockEntry } from './entries.ts'
import type { Figures } from './figures.ts'
import { type Moment, truly } from './orders.ts'
import type { Shared } from './shared.ts'

export type Scene = { journal: readonly Entry[]; cast: Cast; figures: Figures; shared: Shared }
export type Write = { entry: StockEntry; connection: WatchedConnection; item: WatchedItem; link: LocationLink }

/** The most that a written figure may be, and why. */
export type Bound = { most: number; why: string }

/**
 * What the rules allow at most, for each reading of the source that the write may stand on: the last of everything, and
 * those by id after it. Null where the source or the store's orders were never asked for.
 */
export function boundsOf(scene: Scene, write: Write): Bound[] | null {
    const readings = readingsBefore(scene, write)
    const asked = scene.shared.asked(write.connection, write.entry.n)
    if (readings.length === 0 || asked === null) return null
    const allowed = (own: Moment[]) =>
        Math.max(...readings.map((it) => figure(scene, write, it, leftOf(scene, write, it, own))))
    return [
        { most: allowed([truly(write.entry.n)]), why: 'is left after all that this store has sold' },
        { most: allowed(asked), why: 'is left after all sales that the stores showed when they were asked' },
    ]
}

/** The last reading of all figures of the source, and any by id after it. */
function readingsBefore({ journal }: Scene, { entry, connection }: Write): ReadingEntry[] {
    const own = journal.filter(isReading).filter((it) => it.n < entry.n && it.of === 'levels')
    const ofSource = own.filter((it) => it.shop === connection.source)
    const bulk = ofSource.findLast((it) => it.how === 'bulk')
    if (!bulk) return []
    return [bulk, ...ofSource.filter((it) => it.how === 'by id' && it.n > bulk.n)]
}

function figure(
    { cast, figures }: Scene,
    { connection, item, link }: Write,
    reading: ReadingEntry,
    left: number,
): number {
    const lag = reading.how === 'by id' ? 0 : (cast.lagMs.get(connection.source) ?? 0)
    const since = lag > 0 ? reading.at - lag : null
    const pool = link.sources.reduce(
        (sum, location) => sum + figures.highest(connection.source, item.source, location, reading, since),
        0,
    )
    return targetOf(pool + left, item.buffer, item.factor)
}

const most = (moments: readonly Moment[], at: (moment: Moment) => number) => Math.max(...moments.map(at))

/** Units that are gone and that the source did not show yet when read: of this store as it was at `own`, of others as shown. */
function leftOf(
    { cast, shared }: Scene,
    { entry, connection, item, link }: Write,
    reading: ReadingEntry,
    own: Moment[],
): number {
    const mates = cast.connections.filter((it) => it.source === connection.source && it.orders !== 'none')
    return link.sources.reduce((sum, location) => {
        const place = { item: item.source, location, among: link.sources }
        const held = mates.reduce((units, mate) => {
            const isOwn = mate === connection
            const shown = isOwn ? own : (shared.asked(mate, entry.n) ?? [])
            const also = isOwn ? (['pending'] as const) : []
            return shown.length > 0 ? units + most(shown, (it) => shared.heldAt(mate, place, it, also)) : units
        }, 0)
        const found = mates.reduce((units, it) => units + Math.max(0, shared.foundAt(it, place, entry.n)), 0)
        return sum + held + found - shared.toldAt(connection.source, place, reading.n)
    }, 0)
}
