import type { Node } from '../../../connectors/entities/index.ts'
import { product } from '../../../connectors/entities/index.ts'
import type { UserError } from '../../../connectors/shopify/errors.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import { inputOf } from '../input.ts'
import type { Kind } from '../kind.ts'
import { byProduct, fieldOf, type Line } from '../line.ts'
import { again, failed, type Outcome, stored } from '../outcome.ts'
import { lookUpUpdates } from '../recheck.ts'
import { messageOf } from '../refusals.ts'

/** Fields of products that productUpdate takes, one call a product. A refused field does not keep the others back. */
export const productUpdate: Kind = {
    name: 'product_update',
    root: 'productUpdate',
    selects: {
        entity: 'product',
        action: 'update',
        fields: product.fields.filter((field) => field.into).map((field) => field.name),
    },
    batch: 500,
    recheck: true,
    bulk: { document: 'product_update' },
    plan: (lines) => ({
        drafts: byProduct(lines).map((own) => {
            const values = Object.fromEntries(own.map((line) => [line.field, line.after]))
            const input = { id: gid('Product', own[0]!.product_id), ...inputOf(product, values) }
            if ('handle' in values) Object.assign(input, { redirectNewHandle: true })
            return { lines: own, variables: { product: input } }
        }),
        outcomes: [],
    }),
    judge(lines, { product: node, userErrors }) {
        if (userErrors.length > 0) return refusedFields(lines, userErrors)
        return lines.map((line) => stored(line, node as Node | null))
    },
    lookUp: lookUpUpdates,
}

/** Nothing of the call was done: the fields named fail, the others are sent again without them (spec rule 79). */
function refusedFields(lines: readonly Line[], errors: readonly UserError[]): Outcome[] {
    const named = (line: Line) => {
        const key = fieldOf(line).into!.split('.')[0]!
        return errors.filter((error) => error.field?.includes(key))
    }
    const anyNamed = lines.some((line) => named(line).length > 0)
    return lines.map((line) => {
        const own = anyNamed ? named(line) : errors
        return own.length > 0 ? failed(line, messageOf(own)) : again(line, messageOf(errors))
    })
}
