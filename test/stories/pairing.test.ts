import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, MARKET_STALL, NORTHWIND, SOUTHWIND, single, sized } from '../helpers/cast.ts'
import { type Goods, plain, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const between = (northwind: Goods, corner: Goods, settings: SettingsDocument = {}) => ({
    goods: { [NORTHWIND]: northwind, [CORNER_SHOP]: corner },
    connections: [{ destination: CORNER_SHOP, settings: plain(settings) }],
})

const skusIn = async (story: Awaited<ReturnType<typeof startStory>>, shop = CORNER_SHOP) =>
    (await story.state(shop)).products.flatMap((it) => it.variants.map((variant) => variant.sku)).sort()

test('rule 1: a variant without a SKU, or with one of blanks, goes nowhere and is listed', async (t) => {
    const goods = [single('Scarf', null), single('Belt', '   '), single('Mug', 'MUG-1')]
    const story = await syncedStory(t, between(goods, []))
    assert.deepEqual(await skusIn(story), ['MUG-1'])
})

test('rule 2: two source variants with one SKU stay out; with one of them gone the other syncs by itself', async (t) => {
    const story = await startStory(t, between([single('Cap', 'HEAD-1'), single('Beanie', 'HEAD-1')], []))
    await story.nightly()
    assert.deepEqual(await skusIn(story), [])
    await story.edit(NORTHWIND, 'product.delete', { handle: 'beanie' })
    await story.firstSync()
    assert.deepEqual(await skusIn(story), ['HEAD-1'])
})

test('rule 3: a SKU that several destination variants carry is written on none of them', async (t) => {
    const corner = [single('Bowl', 'BOWL-1', { variant: { available: 2 } }), single('Other bowl', 'BOWL-1')]
    const story = await startStory(t, between([single('Bowl', 'BOWL-1')], corner))
    assert.deepEqual(await story.writes(() => story.firstSync()), [])
})

test('rule 4: look-alikes are told, not matched', async (t) => {
    const story = await syncedStory(t, between([single('Lamp', 'ABC-123')], [single('Old lamp', 'abc-123')]))
    assert.deepEqual(await skusIn(story), ['ABC-123', 'abc-123'])
})

test('rule 5: one barcode under two SKUs is flagged, neither linked nor created, until a person maps it', async (t) => {
    const barcode = '4006381333931'
    const corner = [single('Rain cover', 'COVER-9', { variant: { barcode, available: 1 } })]
    const northwind = [single('Umbrella', 'UMBRELLA-1', { variant: { barcode } }), single('Mug', 'MUG-1')]
    const story = await syncedStory(t, between(northwind, corner))
    assert.deepEqual(await skusIn(story), ['COVER-9', 'MUG-1'])
    const { rows } = await story.db.send('select code, label, item_id, other_id from problems')
    const ids = [await story.variant(NORTHWIND, 'UMBRELLA-1'), await story.variant(CORNER_SHOP, 'COVER-9')]
    const [item_id, other_id] = ids.map(({ id }) => String(id))
    assert.deepEqual(rows, [{ code: 'barcode_conflict', label: 'UMBRELLA-1', item_id, other_id }])
    assert.equal((await story.variant(CORNER_SHOP, 'COVER-9')).levels[0]!.available, 1)
    await story.settings(CORNER_SHOP, plain({ mappings: [{ source_sku: 'UMBRELLA-1', destination_sku: 'COVER-9' }] }))
    await story.nightly()
    assert.equal((await story.variant(CORNER_SHOP, 'COVER-9')).levels[0]!.available, 15)
})

test('rule 5: with another barcode there it is created; the variants beside it never waited', async (t) => {
    const barcode = '4006381333931'
    const sizes = sized('Tee', 'TEE', ['S', 'M'])
    const corner = [single('Shirt', 'SHIRT-9', { variant: { barcode } })]
    const story = await startStory(t, between([sizes], corner))
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'TEE-M', set: { barcode } })
    await story.firstSync()
    assert.deepEqual(await skusIn(story), ['SHIRT-9', 'TEE-S'])
    await story.edit(CORNER_SHOP, 'variant.edit', { sku: 'SHIRT-9', set: { barcode: null } })
    await story.hourly()
    assert.deepEqual(await skusIn(story), ['SHIRT-9', 'TEE-M', 'TEE-S'])
})

