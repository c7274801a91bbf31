import { heldBy } from './held.ts'
import { availableAt, locationLinks } from './levels.ts'
import type { Scene } from './lines.ts'
import { pairsOf, type Sharer, tell, untoldOf } from './orders.ts'
import type { ShopState, ShopVariant, View } from './state.ts'

/**
 * Untold units at the places that feed a location: everybody's that count. What came back to a place where the source does not
 * stock the item is not there to be sold.
 */
export function untoldAt(scene: Scene, item: number, sources: readonly number[]): number {
    const { counts } = untoldIn(scene)
    return sources.reduce((sum, location) => {
        const units = sumAt(counts, item, [location])
        return sum + (levelIn(scene.source, item, location) ? units : Math.min(0, units))
    }, 0)
}

/** Units that this store's own orders have set aside there, and that do not count yet (rule 19). */
export function asideAt(scene: Scene, item: number, sources: readonly number[]): number {
    return -sumAt(untoldIn(scene).aside, item, sources)
}

type Places = Map<string, number>

const sumAt = (units: Places, item: number, sources: readonly number[]) =>
    sources.reduce((sum, location) => sum + (units.get(`${item}/${location}`) ?? 0), 0)

/** A scene's shops stand still while it is looked at, so its orders are gone through once. */
const scenes = new WeakMap<Scene, { counts: Places; aside: Places }>()

function untoldIn(scene: Scene) {
    const known = scenes.get(scene)
    if (known) return known
    const found = { counts: new Map<string, number>(), aside: new Map<string, number>() }
    for (const sharer of scene.sharers) {
        for (const it of untoldOf(sharer, scene.source)) {
            if (it.standing !== 'counts' && sharer.connection !== scene.connection) continue
            const units = it.standing === 'counts' ? found.counts : found.aside
            const key = `${it.item}/${it.location}`
            units.set(key, (units.get(key) ?? 0) + it.units)
        }
    }
    scenes.set(scene, found)
    return found
}

/** D4 `adjust` and `two_way`: the source is told of every sale that counts, once, before its figures are read. */
export function tellSources(sharers: readonly Sharer[], source: View, now: number) {
    for (const sharer of sharers) {
        const { orders } = sharer.connection.settings
        if (orders !== 'adjust' && orders !== 'two_way') continue
        if (orders === 'two_way') carryCounts(sharer, source, now)
        for (const untold of untoldOf(sharer, source).filter(({ standing }) => standing === 'counts')) {
            if (adjust(source, untold.item, untold.location, untold.units)) tell(sharer, untold)
        }
    }
}

/** What is not stocked at a place cannot be told of there: it counts on. */
function adjust(source: View, item: number, location: number, units: number): boolean {
    const level = levelIn(source, item, location)
    if (level) level.available += units
    return level !== undefined
}

function levelIn(source: View, item: number, location: number) {
    const own = [...source.variants.values()].find(({ variant }) => variant.inventoryItemId === item)
    return own?.variant.levels.find(({ locationId }) => locationId === location)
}

/** What people counted at a two-way store goes to the source by its difference, once it has stood (D4). */
function carryCounts(sharer: Sharer, source: View, now: number) {
    const { destination, connection, memory } = sharer
    if (!connection.settings.inventory || !memory.firstSyncOver) return
    const pairs = pairsOf(sharer, source)
    const links = locationLinks(connection.settings, source.shop, destination.shop)
    for (const { variant } of destination.variants.values()) {
        const pair = pairs.get(variant.inventoryItemId)
        if (!pair) continue
        for (const level of variant.levels) {
            const found = unexplained(sharer, variant, level.locationId)
            const place = links.find((it) => it.open && it.destination === level.locationId)?.sources[0]
            if (!found || place === undefined || !hasStood(variant, level.locationId, now)) continue
            if (!adjust(source, pair.item, place, found * pair.factor)) continue
            noteSeen(sharer, variant, level.locationId)
        }
    }
}

export const levelKey = (item: number, location: number) => `level/${item}/${location}/available`

/** Units that a level moved by since it was last settled and that no order explains; null where it never was. */
export function unexplained({ memory, destination }: Sharer, variant: ShopVariant, location: number): number | null {
    const key = levelKey(variant.inventoryItemId, location)
    const settled = memory.settled.get(key)
    const actual = availableAt(variant, location)
    if (!settled || actual === null || settled.saw === null || memory.unheard.has(key)) return null
    const since = heldAt(destination.shop, variant.inventoryItemId, location) - (memory.heldThen.get(key) ?? 0)
    return actual - Number(settled.saw) - since
}

/** From now on a level's figure is what it is seen to be. */
export function noteSeen({ memory, destination }: Sharer, variant: ShopVariant, location: number) {
    const key = levelKey(variant.inventoryItemId, location)
    const actual = availableAt(variant, location)
    memory.settled.set(key, { wrote: memory.settled.get(key)?.wrote ?? actual, saw: actual })
    memory.heldThen.set(key, heldAt(destination.shop, variant.inventoryItemId, location))
    memory.unheard.delete(key)
}

/** Levels of linked items that a run passes over: their places are linked to none, or one side does not track them. */
export function noteUnheard(sharer: Sharer, source: View) {
    const { memory, destination, connection } = sharer
    const { settings } = connection
    if (settings.orders !== 'two_way') return
    const links = locationLinks(settings, source.shop, destination.shop).map((it) => it.destination)
    const pairs = pairsOf(sharer, source)
    for (const id of memory.variants.keys()) {
        const { inventoryItemId: item, levels } = destination.variants.get(id)?.variant ?? { levels: [] }
        for (const { locationId } of levels) {
            const isWatched = settings.inventory && pairs.has(item!) && links.includes(locationId)
            if (!isWatched) memory.unheard.add(levelKey(item!, locationId))
        }
    }
}

/** What all orders of a shop hold of an item at a location. */
export function heldAt({ orders = [] }: ShopState, item: number, location: number): number {
    const moves = orders.flatMap(heldBy)
    const own = moves.filter((it) => it.inventoryItemId === item && it.locationId === location)
    return own.reduce((sum, it) => sum + it.units, 0)
}

const TEN_MINUTES = 10 * 60 * 1000

/** Whether a level has not moved for so long that no index can hide why it did. */
export function hasStood({ levels }: ShopVariant, location: number, now: number): boolean {
    const moved = levels.find((it) => it.locationId === location)?.updatedAt
    return moved === undefined || new Date(moved).getTime() <= now - TEN_MINUTES
}

/**
 * After runs that nobody predicted: takes it that sources were told of all that counts, once, and that what is there now is
 * how it was settled. Whoever watched those runs says whether the first is so; the second is judged by the next.
 */
export function catchUp(sharers: readonly Sharer[], source: View) {
    for (const sharer of sharers) {
        const { orders } = sharer.connection.settings
        if (orders === 'adjust' || orders === 'two_way') {
            const counted = untoldOf(sharer, source).filter(({ standing }) => standing === 'counts')
            for (const it of counted) if (levelIn(source, it.item, it.location)) tell(sharer, it)
        }
        for (const { variant } of sharer.destination.variants.values()) {
            for (const { locationId } of variant.levels) noteSeen(sharer, variant, locationId)
        }
    }
}
