import { type Json, type Node, variant } from '../../../connectors/entities/index.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import { madeVariant, optionKey, readAll, variantsOf } from '../created.ts'
import { inputOf, optionValuesOf } from '../input.ts'
import type { Kind, Plan } from '../kind.ts'
import { byProduct, inCalls, type Line, unitsOf } from '../line.ts'
import { again, NOT_DONE, type Outcome, type Values } from '../outcome.ts'
import { allOrNothing } from '../refusals.ts'
import { optionNamesNow } from '../seen.ts'

const payloadOf = (line: Line) => line.after as Values

/** Variants that a linked product lacks, up to 250 a call; all of them are made or none. */
export const variantCreate: Kind = {
    name: 'variant_create',
    root: 'productVariantsBulkCreate',
    selects: { entity: 'variant', action: 'create', fields: null },
    batch: 100,
    bulk: { document: 'variant_create' },
    async plan(lines, place): Promise<Plan> {
        const options = await optionNamesNow(place, lines)
        const calls = byProduct(lines).flatMap((own) => inCalls(unitsOf(own), 250))
        return {
            drafts: calls.map((units) => {
                const productId = units[0]![0]!.product_id
                const names = options.get(productId) ?? []
                const variants = units.map(([line]) => inputFor(payloadOf(line!), names))
                return { lines: units.flat(), variables: { productId: gid('Product', productId), variants } }
            }),
            outcomes: [],
        }
    },
    judge(lines, { productVariants, userErrors }) {
        if (userErrors.length > 0) return allOrNothing(unitsOf(lines), userErrors)
        const nodes = (productVariants ?? []) as Node[]
        return lines.map((line, index) => made(line, nodes[index]!))
    },
    /** Option values are unique within a product, so they tell which of them are there. */
    async lookUp(lines, place) {
        const outcomes: Outcome[] = []
        for (const own of byProduct(lines)) {
            const nodes = await variantsOf(place, own[0]!.product_id)
            const byOptions = new Map(nodes.map((node) => [optionKey(readAll(variant, node)), node]))
            for (const line of own) {
                const node = byOptions.get(optionKey(payloadOf(line)))
                outcomes.push(node ? made(line, node) : again(line, NOT_DONE))
            }
        }
        return outcomes
    },
}

function inputFor(values: Values, options: readonly string[]): Json {
    const optionValues = optionValuesOf(options, values)
    return { ...inputOf(variant, values, { create: true }), optionValues }
}

function made(line: Line, node: Node): Outcome {
    const values = payloadOf(line)
    const base = typeof values.base === 'string' ? values.base : line.base
    const inputs = typeof values.inputs === 'string' ? values.inputs : line.inputs
    return { line, status: 'applied', created: { variants: [madeVariant(values, node, base, inputs)], images: [] } }
}
