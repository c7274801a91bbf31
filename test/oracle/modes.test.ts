import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan, Scene } from './lines.ts'
import { planOf } from './plan.ts'
import type { SettingsDocument } from './settings.ts'
import { remember } from './settle.ts'
import { cornerShop, northwind, product, scene, variant } from './small_shops.ts'
import type { ShopProduct, ShopVariant } from './state.ts'

const THERE = 1_000_001
const MUG = 1_000_010

type Pair = {
    from?: Partial<ShopVariant>
    to?: Partial<ShopVariant>
    source?: Partial<ShopProduct>
    there?: Partial<ShopProduct>
}

/** A pair of ours, settled as `before` has it, as a comparison finds it now. */
function settledPair(before: Pair, now: Pair, settings: SettingsDocument = {}): Scene {
    const at = (it: Pair) =>
        scene(
            northwind(product(1, { handle: 'mug', ...it.source, variants: [variant(10, { sku: 'MUG', ...it.from })] })),
            cornerShop(
                product(THERE, {
                    title: 'Product 1',
                    handle: 'mug',
                    ...it.there,
                    variants: [variant(MUG, { sku: 'MUG', price: '8.00', ...it.to })],
                }),
            ),
            settings,
        )
    const first = at(before)
    own(first)
    remember({ ...planOf(first), lines: [] }, first, first.destination)
    return { ...at(now), memory: first.memory }
}

function own({ memory }: Scene) {
    memory.products.set(1, { destination: THERE, ours: true })
    const link = {
        source: 10,
        sourceProduct: 1,
        destinationProduct: THERE,
        factor: 1,
        existing: null,
        ours: true,
    } as const
    memory.variants.set(MUG, { ...link, matchedBy: 'origin', pricePer: 'unit' })
}

const lines = (plan: Plan) => plan.lines.map((it) => [it.field, it.before, it.after])
const stands = (plan: Plan) => plan.deviations.map((it) => [it.field, it.why])
const locked = (mode: string, field = 'price') => ({ lock_rules: [{ field, mode }] })

test('rule 42: on follow a price edited there stands until the price of the source changes', () => {
    const edited = planOf(settledPair({}, { to: { price: '9.50' } }))
    assert.deepEqual([lines(edited), stands(edited)], [[], [['price', 'dest_edited']]])
    const both = planOf(settledPair({}, { from: { price: '12.00' }, to: { price: '9.50' } }))
    assert.deepEqual(lines(both), [['price', '9.5', '9.6']])
})

test('D1: both changed and on_both hold: the line waits', () => {
    const both = { from: { price: '12.00' }, to: { price: '9.50' } }
    const plan = planOf(settledPair({}, both, { on_both: 'hold' }))
    assert.deepEqual([lines(plan), plan.waiting.map((it) => it.why)], [[], ['both']])
})

test('rule 42: on enforced an edited price returns, on create_only it never moves', () => {
    assert.deepEqual(lines(planOf(settledPair({}, { to: { price: '9.50' } }, locked('enforced')))), [
        ['price', '9.5', '8'],
    ])
    const kept = planOf(settledPair({}, { from: { price: '12.00' } }, locked('create_only')))
    assert.deepEqual([lines(kept), stands(kept)], [[], [['price', 'create_only']]])
})

test('rule 41: a changed rule or rate proposes every affected price', () => {
    const before = settledPair({}, {})
    const raised = settledPair({}, {}, { price_rules: [{ percent: '10' }] })
    assert.deepEqual(lines(planOf({ ...raised, memory: before.memory })), [['price', '8', '8.8']])
})

test('rule 39: without a rate, or with one older than a week, no price is written', () => {
    const old = [{ from: 'USD', to: 'GBP', rate: '0.5', as_of: '2026-01-20T00:00:00Z' }]
    for (const rates of [[], old]) {
        const there = scene(northwind(product(1)), cornerShop(), { rates })
        assert.deepEqual(
            planOf(there).problems.map((it) => it.code),
            ['fx_missing'],
        )
    }
})

test('a text that the shop keeps in its own way is not written again, also when enforced', () => {
    const there = settledPair({}, { there: { title: 'Product 1 ' } }, locked('enforced', 'title'))
    there.memory.settled.set(`product/${THERE}/0/title`, { wrote: 'Product 1', saw: 'Product 1 ' })
    assert.deepEqual(stands(planOf(there)), [['title', 'as_stored']])
})

