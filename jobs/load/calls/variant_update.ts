import { type Json, type Node, variant } from '../../../connectors/entities/index.ts'
import { gid, parseGid } from '../../../connectors/shopify/gid.ts'
import { inputOf, optionValuesOf } from '../input.ts'
import type { Kind, Plan } from '../kind.ts'
import { byProduct, inCalls, type Line, unitsOf } from '../line.ts'
import { failed, type Outcome, stored } from '../outcome.ts'
import { lookUpUpdates } from '../recheck.ts'
import { messageOf, refusalsOf } from '../refusals.ts'
import { optionNamesNow } from '../seen.ts'

/** Fields of variants, up to 250 of one product a call; what is refused leaves the rest applied (spec rule 79). */
export const variantUpdate: Kind = {
    name: 'variant_update',
    root: 'productVariantsBulkUpdate',
    selects: { entity: 'variant', action: 'update', fields: null },
    batch: 300,
    recheck: true,
    bulk: { document: 'variant_update' },
    async plan(lines, place): Promise<Plan> {
        const options = await optionNamesNow(place, lines.filter(isOption))
        const calls = byProduct(lines).flatMap((own) => inCalls(unitsOf(own), 250))
        return {
            drafts: calls.map((units) => ({
                lines: units.flat(),
                variables: {
                    productId: gid('Product', units[0]![0]!.product_id),
                    variants: units.map((unit) => inputFor(unit, options.get(unit[0]!.product_id) ?? [])),
                },
            })),
            outcomes: [],
        }
    },
    judge(lines, { productVariants, userErrors }): Outcome[] {
        const refusals = refusalsOf(userErrors)
        const whole = refusals.get(null)
        const nodes = new Map(
            ((productVariants ?? []) as Node[]).map((it) => [parseGid('ProductVariant', String(it.id)), it]),
        )
        return unitsOf(lines).flatMap((unit, index) => {
            const refused = refusals.get(index) ?? whole
            if (refused) return unit.map((line) => failed(line, messageOf(refused)))
            return unit.map((line) => stored(line, nodes.get(line.item_id)))
        })
    },
    lookUp: lookUpUpdates,
}

const isOption = (line: Line) => /^option[123]$/.test(line.field)

function inputFor(unit: readonly Line[], options: readonly string[]): Json {
    const values = Object.fromEntries(unit.map((line) => [line.field, line.after]))
    const input = { id: gid('ProductVariant', unit[0]!.item_id), ...inputOf(variant, values) }
    return unit.some(isOption) ? { ...input, optionValues: optionValuesOf(options, values) } : input
}
