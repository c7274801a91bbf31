import { consider } from './decide.ts'
import { type Plan, placeKey, type Scene } from './lines.ts'
import type { Decision, Memory } from './memory.ts'
import { modeOf } from './modes.ts'
import type { Mode, Travel } from './settings.ts'
import { picturesOf, readyPicturesOf, type ShopMedia, type ShopProduct } from './state.ts'
import { same } from './values.ts'

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
    for (const image of readyPicturesOf(source)) {
        const twin = thereOf(pair, image)
        if (twin) compareImage(pair, twin, image, linked.indexOf(image) + 1)
        else planMissing(pair, image)
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

/**
 * New at the source, or taken away at the destination, which is an edit of its own there: it stands on follow, until the
 * source changes the picture too.
 */
function planMissing({ plan, scene, links, destination, mode }: Pair, image: ShopMedia) {
    const at = { entity: 'image', item: image.id, location: 0, field: '' } as const
    const lost = links.get(image.id)
    const changed = lost !== undefined && isChanged(scene, lost, image)
    const said = scene.memory.decisions.get(placeKey(at))?.decision
    const why = whyAway(mode, lost !== undefined && !changed, said)
    if (why !== null) {
        plan.deviations.push({ ...at, desired: image.id, actual: null, mode, why })
        return
    }
    const destinationProduct = destination.id
    if (changed && mode === 'follow' && said !== 'approve' && scene.connection.settings.on_both === 'hold') {
        const line = { action: 'create', kind: 'catalogue', before: null, after: image.id, origin: 'both' } as const
        plan.waiting.push({ ...at, ...line, destinationProduct, mode, why: 'both' })
        return
    }
    plan.creations.push({ of: 'image', source: image.id, alt: image.alt ?? '', destinationProduct, mode })
}

/** Why a picture stays away; null: it is carried. */
function whyAway(mode: Mode, takenAway: boolean, said: Decision['decision'] | undefined): string | null {
    if (said !== undefined && said !== 'approve') return `decision: ${said}`
    if (mode === 'never' || mode === 'create_only') return mode
    return takenAway && mode === 'follow' ? 'dest_edited' : null
}

/** What can change of a picture and leave it the same one is its text; another picture has another number. */
function isChanged({ memory }: Scene, lost: number, image: ShopMedia): boolean {
    const settled = memory.settled.get(placeKey({ entity: 'image', item: lost, location: 0, field: 'alt' }))
    return settled !== undefined && !same('alt', image.alt || null, settled.wrote)
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
