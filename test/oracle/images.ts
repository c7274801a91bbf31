import { consider } from './decide.ts'
import type { Plan, Scene } from './lines.ts'
import type { Memory } from './memory.ts'
import { modeOf } from './modes.ts'
import type { Mode, Travel } from './settings.ts'
import { picturesOf, readyPicturesOf, type ShopMedia, type ShopProduct } from './state.ts'

type Pair = {
    plan: Plan
    scene: Scene
    source: ShopProduct
    destination: ShopProduct
    /** destination image by source image */
    links: Map<number, number>
    travel: Travel
    mode: Mode
}

/** Images of a product pair: paired once in their order, then known by id, compared by position and alt (rule 48). */
export function planImages(plan: Plan, scene: Scene, source: ShopProduct, destination: ShopProduct, travel: Travel) {
    if (travel !== 'overwrite') return
    const mode = modeOf(scene, 'alt', source, null)
    const links = imageLinks(scene.memory, destination.id)
    const pair = { plan, scene, source, destination, links, travel, mode }
    pairByOrder(pair)
    const linked = readyPicturesOf(source).filter((it) => thereOf(pair, it) !== undefined)
    for (const [index, image] of readyPicturesOf(source).entries()) {
        const twin = thereOf(pair, image)
        if (twin) compareImage(pair, twin, image, linked.indexOf(image) + 1)
        else planMissing(pair, image, index)
    }
    removeGone(pair)
}

/** The image links of a destination product, made on first use. */
export function imageLinks(memory: Memory, destinationProduct: number): Map<number, number> {
    const links = memory.images.get(destinationProduct) ?? new Map<number, number>()
    memory.images.set(destinationProduct, links)
    return links
}

function pairByOrder({ links, source, destination }: Pair) {
    if (links.size > 0) return
    const there = picturesOf(destination)
    for (const [index, image] of readyPicturesOf(source).entries()) {
        const twin = there[index]
        if (twin) links.set(image.id, twin.id)
    }
}

const thereOf = ({ links, destination }: Pair, image: ShopMedia) =>
    destination.media.find((it) => it.id === links.get(image.id))

/** Places count linked images only: the destination's own may stand anywhere between them. */
function compareImage(pair: Pair, twin: ShopMedia, image: ShopMedia, desired: number) {
    const { plan, scene, source, destination, links, travel, mode } = pair
    const linked = new Set(source.media.map((it) => links.get(it.id)))
    const actual =
        picturesOf(destination)
            .filter((it) => linked.has(it.id))
            .indexOf(twin) + 1
    const place = { entity: 'image', item: twin.id, location: 0, kind: 'catalogue' } as const
    const at = { ...place, destinationProduct: destination.id, mode, travel }
    consider(plan, scene, { ...at, field: 'position', desired, actual })
    consider(plan, scene, { ...at, field: 'alt', desired: image.alt || null, actual: twin.alt || null })
}

/** New at the source, or taken away at the destination, which is an edit of its own there. */
function planMissing({ plan, links, destination, mode }: Pair, image: ShopMedia, place: number) {
    const lost = links.has(image.id)
    if (mode === 'enforced' || (mode === 'follow' && !lost)) {
        const from = { source: image.id, alt: image.alt ?? '' }
        plan.creations.push({ of: 'image', ...from, destinationProduct: destination.id, place, mode })
        return
    }
    const at = { entity: 'image', item: image.id, location: 0, field: '' } as const
    plan.deviations.push({ ...at, desired: image.id, actual: null, mode, why: lost ? 'dest_edited' : mode })
}

/** An image that we carried and the source removed goes from a product of ours; the destination's own stay. */
function removeGone({ plan, scene, source, destination, links, mode }: Pair) {
    const kept = new Set(source.media.map((it) => it.id))
    const there = new Set(destination.media.map((it) => it.id))
    const ours = scene.memory.products.get(source.id)?.ours
    for (const [image, item] of links) {
        if (kept.has(image)) continue
        if (!there.has(item)) links.delete(image)
        else if (ours && (mode === 'follow' || mode === 'enforced')) {
            const at = { entity: 'image', item, location: 0, field: '', kind: 'catalogue' } as const
            const was = { destinationProduct: destination.id, before: item, after: null, mode } as const
            plan.lines.push({ ...at, ...was, action: 'delete', origin: 'source_changed' })
        }
    }
}
