import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConnection } from '../../jobs/load.ts'
import { compared, connectionOf, loadedIn, rowsOf, type Shops, shopState, synced, twoShops } from './load/loading.ts'
import { atDestination, atSource, changeEverything, storyOf } from './load/story.ts'

const variantsOf = async (shops: Shops) => (await shopState(shops)).products.flatMap((product) => product.variants)
const statuses = (shops: Shops) =>
    rowsOf<{ label: string; field: string; status: string; message: string | null }>(
        shops,
        `select label, field, status, message from changes where change_set_id in (
            select change_set_id from change_sets where run_id = (select max(run_id) from change_sets)) order by change_id`,
    )

const sizes = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ options: [`Size ${n + 1}`], sku: `S-${n + 1}`, price: '10' }))

test('rule 79: one refused line among 260 leaves the rest applied and carries the store’s message', async (t) => {
    const shops = await twoShops(t)
    await atSource(shops, 'product.create', { title: 'Shirt', options: ['Size'], variants: sizes(260) })
    await synced(shops)
    assert.equal((await variantsOf(shops)).length, 260)
    for (let n = 1; n <= 260; n++) await atSource(shops, 'variant.edit', { sku: `S-${n}`, set: { price: '11' } })
    const context = await compared(shops)
    await shops.db.send(`update changes set after = '"-1.00"' where field = 'price' and label = 'S-77'`)
    await loadedIn(context, shops)
    const lines = await statuses(shops)
    const refused = lines.filter(({ status }) => status !== 'applied')
    assert.deepEqual(
        refused.map(({ label, status }) => [label, status]),
        [['S-77', 'failed']],
    )
    assert.match(String(refused[0]?.message), /greater than or equal to 0/)
    const prices = (await variantsOf(shops)).map(({ sku, price }) => [sku, price])
    assert.deepEqual(
        prices.filter(([, price]) => price !== '11.00'),
        [['S-77', '10.00']],
    )
})

test('rule 79: a refused field of a product does not keep its other fields back', async (t) => {
    const shops = await storyOf(t)
    await atSource(shops, 'product.edit', { handle: 'mug', set: { title: 'Big mug', vendor: 'Potter' } })
    const context = await compared(shops)
    await shops.db.send(`update changes set after = to_jsonb(repeat('x', 300)) where field = 'vendor'`)
    await loadedIn(context, shops)
    const lines = await statuses(shops)
    assert.deepEqual(lines.map(({ field, status }) => [field, status]).toSorted(), [
        ['title', 'applied'],
        ['vendor', 'failed'],
    ])
    const mug = (await shopState(shops)).products.find(({ handle }) => handle === 'mug')
    assert.deepEqual([mug?.title, mug?.vendor], ['Big mug', 'northwind'])
})

test('rule 88: what no longer is as shown becomes a conflict and is left as it is', async (t) => {
    const shops = await storyOf(t)
    await atSource(shops, 'product.edit', { handle: 'mug', set: { title: 'Big mug', vendor: 'Potter' } })
    await atSource(shops, 'variant.edit', { sku: 'MUG', set: { price: '9' } })
    const context = await compared(shops)
    await atDestination(shops, 'product.edit', { handle: 'mug', set: { title: 'Our mug' } })
    await atDestination(shops, 'variant.edit', { sku: 'MUG', set: { price: '12' } })
    await loadedIn(context, shops)
    const lines = await statuses(shops)
    assert.deepEqual(lines.map(({ field, status }) => [field, status]).toSorted(), [
        ['price', 'conflict'],
        ['title', 'conflict'],
        ['vendor', 'applied'],
    ])
    assert.match(String(lines.find(({ field }) => field === 'title')?.message), /Our mug.*Mug/)
    const mug = (await shopState(shops)).products.find(({ handle }) => handle === 'mug')
    assert.deepEqual([mug?.title, mug?.vendor, mug?.variants[0]?.price], ['Our mug', 'Potter', '12.00'])
})

test('rule 88: a superseded set is not loaded', async (t) => {
    const shops = await storyOf(t)
    await atSource(shops, 'product.edit', { handle: 'mug', set: { title: 'Big mug' } })
    const context = await compared(shops)
    await shops.db.send(`update change_sets set state = 'superseded' where state = 'approved'`)
    assert.deepEqual(await loadedIn(context, shops), {})
    assert.equal((await shopState(shops)).products.filter(({ title }) => title === 'Big mug').length, 0)
})

