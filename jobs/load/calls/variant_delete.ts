import type { Node } from '../../../connectors/entities/index.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import type { Kind, Plan } from '../kind.ts'
import { byProduct, inCalls, type Line, unitsOf } from '../line.ts'
import { again, conflict, failed, NOT_DONE, type Outcome, sameText, type Values } from '../outcome.ts'
import type { Place } from '../place.ts'
import { allOrNothing } from '../refusals.ts'
import { nodesNow } from '../seen.ts'

/** Variants the source no longer has, where the connection asks for it; never a product's last one (spec rule 46). */
export const variantDelete: Kind = {
    name: 'variant_delete',
    root: 'productVariantsBulkDelete',
    selects: { entity: 'variant', action: 'delete', fields: null },
    batch: 100,
    async plan(lines, place): Promise<Plan> {
        const nodes = await nodesNow(
            place,
            'ProductVariant',
            lines.map((line) => line.item_id),
        )
        const plan: Plan = { drafts: [], outcomes: [] }
        for (const own of byProduct(lines)) {
            const standing = own.filter((line) => {
                const outcome = judgeNow(line, nodes.get(line.item_id) ?? null)
                if (outcome) plan.outcomes.push(outcome)
                return !outcome
            })
            const left = variantsCount(nodes.get(standing[0]?.item_id ?? '') ?? null)
            const kept = left > standing.length ? [] : standing.slice(0, standing.length - left + 1)
            plan.outcomes.push(...kept.map((line) => failed(line, 'it is the last variant of its product (rule 46)')))
            plan.drafts.push(...draftsOf(standing.slice(kept.length)))
        }
        return plan
    },
    judge(lines, { userErrors }): Outcome[] {
        if (userErrors.length > 0) return allOrNothing(unitsOf(lines), userErrors)
        return lines.map((line) => ({ line, status: 'applied' }))
    },
    async lookUp(lines, place: Place): Promise<Outcome[]> {
        const nodes = await nodesNow(
            place,
            'ProductVariant',
            lines.map((line) => line.item_id),
        )
        return lines.map((line) => judgeNow(line, nodes.get(line.item_id) ?? null) ?? again(line, NOT_DONE))
    },
}

function judgeNow(line: Line, node: Node | null): Outcome | null {
    if (node === null) return { line, status: 'applied', message: 'it was gone already' }
    const shown = (line.before as Values | null)?.sku ?? null
    if (sameText(shown, node.sku ?? null)) return null
    return conflict(line, `its SKU is ${JSON.stringify(node.sku)} now, not ${JSON.stringify(shown)}`)
}

function variantsCount(node: Node | null): number {
    return (node as { product?: { variantsCount: { count: number } } } | null)?.product?.variantsCount.count ?? 0
}

function draftsOf(lines: Line[]) {
    return inCalls(unitsOf(lines), 250).map((units) => ({
        lines: units.flat(),
        variables: {
            productId: gid('Product', units[0]![0]!.product_id),
            variantsIds: units.map(([line]) => gid('ProductVariant', line!.item_id)),
        },
    }))
}
