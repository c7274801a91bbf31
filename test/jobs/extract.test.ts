import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PartlyFailedError } from '../../jobs/execute.ts'
import { extract, extractStore, isRead } from '../../jobs/extract.ts'
import { noticesOf } from '../../sql/runs/notices.ts'
import { storeById } from '../../sql/stores/stores.ts'
import { begun, link, named, rowsOf, shopFor, stagedProducts, stateOf, states } from './extract/extracting.ts'

test('a whole reading puts into staging what the shop has', async (t) => {
    const house = await shopFor(t, { products: 30 })
    const snapshots = await extractStore(house.context, house.store, { kind: 'full' })
    assert.deepEqual(states(snapshots), { catalogue: 'full complete', levels: 'full complete' })
    assert.equal(isRead(snapshots), true)
    const shop = await stateOf(house)
    const products = await rowsOf(house, 'select product_id, title, status, published from staging.products order by 1')
    assert.deepEqual(
        products,
        shop.products
            .map(({ id, title, status, publishedOn }) => ({
                product_id: String(id),
                title,
                status,
                published: publishedOn.includes(shop.publications.find(({ name }) => name === 'Online Store')!.id),
            }))
            .toSorted((a, b) => Number(a.product_id) - Number(b.product_id)),
    )
    const variants = shop.products.flatMap((product) => product.variants)
    const staged = await rowsOf(house, 'select variant_id, sku, price, cost, image_id from staging.variants order by 1')
    assert.deepEqual(
        staged.map(({ variant_id, sku, price, cost, image_id }) => [
            variant_id,
            sku,
            Number(price),
            cost && Number(cost),
            image_id,
        ]),
        variants
            .map(({ id, sku, price, cost, mediaIds }) => [
                String(id),
                sku || null,
                Number(price),
                cost && Number(cost),
                mediaIds[0] === undefined ? null : String(mediaIds[0]),
            ])
            .toSorted((a, b) => Number(a[0]) - Number(b[0])),
    )
    const images = await rowsOf(house, 'select product_id, image_id from staging.images order by product_id, position')
    assert.deepEqual(
        images,
        shop.products
            .toSorted((a, b) => a.id - b.id)
            .flatMap(({ id, media }) =>
                media
                    .filter(({ __typename }) => __typename === 'MediaImage')
                    .map((image) => ({ product_id: String(id), image_id: String(image.id) })),
            ),
    )
    const levels = await rowsOf(house, 'select inventory_item_id, available from staging.levels order by 1')
    assert.deepEqual(
        levels,
        variants
            .flatMap(({ inventoryItemId, levels }) =>
                levels.map(({ available }) => ({ inventory_item_id: String(inventoryItemId), available })),
            )
            .toSorted((a, b) => Number(a.inventory_item_id) - Number(b.inventory_item_id)),
    )
})

test('an incremental reading brings what moved since the last, less the time the index lags', async (t) => {
    const house = await shopFor(t)
    const { context, store, control, db } = house
    await extractStore(context, store, { kind: 'full' })
    await control('clock.advance', { seconds: 3600 })
    const product = (await stateOf(house)).products.find(({ variants }) => variants[0]!.sku)!
    const { sku } = product.variants[0]!
    const shop = store.domain
    await control('product.edit', { shop, id: product.id, set: { title: 'Edited' } })
    await control('variant.edit', { shop, sku, set: { cost: '3.25' } })
    await control('level.set', { shop, sku, available: 77 })
    const snapshots = await extractStore(context, store, { kind: 'incremental' })
    assert.deepEqual(states(snapshots), {
        catalogue: 'incremental complete',
        items: 'incremental complete',
        levels: 'incremental complete',
    })
    assert.equal(named(snapshots, 'catalogue').counts.products, 1)
    assert.equal(named(snapshots, 'levels').counts.levels, 1)
    const [row] = await rowsOf(
        house,
        `select p.title, v.cost, l.available from staging.products as p
        join staging.variants as v on v.product_id = p.product_id
        join staging.levels as l on l.inventory_item_id = v.inventory_item_id
        where v.sku = '${sku}'`,
    )
    assert.deepEqual({ ...row, cost: Number(row!.cost) }, { title: 'Edited', cost: 3.25, available: 77 })
    const { rows } = await db.send<{ lead: string }>(
        `select extract(epoch from read_at - substring(filter from '''(.*)''')::timestamptz)::int as lead
        from snapshots where kind = 'incremental'`,
    )
    assert.ok(rows.every(({ lead }) => Number(lead) >= 600))
})

test('an incremental reading without a whole one to build on is whole', async (t) => {
    const { context, store } = await shopFor(t)
    const snapshots = await extractStore(context, store, { kind: 'incremental' })
    assert.deepEqual(states(snapshots), { catalogue: 'full complete', levels: 'full complete' })
})

