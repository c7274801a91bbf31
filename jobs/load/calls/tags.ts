import type { Json, Node } from '../../../connectors/entities/index.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import type { Kind, Plan } from '../kind.ts'
import type { Line } from '../line.ts'
import { failed, type Outcome, stored } from '../outcome.ts'
import { lookUpUpdates } from '../recheck.ts'
import { messageOf } from '../refusals.ts'

const selects = { entity: 'product', action: 'update', fields: ['tags'] } as const

/** Single tags are added and taken away, so that those others put there meanwhile stay (D18). Case makes no other tag. */
const added = (line: Line) => without(line.after, line.before)
const removed = (line: Line) => without(line.before, line.after)

function without(tags: Json, others: Json): string[] {
    const lower = new Set(((others ?? []) as string[]).map((tag) => tag.toLowerCase()))
    return ((tags ?? []) as string[]).filter((tag) => !lower.has(tag.toLowerCase()))
}

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
        return [goesOn(stored(line!, node as Node | null))]
    },
    async lookUp(lines, place, when) {
        return (await lookUpUpdates(lines, place, when)).map(goesOn)
    },
}

/** A line with tags to be added is not done yet when those to be removed are gone. */
function goesOn(outcome: Outcome): Outcome {
    const half = outcome.status === 'as_stored' && added(outcome.line).length > 0
    return half ? { line: outcome.line, status: 'approved' } : outcome
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
    lookUp: lookUpUpdates,
}