test('D9: an item that existed takes stock only, fills blanks, or is overwritten', () => {
    const plan = (existing_items: string) =>
        planOf(
            scene(
                northwind(product(1, { productType: 'Cups', handle: 'mug', variants: [variant(10, { sku: 'MUG' })] })),
                cornerShop(
                    product(THERE, {
                        title: 'Our mug',
                        handle: 'mug',
                        variants: [variant(MUG, { sku: 'MUG', price: '7.00' })],
                    }),
                ),
                { existing_items },
            ),
        )
    assert.deepEqual(lines(plan('stock_only')), [])
    assert.deepEqual(lines(plan('fill_blank')), [['product_type', null, 'Cups']])
    assert.deepEqual(
        lines(plan('overwrite')).map(([field]) => field),
        ['title', 'product_type', 'price'],
    )
})

test('D2: the most specific lock rule decides, then priority, then the older', () => {
    const now = { to: { price: '9.50' }, source: { vendor: 'Northwind', tags: ['sale'] } }
    const mode = (...lock_rules: object[]) => planOf(settledPair({}, now, { lock_rules })).deviations.at(-1)?.mode
    const on = (scope: string, scope_value: string, it: string, priority = 0) => ({
        field: 'price',
        mode: it,
        scope,
        scope_value,
        priority,
    })
    assert.equal(mode(on('vendor', 'Northwind', 'never'), on('sku', 'MUG', 'create_only')), 'create_only')
    assert.equal(mode(on('tag', 'Sale', 'never'), on('vendor', 'Northwind', 'create_only')), 'never')
    assert.equal(mode(on('all', '', 'never'), on('all', '', 'create_only', 1)), 'create_only')
    assert.equal(mode(on('all', '', 'never'), on('all', '', 'create_only')), 'never')
})

test('D18: merge removes only tags that came from the source, replace all others', () => {
    const now = { source: { tags: ['new'] }, there: { tags: ['ours', 'Old'] } }
    const merge = settledPair({}, now)
    merge.memory.tagsGiven.set(THERE, new Set(['old']))
    assert.deepEqual(lines(planOf(merge)), [['tags', ['Old'], ['new']]])
    assert.deepEqual(lines(planOf(settledPair({}, now, { tags: 'replace' }))), [['tags', ['ours', 'Old'], ['new']]])
})

test('rule 88: a rejected line stays away until its desired value changes, a kept one for good', () => {
    const price = `variant/${MUG}/0/price`
    const now = (cost: string) => settledPair({}, { from: { price: cost } })
    const rejected = now('12.00')
    rejected.memory.decisions.set(price, { decision: 'reject', desired: '9.6' })
    assert.deepEqual(stands(planOf(rejected)), [['price', 'decision: reject']])
    assert.deepEqual(lines(planOf({ ...now('13.00'), memory: rejected.memory })), [['price', '8', '10.4']])
    rejected.memory.decisions.set(price, { decision: 'keep', desired: '9.6' })
    assert.deepEqual(lines(planOf({ ...now('13.00'), memory: rejected.memory })), [])
})

test('rule 46: a variant removed at the source stays, or goes unless it is the last', () => {
    const gone = (settings: SettingsDocument, others: number) => {
        const there = settledPair({}, {}, settings)
        there.memory.variants.get(MUG)!.source = 11
        const rest = Array.from({ length: others }, (_, place) => variant(MUG + 1 + place, { sku: `OWN-${place}` }))
        there.destination.products.get(THERE)!.variants.push(...rest)
        return planOf(there)
    }
    const listed = (plan: Plan) => plan.problems.some((it) => it.code === 'extra_variant')
    const removed = (plan: Plan) => plan.lines.some((it) => it.action === 'delete' && it.item === MUG)
    assert.deepEqual(
        [gone({}, 1)].map((it) => [listed(it), removed(it)]),
        [[true, false]],
    )
    assert.deepEqual(
        [gone({ remove_variants: true }, 1)].map((it) => [listed(it), removed(it)]),
        [[false, true]],
    )
    assert.deepEqual(
        [gone({ remove_variants: true }, 0)].map((it) => [listed(it), removed(it)]),
        [[true, false]],
    )
})
