import type { Mistake } from '../mistake.ts'

const PAIRS = ['test/stories/pairing.test.ts']
const FIELDS = ['test/stories/fields.test.ts']

/** What is paired with what, and what travels. */
export const catalogue: readonly Mistake[] = [
    {
        name: 'of several with one SKU the first is taken',
        file: 'sql/diff/unfit_destination.sql',
        find: "having count(*) > 1 and v.match_key !~ '^\\s*$'",
        put: "having count(*) > 1000 and v.match_key !~ '^\\s*$'",
        tests: PAIRS,
    },
    {
        name: 'SKUs are the same whatever their case',
        file: 'sql/diff/pair_variants.sql',
        find: 'join free_destination as d on d.sku = s.sku',
        put: 'join free_destination as d on lower(d.sku) = lower(s.sku)',
        tests: PAIRS,
    },
    {
        name: 'tags are replaced where they are to be merged',
        file: 'sql/diff/product_rows.sql',
        find: "when :tags::text = 'replace' then p.destination_tags",
        put: "when :tags::text in ('replace', 'merge') then p.destination_tags",
        tests: FIELDS,
    },
    {
        name: 'a rejected figure of stock comes back with its rejection',
        file: 'sql/diff/end_decisions.sql',
        find: "and d.decision <> 'keep'",
        put: "and d.decision = 'nothing'",
        tests: ['test/stories/decisions.test.ts'],
        named: 'a second time',
    },
    {
        name: 'a product is set without all of its variants',
        file: 'jobs/load/calls/product_create.ts',
        find: 'variants: variantsOf(payload),',
        put: 'variants: (variantsOf(payload) as object[]).slice(0, 1) as unknown as Json,',
        tests: ['test/stories/first_sync.test.ts'],
    },
]