test('rule 72: a reading that failed with a part of its data merges nothing and deletes nothing; the others go on', async (t) => {
    const house = await shopFor(t)
    const { context, store, control, db, account_id } = house
    await extractStore(context, store, { kind: 'full' })
    const before = await stagedProducts(house)
    await control('fail.next', { kind: 'bulk_failed_partial', name: 'products', times: 9 })
    const again = await extractStore(context, store, { kind: 'full' })
    assert.deepEqual(states(again), { catalogue: 'full broken', levels: 'full complete' })
    assert.match(named(again, 'catalogue').reason!, /expected COMPLETED, came FAILED/)
    assert.equal(isRead(again), false)
    assert.deepEqual(await stagedProducts(house), before)
    const notices = await noticesOf(db, account_id)
    assert.deepEqual(
        notices.map(({ code }) => code),
        ['snapshot_broken_catalogue'],
    )
    await control('fail.clear')
    await extractStore(context, store, { kind: 'full' })
    assert.deepEqual(await noticesOf(db, account_id), [])
})

test('rule 72: an operation that Shopify canceled is asked for once more', async (t) => {
    const house = await shopFor(t)
    await house.control('fail.next', { kind: 'bulk_canceled', name: 'products' })
    const snapshots = await extractStore(house.context, house.store, { kind: 'full' })
    assert.deepEqual(states(snapshots), { catalogue: 'full complete', levels: 'full complete' })
    assert.equal(begun(house, 'products'), 2)
    const broken = await rowsOf(house, `select reason from snapshots where state = 'broken'`)
    assert.equal(broken.length, 1)
})

for (const kind of ['cut_download', 'short_download', 'truncated_but_complete']) {
    test(`rule 72: a result that comes short (${kind}) is downloaded again, and never used`, async (t) => {
        const house = await shopFor(t)
        const { context, store, control } = house
        await control('fail.next', { kind, contains: 'products' })
        const snapshots = await extractStore(context, store, { kind: 'full' })
        assert.deepEqual(states(snapshots), { catalogue: 'full complete', levels: 'full complete' })
        assert.equal(begun(house, 'products'), 1)
        const before = await stagedProducts(house)
        await control('fail.next', { kind, contains: 'products', times: 99 })
        const again = await extractStore(context, store, { kind: 'full' })
        assert.equal(named(again, 'catalogue').state, 'broken')
        assert.deepEqual(await stagedProducts(house), before)
    })
}

test('rule 90: a store that lets us in no more is stopped, what was read of it stands', async (t) => {
    const house = await shopFor(t)
    const { context, store, db, account_id, control } = house
    await extractStore(context, store, { kind: 'full' })
    const before = await stagedProducts(house)
    await control('fail.next', { kind: 'http_status', status: 403, times: 99 })
    const again = await extractStore(context, store, { kind: 'full' })
    assert.equal(
        again.every(({ state }) => state === 'broken'),
        true,
    )
    const stopped = await storeById(db, account_id, store.store_id)
    assert.equal(stopped.state, 'stopped')
    assert.match(stopped.state_reason!, /403/)
    assert.deepEqual(await stagedProducts(house), before)
    const codes = (await noticesOf(db, account_id)).map(({ code }) => code)
    assert.ok(codes.includes('store_stopped'))
    await control('fail.clear')
    assert.deepEqual(await extractStore(context, stopped, { kind: 'full' }), [])
})

test('collections are read of a source some connection of which asks for them, always whole', async (t) => {
    const house = await shopFor(t)
    const { context, store, control, db } = house
    const shop = store.domain
    const { products } = await stateOf(house)
    await control('collection.create', {
        shop,
        title: 'Spring',
        productHandles: [products[0]!.handle, products[1]!.handle],
    })
    await extractStore(context, store, { kind: 'full' })
    await link(house)
    await db.send(
        `insert into scopes (account_id, connection_id, kind, value)
        select account_id, connection_id, 'collection', 'spring' from connections`,
    )
    const snapshots = await extractStore(context, store, { kind: 'incremental' })
    assert.equal(named(snapshots, 'collections').kind, 'full')
    assert.equal(named(snapshots, 'collections').state, 'complete')
    const members = await rowsOf(
        house,
        `select product_id from staging.collection_products as m
        join staging.collections as c using (account_id, store_id, collection_id)
        where c.title = 'Spring' order by 1`,
    )
    assert.deepEqual(
        members.map(({ product_id }) => product_id),
        [products[0]!.id, products[1]!.id].toSorted((a, b) => a - b).map(String),
    )
})

test('the job reads the stores that are ready, and says how many rows of what came', async (t) => {
    const house = await shopFor(t)
    const result = await extract(house.context, {})
    assert.equal(result.state, 'done')
    const counts = result.counts as Record<string, Record<string, { state: string; products?: number }>>
    assert.equal(counts['northwind.example']!.catalogue!.products, 12)
    await assert.rejects(extract(house.context, { store: 'nowhere.example' }), /no store nowhere\.example/)
})

test('the job tells what broke, when all the rest was read', async (t) => {
    const house = await shopFor(t)
    await house.control('fail.next', { kind: 'bulk_failed', name: 'products', times: 9 })
    await assert.rejects(extract(house.context, {}), (error: PartlyFailedError) => {
        assert.match(error.message, /expected COMPLETED, came FAILED/)
        const counts = error.counts as Record<string, Record<string, { state: string }>>
        assert.equal(counts['northwind.example']!.levels!.state, 'complete')
        return true
    })
})
