import { gid } from '../../../connectors/shopify/gid.ts'
import type { Kind, Payload, Plan } from '../kind.ts'
import type { Line } from '../line.ts'
import { failed, type Outcome } from '../outcome.ts'
import type { Place } from '../place.ts'
import { lookUpUpdates } from '../recheck.ts'
import { messageOf } from '../refusals.ts'

/** On or off the Online Store. A created product is on no publication until it is published. */
const common = {
    selects: { entity: 'product', action: 'update', fields: ['published'] },
    batch: 500,
    recheck: true,
    judge([line]: Line[], { userErrors }: Payload): Outcome[] {
        return [userErrors.length > 0 ? failed(line!, messageOf(userErrors)) : { line: line!, status: 'applied' }]
    },
    lookUp: lookUpUpdates,
} satisfies Partial<Kind>

export const publish: Kind = {
    ...common,
    name: 'publish',
    root: 'publishablePublish',
    bulk: { document: 'publish' },
    plan: (lines, place) => planFor(true, lines, place),
}

export const unpublish: Kind = {
    ...common,
    name: 'unpublish',
    root: 'publishableUnpublish',
    bulk: { document: 'unpublish' },
    plan: (lines, place) => planFor(false, lines, place),
}

function planFor(published: boolean, lines: Line[], { destination }: Place): Plan {
    const own = lines.filter((line) => line.after === published)
    const id = destination.publication_id
    if (id === null) {
        const message = `${destination.domain} has no known Online Store publication: read the store's facts again`
        return { drafts: [], outcomes: own.map((line) => failed(line, message)) }
    }
    const input = [{ publicationId: gid('Publication', id) }]
    return {
        drafts: own.map((line) => ({ lines: [line], variables: { id: gid('Product', line.product_id), input } })),
        outcomes: [],
    }
}