test('rule 88: what depends on a creation that failed is blocked, not tried', async (t) => {
    const shops = await twoShops(t)
    const variants = [{ sku: 'JUG', price: '5' }]
    await atSource(shops, 'product.create', { title: 'Jug', published: true, variants })
    const context = await compared(shops)
    await shops.db.send(
        `update changes set after = jsonb_set(after, '{variants,0,price}', '"-1"') where action = 'create'`,
    )
    await loadedIn(context, shops)
    const lines = await statuses(shops)
    assert.deepEqual(
        lines.map(({ field, status }) => [field, status]),
        [
            ['', 'failed'],
            ['published', 'blocked'],
        ],
    )
    assert.equal((await shopState(shops)).products.length, 0)
})

test('a handle that another product has is not seized: the store makes one, and the line says so', async (t) => {
    const shops = await twoShops(t)
    await atDestination(shops, 'product.create', { title: 'Another jug', handle: 'jug' })
    await atSource(shops, 'product.create', { title: 'Jug', handle: 'jug', variants: [{ sku: 'JUG', price: '5' }] })
    await synced(shops)
    const { products } = await shopState(shops)
    assert.equal(products.length, 2)
    assert.equal(products.find(({ title }) => title === 'Another jug')?.handle, 'jug')
    const [line] = await rowsOf<{ status: string; message: string }>(
        shops,
        `select status, message from changes where action = 'create'`,
    )
    assert.equal(line?.status, 'as_stored')
    assert.match(String(line?.message), /handle/)
    assert.deepEqual(await synced(shops), {})
})

test('rule 47: a product of 2,048 variants is created whole, and each of them is linked', async (t) => {
    const shops = await twoShops(t)
    const values = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}${n + 1}`)
    const variants = values('W', 128).flatMap((width) =>
        values('L', 16).map((length) => ({ options: [width, length], sku: `${width}-${length}`, price: '1' })),
    )
    await atSource(shops, 'product.create', { title: 'Board', options: ['Width', 'Length'], variants })
    await synced(shops)
    assert.equal((await variantsOf(shops)).length, 2048)
    const [linked] = await rowsOf(shops, 'select count(*)::integer as links from variant_links')
    const [settled] = await rowsOf(
        shops,
        'select count(*)::integer as rows from baseline.variants where wrote_price = 1',
    )
    assert.deepEqual([linked, settled], [{ links: 2048 }, { rows: 2048 }])
    assert.deepEqual(await synced(shops), {})
})

test('rule 46: the last variant of a product is not deleted', async (t) => {
    const shops = await twoShops(t, { settings: { remove_variants: true } })
    await atSource(shops, 'product.create', { title: 'Shirt', options: ['Size'], variants: sizes(2) })
    await synced(shops)
    await atSource(shops, 'variant.delete', { sku: 'S-1' })
    const context = await compared(shops)
    await atDestination(shops, 'variant.delete', { sku: 'S-2' })
    await loadedIn(context, shops)
    const [line] = await statuses(shops)
    assert.equal(line?.status, 'failed')
    assert.match(String(line?.message), /last variant/)
    assert.deepEqual(
        (await variantsOf(shops)).map(({ sku }) => sku),
        ['S-1'],
    )
})

test('a dry run says which calls would be made, and makes none', async (t) => {
    const shops = await storyOf(t)
    await changeEverything(shops)
    const context = await compared(shops)
    const before = await shopState(shops)
    const told = await loadConnection(context, await connectionOf(shops), { dryRun: true })
    assert.ok('dry_run' in told)
    assert.deepEqual(told.dry_run.product_create, { calls: 1, lines: 1 })
    assert.deepEqual(told.dry_run.product_update, { calls: 1, lines: 2 })
    assert.deepEqual(told.dry_run.variant_create, { calls: 1, lines: 1 })
    assert.deepEqual(await shopState(shops), before)
    const [open] = await rowsOf<{ n: number }>(
        shops,
        `select count(*)::integer as n from changes where status = 'approved'`,
    )
    assert.ok(open!.n > 0, 'the lines still wait to be written')
})
