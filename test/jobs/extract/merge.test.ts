import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { OvertakenError } from '../../../jobs/extract/merge.ts'
import { collections } from '../../../jobs/extract/operations/collections.ts'
import { items } from '../../../jobs/extract/operations/items.ts'
import { levels } from '../../../jobs/extract/operations/levels.ts'
import { houseFor, mergeLines, storeWithoutShop } from './extracting.ts'
import { imageLine, productLine, variantImageLine, variantLine } from './lines_of_northwind.ts'

async function houseOfNorthwind(t: TestContext) {
    const house = await houseFor(t)
    const northwind = { ...house, store: await storeWithoutShop(house) }
    const rows = async (table: string, columns: string) => {
        const { rows } = await house.db.send<Record<string, unknown>>(
            `select ${columns} from staging.${table} order by 1, 2`,
        )
        return rows.map((row) => Object.values(row))
    }
    /** What a later comparison would look at: rows that changed after the moment of asking. */
    const since = async () => {
        const { rows } = await house.db.send<{ now: string }>('select clock_timestamp() as now')
        return (table: string, column: string) => rowsSince(table, column, rows[0]!.now)
    }
    const rowsSince = async (table: string, column: string, moment: string) => {
        const text = `select ${column} as value from staging.${table} where changed_at > $1 order by 1`
        const { rows } = await house.db.send<{ value: string }>(text, [moment])
        return rows.map(({ value }) => value)
    }
    return { northwind, rows, since }
}

test('rule 77: children join their parents in whatever order the lines come', async (t) => {
    const { northwind, rows } = await houseOfNorthwind(t)
    const nodes = [
        variantImageLine(22, 11),
        imageLine(22, 1),
        variantLine(12, 2),
        variantImageLine(23, 12),
        imageLine(21, 1),
        variantImageLine(24, 12),
        variantImageLine(21, 11),
        variantLine(11, 1),
        productLine(2),
        variantLine(13, 2),
        imageLine(23, 2),
        productLine(1),
    ]
    await mergeLines(northwind, nodes, { hour: 10 })
    assert.deepEqual(await rows('products', 'product_id, title'), [
        ['1', 'Tee 1'],
        ['2', 'Tee 2'],
    ])
    // The first media line of a variant is the image it shows.
    assert.deepEqual(await rows('variants', 'variant_id, product_id, image_id'), [
        ['11', '1', '22'],
        ['12', '2', '23'],
        ['13', '2', null],
    ])
    // The order of a product's own lines is the order of its images.
    assert.deepEqual(await rows('images', 'product_id, position, image_id'), [
        ['1', 1, '22'],
        ['1', 2, '21'],
        ['2', 1, '23'],
    ])
})

test('a snapshot is marked complete with its counts in the transaction that merges it', async (t) => {
    const { northwind } = await houseOfNorthwind(t)
    const nodes = [productLine(1), variantLine(11, 1), { id: 'gid://shopify/Video/9', __parentId: productLine(1).id }]
    const snapshot = await mergeLines(northwind, nodes, { hour: 10 })
    const { state, counts, rows_staged, merged_at } = snapshot
    assert.deepEqual(
        { state, counts, rows_staged },
        {
            state: 'complete',
            counts: { products: 1, variants: 1, variant_images: 0, images: 0, others: 1 },
            rows_staged: '3',
        },
    )
    assert.ok(merged_at)
})

test('rule 89: killed between merging and marking, neither has happened', async (t) => {
    const { northwind, rows } = await houseOfNorthwind(t)
    const { inTransaction } = northwind.context
    const killed = new Error('killed')
    northwind.context.inTransaction = (act, on) =>
        inTransaction(async (tx) => {
            const result = await act(tx)
            if (on) throw killed
            return result
        }, on)
    await assert.rejects(mergeLines(northwind, [productLine(1)], { hour: 10 }), killed)
    assert.deepEqual(await rows('products', 'product_id, title'), [])
    const { rows: snapshots } = await northwind.db.send<{ state: string }>('select state from snapshots')
    assert.deepEqual(snapshots, [{ state: 'reading' }])
})

test('a whole reading takes away what the store no longer has', async (t) => {
    const { northwind, rows } = await houseOfNorthwind(t)
    const before = [productLine(1), variantLine(11, 1), variantLine(12, 1), imageLine(21, 1), productLine(2)]
    await mergeLines(northwind, [...before, variantLine(13, 2)], { hour: 10 })
    await mergeLines(northwind, [productLine(1), variantLine(11, 1)], { hour: 11 })
    assert.deepEqual(await rows('products', 'product_id, title'), [['1', 'Tee 1']])
    assert.deepEqual(await rows('variants', 'variant_id, product_id'), [['11', '1']])
    assert.deepEqual(await rows('images', 'image_id, product_id'), [])
})