test('rule 5: a barcode that several items of a store carry says nothing: it is flagged and keeps nothing out', async (t) => {
    const barcode = 'Does not apply'
    const corner = [
        single('Rain cover', 'COVER-9', { variant: { barcode } }),
        single('Hat', 'HAT-9', { variant: { barcode } }),
    ]
    const story = await syncedStory(t, between([single('Umbrella', 'UMBRELLA-1', { variant: { barcode } })], corner))
    assert.deepEqual(await skusIn(story), ['COVER-9', 'HAT-9', 'UMBRELLA-1'])
})

test('rule 6: a SKU renamed at the source keeps its link and is changed at the destination', async (t) => {
    const story = await syncedStory(t, between([single('Mug', 'MUG-1')], []))
    const { id } = await story.variant(CORNER_SHOP, 'MUG-1')
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'MUG-1', set: { sku: 'MUG-2' } })
    await story.hourly()
    assert.equal((await story.variant(CORNER_SHOP, 'MUG-2')).id, id)
    assert.deepEqual(await skusIn(story), ['MUG-2'])
})

test('rule 9: only items newer than the connection are created', async (t) => {
    const story = await startStory(t, between([single('Mug', 'MUG-1')], [], { create: 'new_only' }))
    await story.edit(NORTHWIND, 'clock.advance', { seconds: 60 })
    await story.edit(NORTHWIND, 'product.create', single('Jug', 'JUG-1'))
    await story.firstSync()
    assert.deepEqual(await skusIn(story), ['JUG-1'])
})

test('rule 10: what has no partner is listed and never created when only updating', async (t) => {
    const corner = [single('Mug of ours', 'MUG-1', { variant: { available: 1 } })]
    const goods = [single('Mug', 'MUG-1'), single('Jug', 'JUG-1'), sized('Tee', 'TEE', ['S', 'M'])]
    const story = await syncedStory(t, between(goods, corner, { create: 'update_only' }))
    assert.deepEqual(await skusIn(story), ['MUG-1'])
    assert.equal((await story.variant(CORNER_SHOP, 'MUG-1')).levels[0]!.available, 15)
})

test('rule 10: a variant that a linked product lacks is not created either when only updating', async (t) => {
    const corner = [sized('Our tee', 'TEE', ['S'])]
    const settings = { create: 'update_only', existing_items: 'overwrite' }
    const story = await syncedStory(t, between([sized('Tee', 'TEE', ['S', 'M'])], corner, settings))
    assert.deepEqual(await skusIn(story), ['TEE-S'])
})

test('rule 11: an item of two collections is made once in each shop that takes them', async (t) => {
    const takes = (...handles: string[]) => plain({ scopes: handles.map((value) => ({ kind: 'collection', value })) })
    const story = await startStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1'), single('Jug', 'JUG-1')] },
        connections: [
            { destination: CORNER_SHOP, settings: takes('summer', 'sale') },
            { destination: MARKET_STALL, settings: takes('sale') },
        ],
    })
    await story.edit(NORTHWIND, 'collection.create', { title: 'Summer', productHandles: ['mug', 'jug'] })
    await story.edit(NORTHWIND, 'collection.create', { title: 'Sale', productHandles: ['mug'] })
    await story.firstSync()
    assert.deepEqual(await skusIn(story), ['JUG-1', 'MUG-1'])
    assert.deepEqual(await skusIn(story, MARKET_STALL), ['MUG-1'])
})

test('rule 7: a hidden product is offered nowhere; hidden later, what was synced stands still', async (t) => {
    const goods = [single('Candle', 'CANDLE-1', { tags: ['crossdock-hidden'] }), single('Mug', 'MUG-1')]
    const story = await syncedStory(t, between(goods, []))
    assert.deepEqual(await skusIn(story), ['MUG-1'])
    await story.edit(NORTHWIND, 'tag.add', { handle: 'mug', tag: 'Crossdock-Hidden' })
    await story.edit(NORTHWIND, 'product.edit', { handle: 'mug', set: { title: 'Big mug' } })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 13: unequal variant counts: what matches is linked, what is missing is told', async (t) => {
    const corner = [sized('Our tee', 'TEE', ['S', 'M'])]
    const story = await syncedStory(t, between([sized('Tee', 'TEE', ['S', 'M', 'L'])], corner))
    assert.deepEqual(await skusIn(story), ['TEE-M', 'TEE-S'])
})

