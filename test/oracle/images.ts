import { consider } from './decide.ts'
import type { Plan, Scene } from './lines.ts'
import { modeOf } from './modes.ts'
import type { Mode, Travel } from './settings.ts'
import { picturesOf, type ShopProduct } from './state.ts'

type Pair = { plan: Plan; scene: Scene; source: ShopProduct; destination: ShopProduct; travel: Travel; mode: Mode }

export const imageKey = (destinationProduct: number, sourceImage: number) => `${destinationProduct}/${sourceImage}`

/** Images of a product pair: paired once in their order, then known by id, compared by position and alt (rule 48). */
export function planImages(plan: Plan, scene: Scene, source: ShopProduct, destination: ShopProduct, travel: Travel) {
    const pair = { plan, scene, source, destination, travel, mode: modeOf(scene, 'alt', source, null) }
    if (travel === 'stock_only') return
    if (travel === 'fill_blank' && !isFilled(pair) && picturesOf(destination).length > 0) return
    const changes = pair.mode === 'follow' || pair.mode === 'enforced'
    pairByOrder(pair)
    picturesOf(source).forEach((image, index) => {
        planImage(pair, image, index, changes)
    })
    removeGone(pair, changes)
}

const linksOf = ({ scene, destination }: Pair) =>
    [...scene.memory.images].filter(([key]) => key.startsWith(`${destination.id}/`))

const isFilled = (pair: Pair) => linksOf(pair).length > 0

function pairByOrder(pair: Pair) {
    if (isFilled(pair)) return
    const there = picturesOf(pair.destination)
    picturesOf(pair.source).forEach((image, index) => {
        const twin = there[index]
        if (twin) pair.scene.memory.images.set(imageKey(pair.destination.id, image.id), twin.id)
    })
}

function planImage(pair: Pair, image: { id: number; alt: string | null }, index: number, changes: boolean) {
    const { plan, scene, destination, mode, travel } = pair
    const twin = scene.memory.images.get(imageKey(destination.id, image.id))
    const place = picturesOf(destination).findIndex((it) => it.id === twin)
    if (place < 0) {
        const lost = twin !== undefined && mode !== 'enforced'
        const create = {
            of: 'image',
            source: image.id,
            destinationProduct: destination.id,
            place: index,
            mode,
        } as const
        if (changes && !lost) plan.creations.push({ ...create, alt: image.alt ?? '' })
        else {
            const at = { entity: 'image', item: image.id, location: 0, field: '' } as const
            plan.deviations.push({ ...at, desired: image.id, actual: null, mode, why: lost ? 'dest_edited' : mode })
        }
        return
    }
    const at = {
        entity: 'image',
        item: twin!,
        location: 0,
        kind: 'catalogue',
        destinationProduct: destination.id,
    } as const
    const alt = picturesOf(destination)[place]!.alt
    consider(plan, scene, { ...at, field: 'position', desired: index + 1, actual: place + 1, mode, travel })
    consider(plan, scene, { ...at, field: 'alt', desired: image.alt || null, actual: alt || null, mode, travel })
}

/** An image that we carried and the source removed goes; the destination's own stay. */
function removeGone(pair: Pair, changes: boolean) {
    const { plan, scene, source, destination, mode } = pair
    const kept = new Set(picturesOf(source).map((it) => imageKey(destination.id, it.id)))
    const there = new Set(picturesOf(destination).map((it) => it.id))
    for (const [key, item] of linksOf(pair)) {
        if (kept.has(key)) continue
        if (!there.has(item)) scene.memory.images.delete(key)
        else if (changes) {
            const at = { entity: 'image', item, location: 0, field: '', kind: 'catalogue' } as const
            const was = { destinationProduct: destination.id, before: item, after: null, mode } as const
            plan.lines.push({ ...at, ...was, action: 'delete', origin: 'source_changed' })
        }
    }
}
