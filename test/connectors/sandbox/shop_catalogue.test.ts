import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainShop } from '../../../connectors/sandbox/shop/plain.ts'
import { createShop } from '../../../connectors/sandbox/shop/state.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const ORIGIN = 'http://127.0.0.1/shops/northwind.example'
const of = { products: 400, seed: 7 }

function shopOf(catalogue: Parameters<typeof createShop>[0]['catalogue'], domain = 'northwind.example') {
    const shop = createShop({ domain, catalogue, locations: [{ name: 'A' }, { name: 'B' }] }, NOW)
    return plainShop(shop, ORIGIN, NOW)
}

test('the same seed makes the same shop, another seed another one', () => {
    assert.deepEqual(shopOf(of), shopOf(of))
    assert.notDeepEqual(
        shopOf(of).products.map(({ title }) => title),
        shopOf({ ...of, seed: 8 }).products.map(({ title }) => title),
    )
})

test('two shops have no id in common', () => {
    const ids = (domain: string) =>
        shopOf(of, domain).products.flatMap((product) => [product.id, ...product.variants.map(({ id }) => id)])
    const northwind = new Set(ids('northwind.example'))
    assert.deepEqual(
        ids('outlet.example').filter((id) => northwind.has(id)),
        [],
    )
})

test('a generated catalogue has the oddities of real ones', () => {
    const { products, collections } = shopOf(of)
    const variants = products.flatMap((product) => product.variants)
    const skus = variants.map(({ sku }) => sku)
    const count = (wanted: (sku: string | null) => boolean) => skus.filter(wanted).length
    const exact = new Map<string | null, number>()
    for (const sku of skus) exact.set(sku, (exact.get(sku) ?? 0) + 1)
    const plain = (sku: string) =>
        sku
            .normalize('NFKC')
            .replace(/[\s\u200b]/g, '')
            .toLowerCase()
    const alike = new Map<string, Set<string>>()
    for (const sku of skus) if (sku?.trim()) alike.set(plain(sku), (alike.get(plain(sku)) ?? new Set()).add(sku))

    assert.ok(count((sku) => sku === null) > 0, 'no SKU')
    assert.ok(count((sku) => sku !== null && sku.trim() === '') > 1, 'SKUs of blanks')
    assert.ok(
        [...exact].some(([sku, times]) => sku?.trim() && times > 1),
        'a SKU twice',
    )
    assert.ok([...alike.values()].filter((spellings) => spellings.size > 1).length > 10, 'look-alikes')
    assert.ok(count((sku) => /^0\d+$/.test(sku ?? '')) > 0, 'leading zeros')
    assert.ok(count((sku) => /^\dE\d+$/.test(sku ?? '')) > 0, 'what a spreadsheet takes for a number')
    assert.ok(
        variants.some(({ tracked }) => !tracked),
        'untracked',
    )
    const oversold = variants.filter(
        ({ inventoryPolicy, levels }) => inventoryPolicy === 'CONTINUE' && levels[0]!.available < 0,
    )
    assert.ok(oversold.length > 0, 'sold on below zero')
    assert.ok(
        variants.some(({ requiresComponents }) => requiresComponents),
        'bundles',
    )
    assert.deepEqual(
        new Set(products.map(({ status }) => status)),
        new Set(['ACTIVE', 'DRAFT', 'ARCHIVED', 'UNLISTED']),
    )
    assert.ok(
        products.some(({ tags }) => tags.includes('crossdock-hidden')),
        'hidden',
    )
    const sizes = products.map((product) => product.variants.length)
    assert.ok(Math.max(...sizes) >= 20 && Math.min(...sizes) === 1, `${Math.max(...sizes)} variants at most`)
    assert.ok(
        products.some((product) => product.collections.length > 1),
        'in two collections',
    )
    assert.ok(
        collections.some(({ rules }) => rules !== null) &&
            collections.some(({ productIds }) => productIds.length === 0),
    )
    assert.equal(new Set(products.map(({ handle }) => handle)).size, products.length)
    for (const product of products) {
        const combinations = new Set(product.variants.map(({ options }) => options.join()))
        assert.equal(combinations.size, product.variants.length, product.handle)
    }
})

test('a shop can be made with some of another shop products, as its merchant would have entered them', () => {
    const source = shopOf(of)
    const copy = shopOf({ of, share: 0.3, seed: 2 }, 'outlet.example')
    const sourceBySku = new Map(source.products.flatMap((product) => product.variants.map((one) => [one.sku, product])))
    const shared = copy.products.filter(({ variants }) => variants.some(({ sku }) => sourceBySku.has(sku)))
    assert.ok(shared.length > 80 && shared.length < 160, `${shared.length} shared`)
    assert.ok(copy.products.length > shared.length, 'has products of its own')
    const twinOf = (product: (typeof shared)[number]) => sourceBySku.get(product.variants[0]!.sku)
    assert.ok(shared.some((product) => product.title !== twinOf(product)?.title))
    assert.ok(shared.some((product) => product.variants.length < (twinOf(product)?.variants.length ?? 0)))
    const skus = copy.products.flatMap(({ variants }) => variants.map(({ sku }) => sku).filter((sku) => sku?.trim()))
    assert.ok(new Set(skus).size < skus.length, 'some SKU is on two variants')
})

const CSV = `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,Variant Image,Status
bowl,Oak Bowl,"<p>Round, ""oak"".</p>",Fjord,Tableware,"Sale, oak",true,Color,Red,Size,S,,120,shopify,3,deny,12.5,15,true,true,111,https://a.example/1.jpg,1,front,false,https://a.example/2.jpg,active
bowl,,,,,,,,Blue,,L,BOWL-2,,shopify,-1,continue,13,,true,false,,https://a.example/2.jpg,2,,,,
bowl,,,,,,,,,,,,,,,,,,,,,https://a.example/3.jpg,3,,,,
mug,Mug,,Fjord,,,false,Title,Default Title,,,,,,0,deny,5,,true,true,,,,,false,,draft
`

test('a product file in Shopify export format fills a shop, rows without variant hold only images', () => {
    const { products } = shopOf({ csv: CSV })
    const [bowl, mug] = products
    assert.deepEqual(
        [bowl!.title, bowl!.descriptionHtml, bowl!.tags, bowl!.options.map(({ name, values }) => [name, ...values])],
        [
            'Oak Bowl',
            '<p>Round, "oak".</p>',
            ['oak', 'Sale'],
            [
                ['Color', 'Red', 'Blue'],
                ['Size', 'S', 'L'],
            ],
        ],
    )
    assert.deepEqual(
        bowl!.variants.map(({ sku, price, compareAtPrice, inventoryPolicy, levels, tracked }) => [
            ...[sku, price, compareAtPrice, inventoryPolicy, levels[0]!.available, tracked],
        ]),
        [
            [null, '12.50', '15.00', 'DENY', 3, true],
            ['BOWL-2', '13.00', null, 'CONTINUE', -1, true],
        ],
    )
    assert.deepEqual([bowl!.media.length, bowl!.variants[0]!.mediaIds], [3, [bowl!.media[1]!.id]])
    assert.deepEqual([mug!.status, mug!.publishedOn, mug!.variants[0]!.tracked], ['DRAFT', [], false])
})
