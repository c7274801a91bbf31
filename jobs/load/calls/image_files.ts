import { image } from '../../../connectors/entities/index.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import { inputOf } from '../input.ts'
import type { Kind, Plan } from '../kind.ts'
import { inCalls, type Line, unitsOf } from '../line.ts'
import { again, conflict, NOT_DONE, type Outcome, stored } from '../outcome.ts'
import type { Place } from '../place.ts'
import { mediaWhenReady, mediumOf, notReady } from '../ready.ts'
import { lookUpUpdates } from '../recheck.ts'
import { allOrNothing } from '../refusals.ts'
import { mediaNow } from '../seen.ts'

/** Files in one call; few, as one that is busy refuses them all. */
const FILES = 50

type FileNode = { id: string; alt?: string | null }

/** Alternative texts of images. */
export const imageAlt: Kind = {
    name: 'image_alt',
    root: 'fileUpdate',
    selects: { entity: 'image', action: 'update', fields: ['alt'] },
    batch: 100,
    recheck: true,
    async plan(lines, place): Promise<Plan> {
        const { open, outcomes } = await readyOf(lines, place, (line) => conflict(line, 'it is no longer there'))
        const drafts = inCalls(unitsOf(open), FILES).map((units) => ({
            lines: units.flat(),
            variables: {
                files: units.flat().map((line) => ({
                    id: gid('MediaImage', line.item_id),
                    ...inputOf(image, { alt: line.after }),
                })),
            },
        }))
        return { drafts, outcomes }
    },
    judge(lines, { files, userErrors }) {
        if (userErrors.length > 0) return allOrNothing(unitsOf(lines), userErrors)
        const nodes = new Map(((files ?? []) as FileNode[]).map((node) => [node.id, node]))
        return lines.map((line) => stored(line, { alt: nodes.get(gid('MediaImage', line.item_id))?.alt ?? null }))
    },
    lookUp: lookUpUpdates,
}

/** Images the source no longer has: taken off the product, their files left in the store. */
export const imageDelete: Kind = {
    name: 'image_delete',
    root: 'fileUpdate',
    selects: { entity: 'image', action: 'delete', fields: null },
    batch: 100,
    async plan(lines, place): Promise<Plan> {
        const { open, outcomes } = await readyOf(lines, place, wasGone)
        const drafts = inCalls(unitsOf(open), FILES).map((units) => ({
            lines: units.flat(),
            variables: {
                files: units.flat().map((line) => ({
                    id: gid('MediaImage', line.item_id),
                    referencesToRemove: [gid('Product', line.product_id)],
                })),
            },
        }))
        return { drafts, outcomes }
    },
    judge(lines, { userErrors }): Outcome[] {
        if (userErrors.length > 0) return allOrNothing(unitsOf(lines), userErrors)
        return lines.map((line) => ({ line, status: 'applied' }))
    },
    async lookUp(lines, place) {
        const media = await mediaNow(
            place,
            lines.map((line) => line.product_id),
        )
        return lines.map((line) => (mediumOf(line, media) ? again(line, NOT_DONE) : wasGone(line)))
    },
}

const wasGone = (line: Line): Outcome => ({ line, status: 'applied', message: 'it is no longer there' })

async function readyOf(lines: readonly Line[], place: Place, gone: (line: Line) => Outcome) {
    const media = await mediaWhenReady(place, lines)
    const outcomes: Outcome[] = []
    const open = lines.filter((line) => {
        const medium = mediumOf(line, media)
        const outcome = medium ? notReady(line, medium) : gone(line)
        if (outcome) outcomes.push(outcome)
        return !outcome
    })
    return { open, outcomes }
}
