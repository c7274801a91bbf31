import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fill } from '../../../jobs/extract/fill.ts'
import { catalogue } from '../../../jobs/extract/operations/catalogue.ts'
import { levels } from '../../../jobs/extract/operations/levels.ts'
import { withConnection } from '../../../sql/database.ts'
import { testDatabase } from '../../helpers/database.ts'
import { batchesOf } from './extracting.ts'
import { imageLine, productLine, variantImageLine, variantLine } from './lines_of_northwind.ts'

const { db } = await testDatabase({ after })

/** Fills the incoming tables of the catalogue and returns the rows of one of them. */
async function filled(nodes: readonly object[], table: string, operation = catalogue) {
    return withConnection(db, async (session) => {
        const { counts, lines } = await fill(session, operation.tables, batchesOf(nodes))
        const { rows } = await session.send<Record<string, unknown>>(`select * from incoming_${table}`)
        return { rows, row: rows[0]!, counts, lines }
    })
}

test('texts come through COPY as they are: tabs, newlines, backslashes, quotes, other alphabets', async () => {
    const odd = 'a\tb\nc\r\nd\\e\\N "f" {g},h \u{1F455} żółć ‎'
    const product = productLine(1, { title: odd, tags: [odd, 'NULL', '', '\\', '"'], descriptionHtml: '\\N' })
    const { row } = await filled([product], 'products')
    assert.equal(row.title, odd)
    assert.equal(row.description_html, '\\N')
    assert.deepEqual(row.tags, ['', '"', 'NULL', '\\', odd])
})

test('what PostgreSQL can hold in no text is left out, and a half of a pair of surrogates is replaced', async () => {
    const { row } = await filled([productLine(1, { title: 'a\0b', vendor: 'c\ud83dd' })], 'products')
    assert.equal(row.title, 'ab')
    assert.equal(row.vendor, 'c�d')
})

test('a blank text and none are the same', async () => {
    const blank = productLine(1, { vendor: '', seo: { title: '', description: null }, origin: null })
    const { row } = await filled([blank], 'products')
    assert.deepEqual([row.vendor, row.seo_title, row.seo_description, row.origin], [null, null, null, null])
})

test('tags are sorted and each is there once; options keep their order', async () => {
    const product = productLine(1, { tags: ['b', 'a', 'B', 'b'], options: [{ name: 'Size' }, { name: 'Colour' }] })
    const { row } = await filled([product], 'products')
    assert.deepEqual(row.tags, ['B', 'a', 'b'])
    assert.deepEqual(row.options, ['Size', 'Colour'])
})

test('our mark names the product it was made from', async () => {
    const { row } = await filled([productLine(1, { origin: { value: 'northwind.example/7' } })], 'products')
    assert.equal(row.origin, 'northwind.example/7')
})

test('amounts keep every digit and are compared without regard to their scale', async () => {
    const variant = variantLine(11, 1, { price: '12345678901234567.89', compareAtPrice: '10.0' })
    const { row } = await filled([productLine(1), variant], 'variants')
    assert.equal(row.price, '12345678901234567.89')
    assert.equal(row.compare_at_price, '10.0')
    assert.equal(row.cost, null)
})

test('weights become grams of two decimals, whatever unit they came in; none is 0', async () => {
    const weights = [
        { value: 1.5, unit: 'KILOGRAMS' },
        { value: 1500, unit: 'GRAMS' },
        { value: 3.5, unit: 'OUNCES' },
        { value: 2, unit: 'POUNDS' },
        null,
    ]
    const nodes = weights.map((weight, at) => variantLine(11 + at, 1, { inventoryItem: itemWith({ weight }) }))
    const { rows } = await filled([productLine(1), ...nodes], 'variants')
    assert.deepEqual(
        rows.map(({ weight }) => weight),
        ['1500.00', '1500.00', '99.22', '907.18', '0.00'],
    )
})

const itemWith = (measurement: object) => ({ ...variantLine(0, 0).inventoryItem, measurement })

test('a line that cannot be read is named by its number, its table and its id', async () => {
    const stone = variantLine(11, 1, { inventoryItem: itemWith({ weight: { value: 1, unit: 'STONE' } }) })
    const message = /^line 2, for variants, gid:\/\/shopify\/ProductVariant\/11: .*got STONE/
    await assert.rejects(filled([productLine(1), stone], 'variants'), { message })
})

test('a line cut in the middle is named by its number', async () => {
    const batches = [[Buffer.from('{"id":"gid:\\/\\/shopify\\/Product')]]
    const filling = withConnection(db, (session) => fill(session, catalogue.tables, asyncOf(batches)))
    await assert.rejects(filling, {
        message: 'line 1: expected one JSON object, came {"id":"gid:\\/\\/shopify\\/Product',
    })
})

async function* asyncOf<T>(list: T[]): AsyncGenerator<T> {
    yield* list
}

test('what the server refuses is thrown, and the connection can be used again', async () => {
    await withConnection(db, async (session) => {
        const lines = batchesOf([productLine(1), variantLine(11, 1, { price: 'dear' })])
        await assert.rejects(fill(session, catalogue.tables, lines), /invalid input syntax for type numeric: "dear"/)
        const { rows } = await session.send<{ one: number }>('select 1 as one')
        assert.deepEqual(rows, [{ one: 1 }])
    })
})

test('an error of the download is thrown as it is while rows are on their way', async () => {
    const broken = new Error('the connection broke')
    async function* cut() {
        yield* batchesOf([productLine(1), variantLine(11, 1)])
        throw broken
    }
    await withConnection(db, async (session) => {
        await assert.rejects(fill(session, catalogue.tables, cut()), broken)
        await session.send('select 1')
    })
})

test('rule 77: lines go by their own type and their parent, in whatever order they come', async () => {
    const nodes = [
        imageLine(21, 1),
        variantImageLine(22, 11),
        variantLine(11, 1),
        { id: 'gid://shopify/Video/31', alt: null, status: 'READY', __parentId: 'gid://shopify/Product/1' },
        productLine(1),
    ]
    const { counts, lines } = await filled(nodes, 'products')
    assert.deepEqual(counts, { products: 1, variants: 1, variant_images: 1, images: 1, others: 1 })
    assert.equal(lines, 5)
})

test('levels are told apart by item and location, and a quantity not told is none', async () => {
    const nodes = [
        { id: 'gid://shopify/Location/5', name: 'Main', isActive: true },
        {
            id: 'gid://shopify/InventoryLevel/9?inventory_item_id=41',
            item: { id: 'gid://shopify/InventoryItem/41' },
            quantities: [{ name: 'available', quantity: -2, updatedAt: '2026-07-01T10:00:00Z' }],
            __parentId: 'gid://shopify/Location/5',
        },
    ]
    const { row } = await filled(nodes, 'levels', levels)
    assert.deepEqual(row, {
        inventory_item_id: '41',
        location_id: '5',
        on_hand: null,
        available_at: '2026-07-01T10:00:00Z',
        available: -2,
    })
})

test('more than one chunk of each table arrives whole', async () => {
    const html = 'x'.repeat(10_000)
    const nodes = Array.from({ length: 300 }, (_, at) => productLine(at + 1, { descriptionHtml: html })).flatMap(
        (product, at) => [product, variantLine(1000 + at, at + 1, { sku: 'S'.repeat(5_000) })],
    )
    const { rows, counts } = await filled(nodes, 'variants')
    assert.deepEqual({ products: counts.products, variants: rows.length }, { products: 300, variants: 300 })
})