test('an incremental reading takes away variants and images of the products it brings, and no product', async (t) => {
    const { northwind, rows } = await houseOfNorthwind(t)
    const before = [productLine(1), variantLine(11, 1), variantLine(12, 1), imageLine(21, 1), productLine(2)]
    await mergeLines(northwind, [...before, variantLine(13, 2), imageLine(22, 2)], { hour: 10 })
    const moved = [productLine(1, { title: 'Tee, new' }), variantLine(11, 1)]
    await mergeLines(northwind, moved, { hour: 11, kind: 'incremental' })
    assert.deepEqual(await rows('products', 'product_id, title'), [
        ['1', 'Tee, new'],
        ['2', 'Tee 2'],
    ])
    assert.deepEqual(await rows('variants', 'variant_id, product_id'), [
        ['11', '1'],
        ['13', '2'],
    ])
    assert.deepEqual(await rows('images', 'image_id, product_id'), [['22', '2']])
})

test('changed_at moves when a value does, not when Shopify only says that it looked', async (t) => {
    const { northwind, since } = await houseOfNorthwind(t)
    const before = [productLine(1), variantLine(11, 1), imageLine(21, 1), productLine(2), variantLine(12, 2)]
    await mergeLines(northwind, before, { hour: 10 })
    const changed = await since()
    const after = [
        productLine(1, { updatedAt: '2026-07-01T10:30:00Z' }),
        variantLine(11, 1, { price: '20.000' }),
        imageLine(21, 1, { image: { url: 'https://cdn.example/again.jpg' }, status: 'PROCESSING' }),
        productLine(2),
        variantLine(12, 2, { price: '21.00' }),
    ]
    await mergeLines(northwind, after, { hour: 11, kind: 'incremental' })
    await mergeLines(northwind, after, { hour: 12 })
    assert.deepEqual(await changed('products', 'product_id'), [])
    assert.deepEqual(await changed('variants', 'variant_id'), ['12'])
    assert.deepEqual(await changed('images', 'image_id'), [])
})

test('an image that got its address has changed: it can be copied from now on', async (t) => {
    const { northwind, since } = await houseOfNorthwind(t)
    await mergeLines(northwind, [productLine(1), imageLine(21, 1, { image: null })], { hour: 10 })
    const changed = await since()
    await mergeLines(northwind, [productLine(1), imageLine(21, 1)], { hour: 11 })
    assert.deepEqual(await changed('images', 'image_id'), ['21'])
})

test('a product whose variant or image is gone has changed', async (t) => {
    const { northwind, since } = await houseOfNorthwind(t)
    const ones = [1, 2, 3].flatMap((product) => [productLine(product), variantLine(10 + product, product)])
    await mergeLines(northwind, [...ones, variantLine(21, 1), imageLine(31, 2)], { hour: 10 })
    const changed = await since()
    await mergeLines(northwind, ones, { hour: 11, kind: 'incremental' })
    assert.deepEqual(await changed('products', 'product_id'), ['1', '2'])
})

test('an earlier reading that ends later overwrites nothing that was read after it', async (t) => {
    const { northwind, rows } = await houseOfNorthwind(t)
    const before = [productLine(1), variantLine(11, 1), variantLine(12, 1), productLine(2), variantLine(13, 2)]
    await mergeLines(northwind, before, { hour: 9 })
    // Asked for at 11: variant 12 is gone, product 3 is new; product 1 looks as it did.
    const moved = [productLine(1), variantLine(11, 1, { sku: 'NEW' }), productLine(3)]
    await mergeLines(northwind, moved, { hour: 11, kind: 'incremental' })
    // Asked for at 10, merged only now: it still has variant 12, and knows nothing of product 3.
    const late = [
        productLine(1, { title: 'Old' }),
        variantLine(11, 1),
        variantLine(12, 1),
        productLine(2),
        variantLine(13, 2),
    ]
    await mergeLines(northwind, late, { hour: 10 })
    assert.deepEqual(await rows('products', 'product_id, title'), [
        ['1', 'Tee 1'],
        ['2', 'Tee 2'],
        ['3', 'Tee 3'],
    ])
    assert.deepEqual(await rows('variants', 'variant_id, sku'), [
        ['11', 'NEW'],
        ['13', 'TEE-13'],
    ])
})

test('a reading that a later whole one has overtaken is not merged', async (t) => {
    const { northwind, rows } = await houseOfNorthwind(t)
    await mergeLines(northwind, [productLine(1)], { hour: 11 })
    const late = [productLine(1, { title: 'Old' }), productLine(2)]
    await assert.rejects(mergeLines(northwind, late, { hour: 10, kind: 'incremental' }), OvertakenError)
    assert.deepEqual(await rows('products', 'product_id, title'), [['1', 'Tee 1']])
})

