import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProductCreation, Scene } from './lines.ts'
import { planOf } from './plan.ts'
import type { SettingsDocument } from './settings.ts'
import { cornerShop, northwind, product, scene, variant } from './small_shops.ts'

const made = (there: Scene) => planOf(there).creations.find((it) => it.of === 'product') as ProductCreation

const mugs = (settings: SettingsDocument) => {
    const media = [{ id: 7, alt: 'front' }]
    const variants = [
        variant(10, { sku: 'S', options: ['S'], cost: '3.00', mediaIds: [7] }),
        variant(11, { sku: null }),
    ]
    const mug = product(1, { tags: ['sale', 'crossdock-hidden-not'], media, variants, publishedOn: [1_002] })
    return scene(northwind(mug), cornerShop(), settings)
}

test('a new product carries everything but cost, and only variants that have a SKU', () => {
    const { made: mug } = made(mugs({}))
    assert.deepEqual(
        mug.variants.map((it) => [it.sku, it.price, it.cost, it.mediaIds]),
        [['S', '8', null, [-7]]],
    )
    assert.deepEqual([mug.status, mug.publishedOn, mug.media], ['ACTIVE', [2_002], [{ id: -7, alt: 'front' }]])
    assert.equal(mug.metafields[0]?.value, 'northwind.example/1')
})

test('rule 14: a field on never is absent; without a price the product is a draft', () => {
    const lock_rules = ['price', 'vendor', 'barcode'].map((field) => ({ field, mode: 'never' }))
    const it = made(mugs({ lock_rules }))
    assert.deepEqual([it.needsPrice, it.made.status, it.made.publishedOn], [true, 'DRAFT', []])
    assert.deepEqual([it.made.variants[0]?.price, it.made.free?.has('vendor')], ['0', true])
})

test('rule 43: a product made while price is create_only gets the computed price', () => {
    assert.equal(made(mugs({ lock_rules: [{ field: 'price', mode: 'create_only' }] })).made.variants[0]?.price, '8')
})

test('rule 45: draft for new products', () => {
    assert.equal(made(mugs({ new_products: 'draft' })).made.status, 'DRAFT')
})

test('rule 44: a new variant takes the computed price, or that of the first variant where price is never', () => {
    const two = [variant(10, { sku: 'S', options: ['S'] }), variant(11, { sku: 'M', options: ['M'], price: '20.00' })]
    const price = (mode: string) => {
        const there = scene(
            northwind(product(1, { variants: two })),
            cornerShop(product(1_000_001, { variants: [variant(1_000_010, { sku: 'S', price: '7.50' })] })),
            { lock_rules: [{ field: 'price', mode }] },
        )
        there.memory.products.set(1, { destination: 1_000_001, ours: true })
        const plan = planOf(there)
        const [added] = plan.creations
        return added?.of === 'variant' && added.made.price
    }
    assert.equal(price('create_only'), '16')
    assert.equal(price('never'), '7.50')
})

test('rule 49: the hide tag never travels', () => {
    const tagged = product(1, { tags: ['sale', 'Held-Back'] })
    const there = scene(northwind(tagged), cornerShop(), { hide_tags: ['other'] })
    assert.deepEqual(made(there).made.tags, ['sale', 'Held-Back'])
    const elsewhere = scene(northwind(product(1, { tags: ['sale'] })), cornerShop(), { hide_tags: ['sale'] })
    assert.equal(made(elsewhere), undefined)
})
