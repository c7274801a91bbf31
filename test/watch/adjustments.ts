import type { Scene } from './bounds.ts'
import { isGiven } from './entries.ts'
import { truly } from './orders.ts'
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
    return [...items].flatMap((item) => [...locations].map((location) => ({ item, location, among: [...locations] })))
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
    if (adjusted === held + counted || !cast.stocked(source, place.item, place.location)) return []
    return [
        `${source} | item ${place.item} at ${place.location} | adjustments | expected ${held + counted} | got ${adjusted}`,
    ]
}

/** Every quantity that is set or adjusted says from which figure it starts. */
export function writtenBlindly({ journal }: Scene): string[] {
    const blind = journal.filter(isGiven).filter((it) => !Number.isInteger(it.changeFromQuantity))
    return blind.map(
        (it) => `${it.shop} | entry ${it.n}: item ${it.inventoryItemId} | ${it.call} over ${it.changeFromQuantity}`,
    )
}
