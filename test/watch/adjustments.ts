import type { Scene } from './bounds.ts'
import type { WatchedConnection } from './cast.ts'
import { isStock } from './entries.ts'
import { standing, truly, type WatchedOrder } from './orders.ts'
import type { Place } from './shared.ts'

const END = Number.POSITIVE_INFINITY

/** Over a whole story: what a source was adjusted by, against what its stores' orders hold in the end (D4). */
export function adjustedOnce(scene: Scene): string[] {
    const sources = new Set(scene.cast.connections.map(({ source }) => source))
    return [...sources].flatMap((source) => placesOf(scene, source).flatMap((place) => compare(scene, source, place)))
}

function placesOf({ cast }: Scene, source: string): Place[] {
    const own = cast.connections.filter((it) => it.source === source)
    const items = new Set(own.flatMap((it) => it.items.map((item) => item.source)))
    const locations = new Set(own.flatMap((it) => it.locations.flatMap(({ sources }) => sources)))
    return [...items].flatMap((item) => [...locations].map((location) => ({ item, location })))
}

function compare(scene: Scene, source: string, place: Place): string[] {
    const { figures, cast, shared } = scene
    const moves = figures.moves(source, place.item, place.location).filter((it) => it.cause === 'adjust')
    const adjusted = moves.reduce((sum, it) => sum + it.delta, 0)
    const carrying = cast.connections.filter(
        (it) => it.source === source && (it.orders === 'adjust' || it.orders === 'two_way'),
    )
    const held = carrying.reduce((sum, it) => sum + shared.heldAt(it, place, truly(END)), 0)
    const counted = carrying.reduce((sum, it) => sum + shared.foundAt(it, place, END), 0)
    const open = carrying.flatMap((it) => undecided(scene, it, place))
    if (sumsOf(open).has(adjusted - held - counted)) return []
    const also = open.length > 0 ? ` or of ${open.join(', ')} more` : ''
    return [
        `${source} | item ${place.item} at ${place.location} | adjustments | expected ${held + counted}${also} | got ${adjusted}`,
    ]
}

/** Orders cancelled without giving their units back: adjusted only if they counted before a run saw them cancelled. */
function undecided({ shared }: Scene, connection: WatchedConnection, place: Place): number[] {
    const isOpen = (it: WatchedOrder) => standing(it, connection, truly(END)) === 'cancelled'
    const units = shared
        .orders(connection)
        .filter(isOpen)
        .map((it) => shared.held(it, connection, place, truly(END)))
    return units.filter((it) => it !== 0)
}

function sumsOf(units: readonly number[]): Set<number> {
    const sums = new Set([0])
    for (const it of units) for (const sum of [...sums]) sums.add(sum + it)
    return sums
}

/** Every adjustment says from which figure it starts. */
export function adjustedBlindly({ journal }: Scene): string[] {
    const blind = journal
        .filter(isStock)
        .filter((it) => it.cause === 'adjust' && !Number.isInteger(it.changeFromQuantity))
    return blind.map(
        (it) =>
            `${it.shop} | entry ${it.n}: item ${it.inventoryItemId} | adjusted by ${it.delta} from ${it.changeFromQuantity}`,
    )
}
