import type { Context } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import type { Collection, CollectionRule } from '../../shop/state.ts'
import { touch } from '../../shop/touch.ts'

type Selection = { productId: string }
type ConditionValues = { relation: string; values?: string[] | null; value?: string | null }
type Condition = Record<string, ConditionValues | null | undefined>
type Inclusion = { conditions?: Condition[] | null; matchType?: string | null; selections?: Selection[] | null }

export type SourceInput = { source?: { inclusion?: Inclusion | null } | null }

type InclusionUpdate = { selectionsToAdd?: Selection[] | null; selectionsToRemove?: Selection[] | null }

/** The parts of collectionUpdate that change what is in the collection, in the model of 2026-07. */
export type UpdateSources = {
    sourcesToCreate?: SourceInput[] | null
    sourcesToUpdate?: { condition?: { id: string; inclusion?: InclusionUpdate | null } | null }[] | null
    sourcesToDelete?: string[] | null
}

const columns: Record<string, string> = {
    productTag: 'TAG',
    productType: 'TYPE',
    productVendor: 'VENDOR',
    productTitle: 'TITLE',
}

/** What sources say about the members: picked products, and conditions as rules (null: none). */
export function inclusionsOf(sources: SourceInput[] | null | undefined) {
    const inclusions = (sources ?? []).flatMap(({ source }) => source?.inclusion ?? [])
    const rules = inclusions.flatMap(({ conditions }) => (conditions ?? []).flatMap(ruleOf))
    const appliedDisjunctively = inclusions.some(({ matchType }) => matchType === 'ANY')
    return {
        productIds: inclusions.flatMap(({ selections }) =>
            (selections ?? []).map(({ productId }) => numberOf(productId, 'Product')),
        ),
        rules: rules.length > 0 ? { appliedDisjunctively, rules } : null,
    }
}

function ruleOf(condition: Condition): CollectionRule[] {
    return Object.entries(condition).flatMap(([name, given]) =>
        (given?.values ?? (given?.value == null ? [] : [given.value])).map((value) => ({
            column: columns[name] ?? name,
            relation: name === 'productTag' ? 'EQUALS' : given!.relation.replace('DOES_NOT_CONTAIN', 'NOT_CONTAINS'),
            condition: value,
        })),
    )
}

/** Carries out changes of sources; says whether members changed. */
export function updateSources({ shop, clock }: Context, collection: Collection, input: UpdateSources): boolean {
    const updates = (input.sourcesToUpdate ?? []).flatMap(({ condition }) => condition?.inclusion ?? [])
    const created = inclusionsOf(input.sourcesToCreate)
    const add = [...created.productIds, ...numbers(updates.flatMap(({ selectionsToAdd }) => selectionsToAdd ?? []))]
    const remove = new Set(numbers(updates.flatMap(({ selectionsToRemove }) => selectionsToRemove ?? [])))
    const before = input.sourcesToDelete?.length ? [] : collection.productIds
    const kept = before.filter((id) => !remove.has(id))
    const after = [...new Set([...kept, ...add])].filter((id) => shop.products.has(id))
    const changed = after.join() !== collection.productIds.join() || created.rules !== null
    if (created.rules) collection.rules = created.rules
    collection.productIds = after
    if (changed) touch(shop, collection, clock.now())
    return changed
}

function numbers(selections: Selection[]): number[] {
    return selections.map(({ productId }) => numberOf(productId, 'Product'))
}
