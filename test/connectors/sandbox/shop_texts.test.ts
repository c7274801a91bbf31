import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createShop } from '../../../connectors/sandbox/shop/state.ts'
import {
    compareMoney,
    freeHandle,
    money,
    slug,
    storedHtml,
    storedTags,
    storedText,
} from '../../../connectors/sandbox/shop/text.ts'
import { NORTHWIND, sandboxFor } from '../../helpers/sandbox.ts'
import { dataOf, madeProduct } from '../../helpers/sandbox_goods.ts'

const plain = createShop({ domain: NORTHWIND }, 0)
const altering = createShop({ domain: NORTHWIND, settings: { texts: 'alters_every_text' } }, 0)

test('money is kept as a decimal text with two decimals, rounded half up', () => {
    assert.deepEqual(['12', '12.5', '12.345', '12.344', '0.005', '-1', '.5', 7].map(money), [
        '12.00',
        '12.50',
        '12.35',
        '12.34',
        '0.01',
        '-1.00',
        '0.50',
        '7.00',
    ])
    assert.throws(() => money('12,50'), /expected a decimal number, got 12,50/)
    assert.ok(compareMoney('999999999999999999.99', '1000000000000000000') < 0)
})

test('handles are slugs, and a taken one counts its number on', () => {
    assert.deepEqual([' Another Weird/Handle 300 % ', 'Café Été', "Women's Cap", 'best_selling', '%%%'].map(slug), [
        'another-weird-handle-300',
        'cafe-ete',
        'womens-cap',
        'best_selling',
        '',
    ])
    const taken = new Set(['cup', 'cup-1', 'graph-1776550889941'])
    const free = (wanted: string) => freeHandle(wanted, (handle) => taken.has(handle))
    assert.deepEqual(['cup', 'mug', 'graph-1776550889941'].map(free), ['cup-2', 'mug', 'graph-1776550889942'])
})

test('tags are trimmed at their ends, sorted, and one spelling of each is kept', () => {
    assert.deepEqual(storedTags(plain, [' Red ', 'red', 'RED', ' big  sale ', '']), ['big  sale', 'Red'])
})

test('html loses scripts and event attributes, and nothing else', () => {
    const html = '<p onclick="x()" class="a">Hi<script>alert(1)</script></p>\r\n<a href="javascript:x()">b</a>'
    assert.equal(storedHtml(plain, html), '<p class="a">Hi</p>\n<a>b</a>')
    const kept = '<p><em>Plain</em> &amp; simple</p>\n<ul><li>one</li></ul>'
    assert.equal(storedHtml(plain, kept), kept)
})

test('a shop that alters every text stores none as given, and one it has stored as it is', () => {
    for (const store of [storedHtml, storedText]) {
        const once = store(altering, '<b>Some  text</b>')
        assert.notEqual(once, '<b>Some  text</b>')
        assert.equal(store(altering, once), once)
    }
    assert.deepEqual(storedTags(altering, ['big SALE', 'new']), ['Big sale', 'New'])
})

test('the shop alters what mutations send, too', async (t) => {
    const settings = { texts: 'alters_every_text' as const }
    const talk = await sandboxFor(t, { shops: [{ domain: NORTHWIND, settings }] })
    const product = await madeProduct(talk, { title: 'Oak Bowl', descriptionHtml: '<p>Round.</p>', tags: ['oak BOWL'] })
    assert.notEqual(product.title, 'Oak Bowl')
    assert.notEqual(product.descriptionHtml, '<p>Round.</p>')
    assert.deepEqual([product.tags, product.handle], [['Oak bowl'], 'oak-bowl'])
})

test('a search shows a change only when its index has caught up, the product itself at once', async (t) => {
    const talk = await sandboxFor(t)
    const { id } = await madeProduct(talk, { title: 'Bowl' })
    await talk.control('clock.advance', { seconds: 3600 })
    await talk.control('lag.set', { shop: NORTHWIND, ms: 60_000 })
    const before = talk.sandbox.clock.iso()
    await talk.control('clock.advance', { seconds: 5 })
    await talk.control('product.edit', { shop: NORTHWIND, handle: 'bowl', set: { title: 'Cup' } })
    const changed = () =>
        dataOf<{ products: { nodes: object[] }; product: { title: string } }>(
            talk,
            `query Changed($query: String!, $id: ID!) {
                products(first: 5, query: $query) { nodes { id } } product(id: $id) { title }
            }`,
            { query: `updated_at:>='${before}'`, id },
        )
    assert.deepEqual(await changed(), { products: { nodes: [] }, product: { title: 'Cup' } })
    await talk.control('clock.advance', { seconds: 61 })
    assert.deepEqual((await changed()).products.nodes, [{ id }])
})