test('D12: a variant that a product of ours lacks is added, with its stock', async (t) => {
    const story = await syncedStory(t, between([sized('Tee', 'TEE', ['S', 'M'])], []))
    const more = { options: ['L'], sku: 'TEE-L', price: '22.00', tracked: true, available: 7 }
    await story.edit(NORTHWIND, 'variant.create', { handle: 'tee', ...more })
    await story.hourly()
    const made = await story.variant(CORNER_SHOP, 'TEE-L')
    assert.deepEqual([made.price, made.levels[0]!.available], ['17.60', 7])
})

test('D7: of two sources with one SKU the one of higher rank has it', async (t) => {
    const story = await syncedStory(t, {
        goods: {
            [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { available: 4 } })],
            [SOUTHWIND]: [single('Cup', 'MUG-1', { variant: { available: 9 } }), single('Plate', 'PLATE-1')],
            [CORNER_SHOP]: [single('Mug here', 'MUG-1', { variant: { available: 1 } })],
        },
        connections: [
            { destination: CORNER_SHOP, settings: plain({ rank: 1 }) },
            { source: SOUTHWIND, destination: CORNER_SHOP, settings: plain({ rank: 2 }) },
        ],
    })
    assert.equal((await story.variant(CORNER_SHOP, 'MUG-1')).levels[0]!.available, 9)
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('D7: a connection of higher rank that comes later takes over what existed before', async (t) => {
    const story = await syncedStory(t, {
        goods: {
            [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { available: 4 } })],
            [SOUTHWIND]: [single('Plate', 'PLATE-1')],
            [CORNER_SHOP]: [single('Mug here', 'MUG-1', { variant: { available: 1 } })],
        },
        connections: [
            { destination: CORNER_SHOP, settings: plain({ rank: 1 }) },
            { source: SOUTHWIND, destination: CORNER_SHOP, settings: plain({ rank: 2 }) },
        ],
    })
    await story.edit(SOUTHWIND, 'product.create', single('Cup', 'MUG-1', { variant: { available: 9 } }))
    await story.nightly()
    assert.equal((await story.variant(CORNER_SHOP, 'MUG-1')).levels[0]!.available, 9)
})

test('D8: a mapping row pairs what has two codes, and its factor makes packs of six', async (t) => {
    const corner = [single('Six socks', 'SOCK-6PK', { variant: { price: '14.00', available: 9 } })]
    const mappings = [{ source_sku: 'SOCK-1', destination_sku: 'SOCK-6PK', factor: 6, existing_items: 'overwrite' }]
    const socks = single('Socks', 'SOCK-1', { variant: { price: '2.50', available: 17 } })
    const story = await syncedStory(t, between([socks], corner, { mappings }))
    const pack = await story.variant(CORNER_SHOP, 'SOCK-6PK')
    assert.deepEqual([pack.price, pack.levels[0]!.available], ['12.00', 2])
})

test('D8: barcode or handle may be the match key', async (t) => {
    const barcode = { barcode: '4006381333931' }
    const goods = [single('Umbrella', 'U-1', { variant: barcode }), single('Mug', 'MUG-1')]
    const corner = [
        single('Brolly', 'B-9', { variant: { ...barcode, available: 1 } }),
        single('Mug', 'M-9', { variant: { available: 1 } }),
    ]
    const byBarcode = await syncedStory(t, between(goods, corner, { match_by: 'barcode' }))
    assert.equal((await byBarcode.variant(CORNER_SHOP, 'B-9')).levels[0]!.available, 15)
    const byHandle = await syncedStory(t, between(goods, corner, { match_by: 'handle' }))
    assert.equal((await byHandle.variant(CORNER_SHOP, 'M-9')).levels[0]!.available, 15)
})

test('D9: a mapping opens one item that existed before to everything, its neighbours stay with stock only', async (t) => {
    const mapped = { source_sku: 'POT-1', destination_sku: 'POT-1', existing_items: 'overwrite' as const }
    const northwind = [single('Pot', 'POT-1', { vendor: 'Northwind' }), single('Pan', 'PAN-1', { vendor: 'Northwind' })]
    const corner = [single('Our pot', 'POT-1', { vendor: 'Corner' }), single('Our pan', 'PAN-1', { vendor: 'Corner' })]
    const story = await syncedStory(t, between(northwind, corner, { mappings: [mapped] }))
    const { products } = await story.state(CORNER_SHOP)
    assert.deepEqual(products.map(({ title, vendor }) => [title, vendor]).sort(), [
        ['Our pan', 'Corner'],
        ['Pot', 'Northwind'],
    ])
})
