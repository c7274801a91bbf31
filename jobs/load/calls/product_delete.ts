import type { Node } from '../../../connectors/entities/index.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import type { Kind, Plan } from '../kind.ts'
import type { Line } from '../line.ts'
import { again, conflict, failed, NOT_DONE, type Outcome, sameText, type Values } from '../outcome.ts'
import type { Place } from '../place.ts'
import { messageOf } from '../refusals.ts'
import { nodesNow } from '../seen.ts'

/**
 * Whole products of ours whose source is gone, with proof, or that a person had deleted with their connection (spec D14,
 * D15). One call each: a deletion cannot be taken back, so each is read again just before.
 */
export const productDelete: Kind = {
    name: 'product_delete',
    root: 'productDelete',
    selects: { entity: 'product', action: 'delete', fields: null },
    batch: 100,
    async plan(lines, place): Promise<Plan> {
        const judged = await judgedNow(lines, place)
        return {
            drafts: judged
                .filter(({ outcome }) => outcome === null)
                .map(({ line }) => ({ lines: [line], variables: { input: { id: gid('Product', line.item_id) } } })),
            outcomes: judged.flatMap(({ outcome }) => outcome ?? []),
        }
    },
    async judge([line], { userErrors }, place): Promise<Outcome[]> {
        if (userErrors.length === 0) return [{ line: line!, status: 'applied' }]
        const nodes = await nodesNow(place, 'Product', [line!.item_id])
        const gone = (nodes.get(line!.item_id) ?? null) === null
        return [gone ? alreadyGone(line!) : failed(line!, messageOf(userErrors))]
    },
    async lookUp(lines, place): Promise<Outcome[]> {
        return (await judgedNow(lines, place)).map(({ line, outcome }) => outcome ?? again(line, NOT_DONE))
    },
}

const alreadyGone = (line: Line): Outcome => ({ line, status: 'applied', message: 'it is gone' })

/** What settles lines without a call: gone already, or not as shown any more (spec rule 88). */
async function judgedNow(lines: readonly Line[], place: Place) {
    const nodes = await nodesNow(
        place,
        'Product',
        lines.map((line) => line.item_id),
    )
    return lines.map((line) => ({ line, outcome: outcomeNow(line, nodes.get(line.item_id) ?? null) }))
}

function outcomeNow(line: Line, node: Node | null): Outcome | null {
    if (node === null) return alreadyGone(line)
    const shown = line.before as Values
    const moved = ['title', 'handle'].filter((field) => !sameText(shown[field], node[field] as string | null))
    if (moved.length === 0) return null
    return conflict(line, `its ${moved.join(' and ')} changed since it was compared, so somebody is at work on it`)
}
