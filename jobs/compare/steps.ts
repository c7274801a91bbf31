import { type Entity, entities, image, level, listsOf, product, variant } from '../../connectors/entities/index.ts'
import type { Lists } from '../../sql/repeat.ts'

/** One statement of a comparison: its file under sql/diff, what it repeats over, the entity it is for alone, if any. */
export type Step = { file: string; lists?: Lists; of?: Entity['name'] }
export type Phase = { name: string; steps: readonly Step[] }

/** Columns of product_rows that are no fields. */
const plain = [
    ...['source_product_id', 'destination_product_id', 'existing', 'label', 'known', 'unsettled'],
    ...['source_digest', 'destination_digest', 'undigested'],
]

const products = listsOf(product)
const productLists = { ...products, plain, untagged: products.fields!.filter((name) => name !== 'tags') }
const variantLists = {
    ...listsOf(variant),
    priced: variant.fields.filter((field) => field.kind === 'price').map((field) => field.name),
}
const imageLists = listsOf(image)
const levelLists = listsOf(level)

const check: Step[] = [
    { file: 'scratch' },
    { file: 'offered' },
    { file: 'unfit_source' },
    { file: 'unfit_destination' },
    { file: 'analyze_offered' },
    { file: 'find_unfit' },
]

const pair: Step[] = [
    { file: 'unlink_gone' },
    { file: 'unlink_gone_products' },
    { file: 'unlink_gone_images', of: 'image' },
    { file: 'take_over' },
    { file: 'pair_origin' },
    { file: 'pair_variants' },
    { file: 'link_variants' },
    { file: 'link_products' },
    { file: 'link_images', of: 'image' },
    { file: 'see_images', of: 'image' },
    { file: 'taken' },
    { file: 'note_departures' },
    { file: 'barcode_conflicts' },
]

const compare: Step[] = [
    { file: 'needing_price' },
    { file: 'product_rows', lists: productLists, of: 'product' },
    { file: 'variant_rows', lists: variantLists, of: 'variant' },
    { file: 'image_rows', lists: imageLists, of: 'image' },
    { file: 'sold', of: 'level' },
    { file: 'given_back', of: 'level' },
    { file: 'set_aside', of: 'level' },
    { file: 'older_moves', of: 'level' },
    { file: 'level_rows', lists: levelLists, of: 'level' },
    { file: 'differing_products', lists: productLists, of: 'product' },
    { file: 'differing_variants', lists: variantLists, of: 'variant' },
    { file: 'differing_images', lists: imageLists, of: 'image' },
    { file: 'differing_levels', lists: levelLists, of: 'level' },
    { file: 'cap_hidden', of: 'level' },
    { file: 'empty_hidden', of: 'level' },
    { file: 'end_decisions', of: 'level' },
    { file: 'settle_products', lists: productLists, of: 'product' },
    { file: 'settle_variants', lists: variantLists, of: 'variant' },
    { file: 'settle_images', lists: imageLists, of: 'image' },
    { file: 'left_levels', of: 'level' },
    { file: 'unsettle_levels', of: 'level' },
    { file: 'doubt_levels', of: 'level' },
    { file: 'settle_levels', lists: levelLists, of: 'level' },
    { file: 'digest_products', lists: productLists, of: 'product' },
    { file: 'digest_variants', lists: variantLists, of: 'variant' },
]

const decide: Step[] = [
    { file: 'analyze_differences' },
    { file: 'approved_before' },
    { file: 'judge' },
    { file: 'propose_updates' },
    { file: 'stand_updates' },
    { file: 'creatable', lists: variantLists },
    { file: 'extra_variants' },
    { file: 'propose_products', lists: productLists, of: 'product' },
    { file: 'propose_publication', of: 'product' },
    { file: 'propose_variants', of: 'variant' },
    { file: 'missing_images', of: 'image' },
    { file: 'propose_images', of: 'image' },
    { file: 'stand_images', of: 'image' },
    { file: 'propose_removals' },
    { file: 'ends', of: 'product' },
    { file: 'propose_ends', of: 'product' },
    { file: 'refused_before' },
    { file: 'decided_before' },
    { file: 'drop_unjudged' },
]

const brake: Step[] = [
    { file: 'keep_approvals' },
    { file: 'brake_lines' },
    { file: 'analyze_brake_lines' },
    { file: 'brake_history' },
    { file: 'analyze_brakes' },
    { file: 'brake_counts' },
    { file: 'brake_trips' },
    { file: 'brake_mark' },
]

const record: Step[] = [
    { file: 'find_near_misses' },
    { file: 'find_stock', of: 'level' },
    { file: 'find_unmatched' },
    { file: 'find_unlinked' },
    { file: 'find_rateless', of: 'variant' },
    { file: 'find_frozen' },
    { file: 'keep_problems' },
    { file: 'end_problems' },
    { file: 'keep_deviations' },
    { file: 'end_deviations' },
    { file: 'supersede_lines' },
    { file: 'supersede_sets' },
]

/** A comparison, top to bottom: keys before values, pairs before comparisons, rules before changes, brakes before sets. */
export const phases: readonly Phase[] = [
    { name: 'check', steps: check },
    { name: 'pair', steps: pair },
    { name: 'compare', steps: compare },
    { name: 'decide', steps: decide },
    { name: 'brake', steps: brake },
    { name: 'record', steps: record },
]

/** What a whole comparison looks through first for products that need a closer look, each for a reason of its own. */
export const looks: readonly Step[] = [
    { file: 'deviating' },
    { file: 'departed' },
    { file: 'repeated_keys' },
    { file: 'unsettled_products', of: 'product' },
    { file: 'unsettled_variants', of: 'variant' },
    { file: 'unsettled_images', lists: imageLists, of: 'image' },
    { file: 'unsettled_levels', of: 'level' },
]

/** What SQL has to know of each field: the brake it belongs to, its name in lock rules, whether it is stored as sent. */
export const fieldFacts = entities.flatMap((entity) =>
    entity.fields.map((field) => ({
        entity: entity.name,
        name: field.name,
        kind: field.kind,
        lock: field.lock,
        exact: field.exact ?? false,
    })),
)

/** The kinds of change sets that a comparison judges: all, or of one entity alone those that its lines belong to (rule 88). */
export function kindsOf(only: Entity['name'] | undefined): string[] {
    const judged = entities.filter(({ name }) => only === undefined || name === only)
    const kinds = judged.flatMap(({ fields }) => fields.map(({ kind }): string => kind))
    if (judged.includes(product)) kinds.push('life_cycle')
    return [...new Set(kinds)]
}
