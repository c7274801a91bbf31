import type { Node } from '../../../connectors/entities/index.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import type { Kind, Plan } from '../kind.ts'
import { again, failed, sameText, stored } from '../outcome.ts'
import { lookUpUpdates } from '../recheck.ts'
import { messageOf } from '../refusals.ts'
import { nodesNow } from '../seen.ts'

type Option = { id: string; name: string }

/** Names of options, one call for each that differs, in their order. Their number is the product's own affair. */
export const optionRename: Kind = {
    name: 'option_rename',
    root: 'productOptionUpdate',
    selects: { entity: 'product', action: 'update', fields: ['options'] },
    batch: 100,
    recheck: true,
    async plan(lines, place): Promise<Plan> {
        const nodes = await nodesNow(
            place,
            'Product',
            lines.map((line) => line.product_id),
        )
        const plan: Plan = { drafts: [], outcomes: [] }
        for (const line of lines) {
            const options = (nodes.get(line.product_id)?.options ?? []) as unknown as Option[]
            const wanted = line.after as string[]
            const at = options.findIndex((option, index) => option.name !== wanted[index])
            if (options.length !== wanted.length) {
                const message = `it has ${options.length} options there and ${wanted.length} at the source: change that by hand`
                plan.outcomes.push(failed(line, message))
            } else if (at === -1) {
                plan.outcomes.push({ line, status: 'applied' })
            } else {
                const option = { id: options[at]!.id, name: wanted[at]! }
                plan.drafts.push({ lines: [line], variables: { productId: gid('Product', line.product_id), option } })
            }
        }
        return plan
    },
    judge([line], { product, userErrors }) {
        if (userErrors.length > 0) return [failed(line!, messageOf(userErrors))]
        const options = ((product as Node | null)?.options ?? []) as unknown as Option[]
        const names = options.map((option) => option.name)
        const tries = line!.tries
        const done = sameText(names, line!.after) || tries >= names.length
        return [
            done ? stored(line!, product as Node | null) : { ...again(line!, 'its next option follows'), saw: names },
        ]
    },
    async lookUp(lines, place, when) {
        const outcomes = await lookUpUpdates(lines, place, when)
        return outcomes.map((it) => (it.status === 'as_stored' ? again(it.line, 'its next option follows') : it))
    },
}
