import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearForm } from './eligibility.ts'
import type { Plan } from './lines.ts'
import { planOf } from './plan.ts'
import { cornerShop, northwind, product, scene, variant } from './small_shops.ts'

const FIRST = 1_000_001
const one = (id: number, sku: string | null, given: object = {}) =>
    product(id, { variants: [variant(id * 10, { sku, ...given })] })
const codes = (plan: Plan) => plan.problems.map((it) => `${it.code} ${it.item}${it.other ? ` ${it.other}` : ''}`).sort()

test('rule 1: a variant without SKU, or one of blanks, is no item and is listed once', () => {
    const plan = planOf(scene(northwind(one(1, null), one(2, '   '), one(3, '')), cornerShop()))
    assert.deepEqual(codes(plan), ['missing_sku 10', 'missing_sku 20', 'missing_sku 30'])
    assert.equal(plan.creations.length, 0)
})

test('rule 2: one SKU on two source variants: neither syncs, until one is gone', () => {
    const plan = planOf(scene(northwind(one(1, 'CUP'), one(2, 'CUP')), cornerShop(one(FIRST, 'CUP'))))
    assert.deepEqual(codes(plan), ['duplicate_at_source 10', 'duplicate_at_source 20'])
    const after = scene(northwind(one(1, 'CUP')), cornerShop(one(FIRST, 'CUP')))
    planOf(after)
    assert.equal(after.memory.variants.get(FIRST * 10)?.source, 10)
})

test('rule 3: a SKU on several destination variants: none is written, and it is listed', () => {
    const plan = planOf(scene(northwind(one(1, 'CUP')), cornerShop(one(FIRST, 'CUP'), one(FIRST + 1, 'CUP'))))
    assert.deepEqual(codes(plan), ['duplicate_at_destination 10'])
    assert.deepEqual([plan.lines.length, plan.creations.length], [0, 0])
})

test('rule 4: look-alikes do not match and are listed as pairs', () => {
    const alike = ['abc-123', 'ABC-123 ', 'ＡＢＣ-123', 'ABC\u200b-123']
    for (const sku of alike) {
        assert.equal(nearForm(sku), nearForm('ABC-123'))
        const there = scene(northwind(one(1, 'ABC-123')), cornerShop(one(FIRST, sku)))
        assert.deepEqual(codes(planOf(there)), [`near_miss 10 ${FIRST * 10}`])
        assert.equal(there.memory.variants.size, 0)
    }
})

test('rule 5: one barcode under two SKUs is flagged and not linked', () => {
    const [here, there] = [one(1, 'CUP', { barcode: '4006' }), one(FIRST, 'MUG', { barcode: '4006' })]
    const pair = scene(northwind(here), cornerShop(there))
    assert.deepEqual(codes(planOf(pair)), [`barcode_conflict 10 ${FIRST * 10}`])
    assert.equal(pair.memory.variants.size, 0)
})

test('rule 6: a renamed SKU keeps its link and is proposed for change', () => {
    const there = scene(northwind(one(1, 'NEW')), cornerShop(one(FIRST, 'OLD')), { existing_items: 'overwrite' })
    const pair = { source: 10, sourceProduct: 1, destinationProduct: FIRST, factor: 1, existing: null } as const
    there.memory.variants.set(FIRST * 10, { ...pair, ours: true, matchedBy: 'sku', pricePer: 'unit' })
    const plan = planOf(there)
    const line = plan.lines.find((it) => it.field === 'sku')
    assert.deepEqual([line?.before, line?.after, plan.creations.length], ['OLD', 'NEW', 0])
})

test('rule 7 and 8: hidden and out of scope are not offered; synced before, they stand still and are listed', () => {
    const there = scene(
        northwind(product(1, { tags: ['Crossdock-Hidden'] }), product(2, { tags: [] })),
        cornerShop(product(FIRST), product(FIRST + 1)),
        { scopes: [{ kind: 'tag', value: 'uk' }] },
    )
    assert.equal(planOf(there).creations.length, 0)
    there.memory.products.set(1, { destination: FIRST, ours: true }).set(2, { destination: FIRST + 1, ours: true })
    assert.deepEqual(codes(planOf(there)), ['hidden 1', 'out_of_scope 2'])
})

test('rules 9 and 10: modes that do not create list what they leave', () => {
    const old = () => scene(northwind(one(1, 'CUP')), cornerShop(), { create: 'new_only' })
    assert.deepEqual(codes(planOf(old())), ['before_connection 1'])
    const fresh = one(1, 'CUP')
    fresh.createdAt = '2026-02-01T12:00:00Z'
    assert.equal(planOf(scene(northwind(fresh), cornerShop(), { create: 'new_only' })).creations.length, 1)
    assert.deepEqual(codes(planOf(scene(northwind(one(1, 'CUP')), cornerShop(), { create: 'update_only' }))), [
        'unmatched 1',
    ])
})

test('rule 13: unequal counts are named and the missing variant is listed while the pair takes stock only', () => {
    const two = [variant(10, { sku: 'S', options: ['S'] }), variant(11, { sku: 'M', options: ['M'] })]
    const plan = planOf(scene(northwind(product(1, { variants: two })), cornerShop(one(FIRST, 'S'))))
    assert.deepEqual(codes(plan), ['variant_count_differs 1'])
    assert.equal(plan.creations.length, 0)
})

test('D7: what a connection of higher rank holds is taken for the others', () => {
    const there = scene(northwind(one(1, 'CUP')), cornerShop(one(FIRST, 'CUP')))
    const first = scene(northwind(one(7, 'CUP')), cornerShop(one(FIRST, 'CUP')))
    planOf(first)
    there.others.push({ rank: 1, memory: first.memory })
    const plan = planOf(there)
    assert.deepEqual([codes(plan), plan.creations.length], [[`taken 10 ${FIRST * 10}`], 0])
})

test('D8: a mapping row beats the match key, and its factor makes packs', () => {
    const there = scene(
        northwind(one(1, 'SOCK', { available: 17, price: '2.00' })),
        cornerShop(one(FIRST, 'SOCK-6PK', { available: 0 })),
        { mappings: [{ source_sku: 'SOCK', destination_sku: 'SOCK-6PK', factor: 6, existing_items: 'overwrite' }] },
    )
    const plan = planOf(there)
    assert.equal(there.memory.variants.get(FIRST * 10)?.matchedBy, 'mapping')
    assert.equal(plan.lines.find((it) => it.field === 'available')?.after, 2)
    assert.equal(plan.lines.find((it) => it.field === 'price')?.after, '9.6')
    assert.equal(
        plan.lines.some((it) => it.field === 'sku'),
        false,
    )
})

test('D8: a product of our origin is ours, whatever its SKU', () => {
    const origin = { namespace: 'crossdock', key: 'origin', type: 'id', value: 'northwind.example/1' }
    const there = scene(northwind(one(1, 'CUP')), cornerShop({ ...one(FIRST, 'OTHER'), metafields: [origin] }))
    planOf(there)
    assert.deepEqual(there.memory.products.get(1), { destination: FIRST, ours: true })
    assert.equal(there.memory.variants.get(FIRST * 10)?.matchedBy, 'origin')
})