test('of an object that came twice in one reading the later line counts', async (t) => {
    const { northwind, rows } = await houseOfNorthwind(t)
    const first = [productLine(1, { title: 'Before' }), variantLine(11, 1), imageLine(21, 1), imageLine(22, 1)]
    const again = [productLine(1, { title: 'After' }), variantLine(11, 1), imageLine(22, 1), imageLine(21, 1)]
    await mergeLines(northwind, [...first, ...again], { hour: 10, kind: 'incremental' })
    assert.deepEqual(await rows('products', 'product_id, title'), [['1', 'After']])
    assert.deepEqual(await rows('images', 'position, image_id'), [
        [1, '22'],
        [2, '21'],
    ])
})

test('variants whose item moved are refreshed, and variants of no known product are not taken in', async (t) => {
    const { northwind, rows } = await houseOfNorthwind(t)
    const before = [productLine(1), variantLine(11, 1), variantLine(12, 1)]
    await mergeLines(northwind, before, { hour: 9 })
    const item = { id: 'gid://shopify/InventoryItem/30011' }
    const child = (variant: number, product: number, with_: object) => {
        const { __parentId, ...line } = variantLine(variant, product, with_)
        return { ...line, product: { id: __parentId }, __parentId: item.id }
    }
    const { inventoryItem } = variantLine(11, 1)
    const costlier = { inventoryItem: { ...inventoryItem, unitCost: { amount: '7.5' } } }
    const nodes = [child(11, 1, costlier), child(19, 8, {}), item]
    const snapshot = await mergeLines(northwind, nodes, { hour: 11, kind: 'incremental', operation: items })
    assert.equal(snapshot.counts.others, 1)
    assert.deepEqual(await rows('variants', 'variant_id, product_id, cost'), [
        ['11', '1', '7.5'],
        ['12', '1', null],
    ])
    // A catalogue asked for before, merged only now, knows the item as it was.
    await mergeLines(northwind, before, { hour: 10 })
    assert.deepEqual(await rows('variants', 'variant_id, cost'), [
        ['11', '7.5'],
        ['12', null],
    ])
})

const location = { id: 'gid://shopify/Location/5', name: 'Main', isActive: true }
const levelLine = (item: number, available: number) => ({
    id: `gid://shopify/InventoryLevel/9?inventory_item_id=${item}`,
    item: { id: `gid://shopify/InventoryItem/${item}` },
    quantities: [
        { name: 'available', quantity: available, updatedAt: '2026-07-01T10:00:00Z' },
        { name: 'on_hand', quantity: available, updatedAt: null },
    ],
    __parentId: location.id,
})

test('levels that an incremental reading does not name stay, those a whole one does not name go', async (t) => {
    const { northwind, rows } = await houseOfNorthwind(t)
    const closed = { id: 'gid://shopify/Location/6', name: 'Closed', isActive: false }
    await mergeLines(northwind, [location, closed, levelLine(41, 4), levelLine(42, 5)], { hour: 10, operation: levels })
    await mergeLines(northwind, [levelLine(41, 3), location], { hour: 11, kind: 'incremental', operation: levels })
    assert.deepEqual(await rows('levels', 'inventory_item_id, available'), [
        ['41', 3],
        ['42', 5],
    ])
    assert.deepEqual(await rows('locations', 'location_id, name, active'), [['5', 'Main', true]])
    await mergeLines(northwind, [location, levelLine(41, 3)], { hour: 12, operation: levels })
    assert.deepEqual(await rows('levels', 'inventory_item_id, available'), [['41', 3]])
})

test('one product is in two collections, and one that left a collection has changed', async (t) => {
    const { northwind, rows, since } = await houseOfNorthwind(t)
    await mergeLines(northwind, [productLine(1), productLine(2)], { hour: 9 })
    const named = (id: number) => ({ id: `gid://shopify/Collection/${id}`, title: `C${id}`, handle: `c-${id}` })
    const member = (collection: number, product: number) => ({
        id: `gid://shopify/Product/${product}`,
        __parentId: `gid://shopify/Collection/${collection}`,
    })
    const before = [member(7, 1), member(8, 1), named(8), named(7), member(7, 2)]
    await mergeLines(northwind, before, { hour: 10, operation: collections })
    assert.deepEqual(await rows('collection_products', 'collection_id, product_id'), [
        ['7', '1'],
        ['7', '2'],
        ['8', '1'],
    ])
    const changed = await since()
    await mergeLines(northwind, [named(7), member(7, 1)], { hour: 11, operation: collections })
    assert.deepEqual(await rows('collections', 'collection_id, handle'), [['7', 'c-7']])
    assert.deepEqual(await changed('products', 'product_id'), ['1', '2'])
})
