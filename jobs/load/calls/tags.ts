import type { Json, Node } from '../../../connectors/entities/index.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import type { Kind, Plan } from '../kind.ts'
import { fieldOf, type Line } from '../line.ts'
import { again, conflict, failed, NOT_DONE, type Outcome, seenIn, stored } from '../outcome.ts'
import type { Place } from '../place.ts'
import { messageOf } from '../refusals.ts'
import { nodesNow } from '../seen.ts'

const selects = { entity: 'product', action: 'update', fields: ['tags'] } as const

/** Single tags are added and taken away, so that those others put there meanwhile stay (D18). Case makes no other tag. */
const added = (line: Line) => without(line.after, line.before)
const removed = (line: Line) => without(line.before, line.after)

function without(tags: Json, others: Json): string[] {
    const lower = new Set(((others ?? []) as string[]).map((tag) => tag.toLowerCase()))
    return ((tags ?? []) as string[]).filter((tag) => !lower.has(tag.toLowerCase()))
}

const sharing = (tags: string[], others: string[]) => without(tags, without(tags, others))

function draftOf(line: Line, tags: string[]) {
    return { lines: [line], variables: { id: gid('Product', line.product_id), tags } }
}

/** First of the two: where tags are to be added as well, the line goes on to tagsAdd. */
export const tagsRemove: Kind = {
    name: 'tags_remove',
    root: 'tagsRemove',
    selects: { ...selects, fields: [...selects.fields] },
    batch: 500,
    recheck: true,
    bulk: { document: 'tags_remove' },
    plan: (lines) => ({
        drafts: lines.filter((line) => removed(line).length > 0).map((line) => draftOf(line, removed(line))),
        outcomes: [],
    }),
    judge([line], { node, userErrors }) {
        if (userErrors.length > 0) return [failed(line!, messageOf(userErrors))]
        return [goesOn(stored(line!, node as Node | null), node as Node | null)]
    },
    lookUp: (lines, place) =>
        lookUpTags(lines, place, (line, node) =>
            sharing(removed(line), tagsOf(node)).length > 0 ? again(line, NOT_DONE) : goesOn(stored(line, node), node),
        ),
}

/** A line with tags to be added as well is half written when those to be removed are gone: it starts from there. */
function goesOn(outcome: Outcome, node: Node | null): Outcome {
    const { line } = outcome
    if (added(line).length === 0) return outcome
    return { line, status: 'approved', ...(node && { saw: seenIn(fieldOf(line), node, line.before, line.after) }) }
}

const tagsOf = (node: Node) => node.tags as string[]

/** Tags are judged one by one: of a line that takes some away and adds others, half may be done. */
async function lookUpTags(lines: readonly Line[], place: Place, judge: (line: Line, node: Node) => Outcome) {
    const ids = lines.map((line) => line.product_id)
    const nodes = await nodesNow(place, 'Product', ids)
    return lines.map((line) => {
        const node = nodes.get(line.product_id)
        return node ? judge(line, node) : conflict(line, 'it is no longer there')
    })
}

export const tagsAdd: Kind = {
    name: 'tags_add',
    root: 'tagsAdd',
    selects: { ...selects, fields: [...selects.fields] },
    batch: 500,
    bulk: { document: 'tags_add' },
    plan(lines): Plan {
        const [adding, other] = [
            lines.filter((it) => added(it).length > 0),
            lines.filter((it) => added(it).length === 0),
        ]
        return {
            drafts: adding.map((line) => draftOf(line, added(line))),
            outcomes: other.map((line) => ({
                line,
                status: 'as_stored',
                saw: line.before,
                message: 'only the spelling in capitals differs, which makes no other tag',
            })),
        }
    },
    judge([line], { node, userErrors }) {
        return [userErrors.length > 0 ? failed(line!, messageOf(userErrors)) : stored(line!, node as Node | null)]
    },
    lookUp: (lines, place) =>
        lookUpTags(lines, place, (line, node) =>
            without(added(line), tagsOf(node)).length > 0 ? again(line, NOT_DONE) : stored(line, node),
        ),
}
