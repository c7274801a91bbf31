import { type LocationLink, targetOf } from '../oracle/levels.ts'
import type { Buffer } from '../oracle/settings.ts'
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
    const allowed = (own: Moment[]) => Math.max(...readings.map((it) => figure(scene, write, it, own)))
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

/** In shares of a unit, so that nothing is rounded before it has to be. */
const UNIT = 1_000_000

/**
 * Rule 21: what is kept back is the larger of the buffer's units and its share, which is one of the whole pool: units that
 * do not count yet are in it still.
 */
function figure(scene: Scene, write: Write, reading: ReadingEntry, own: Moment[]): number {
    const { units, percent, zero_below } = write.item.buffer ?? NOTHING
    const share = Math.round((Number(percent) * UNIT) / 100)
    const left = (kept: number) => leftOf(scene, write, reading, own, kept) / UNIT
    const least = Math.floor(Math.min(left(share), left(0) - units))
    return targetOf(least, { ...NOTHING, zero_below }, write.item.factor)
}

const NOTHING: Buffer = { scope: 'all', scope_value: '', priority: 0, units: 0, percent: '0', zero_below: 0 }

const most = (moments: readonly Moment[], at: (moment: Moment) => number) => Math.max(...moments.map(at))

/**
 * What a reading of the source showed, less what is gone and it did not show yet, less a share of the pool: of this store's
 * orders as they were at `own`, of others' as shown.
 */
function leftOf(scene: Scene, write: Write, reading: ReadingEntry, own: Moment[], share: number): number {
    const { cast, figures, shared } = scene
    const { entry, connection, item, link } = write
    const mates = cast.connections.filter((it) => it.source === connection.source && it.orders !== 'none')
    const lag = reading.how === 'by id' ? 0 : (cast.lagMs.get(connection.source) ?? 0)
    const since = lag > 0 ? reading.at - lag : null
    const counts = UNIT - share
    return link.sources.reduce((sum, location) => {
        const place = { item: item.source, location, among: link.sources }
        const read = figures.highest(connection.source, item.source, location, reading, since)
        const held = mates.reduce((units, mate) => {
            const isOwn = mate === connection
            const shown = isOwn ? own : (shared.asked(mate, entry.n) ?? [])
            const weights = isOwn ? { counts, pending: UNIT } : { counts }
            return shown.length > 0 ? units + most(shown, (it) => shared.heldAt(mate, place, it, weights)) : units
        }, 0)
        const found = mates.reduce((units, it) => units + Math.max(0, shared.foundAt(it, place, entry.n)), 0)
        const told = shared.toldAt(connection.source, place, reading.n)
        return sum + held + (read + found - told) * counts
    }, 0)
}
