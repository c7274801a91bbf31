import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { namedDocument } from '../../connectors/shopify/bulk_document.ts'
import { waitForBulk } from '../../connectors/shopify/bulk_operation.ts'
import { startBulkQuery } from '../../connectors/shopify/bulk_query.ts'
import type { RunContext } from '../../jobs/context.ts'
import { RunLostError } from '../../jobs/context.ts'
import { catalogue } from '../../jobs/extract/operations/catalogue.ts'
import { adoptOrOpen, nameOfSnapshot } from '../../jobs/extract/snapshots.ts'
import { acceptSnapshot, extract, extractStore, isRead, type SnapshotRow } from '../../jobs/extract.ts'
import { noticesOf } from '../../sql/runs/notices.ts'
import { storeById } from '../../sql/stores/stores.ts'
import { runOf, shopFor, stateOf } from './extract/extracting.ts'

type House = Awaited<ReturnType<typeof shopFor>>

const states = (snapshots: readonly SnapshotRow[]) =>
    Object.fromEntries(snapshots.map(({ operation, kind, state }) => [operation, `${kind} ${state}`]))
const named = (snapshots: readonly SnapshotRow[], operation: string) =>
    snapshots.find((snapshot) => snapshot.operation === operation)!

async function rowsOf({ db }: House, text: string): Promise<Record<string, unknown>[]> {
    return (await db.send<Record<string, unknown>>(text)).rows
}

const stagedProducts = (house: House) => rowsOf(house, 'select product_id from staging.products')

/** Bulk operations that were begun at the shop for a root field. */
function begun({ sandbox }: House, root: string): number {
    const shop = sandbox.shops.get('northwind.example')!
    return [...shop.bulkOperations.values()].filter(({ query }) => new RegExp(`^\\s*${root}\\b`, 'm').test(query))
        .length
}

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
        ['snapshot_catalogue'],
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

/** Shopify's own counts say otherwise than the shop. */
function countedAs(context: RunContext, count: number): RunContext {
    const clientOf: RunContext['clientOf'] = (store) => {
        const client = context.clientOf(store)
        const query = <T>(document: string, variables?: Record<string, unknown>) =>
            document.includes('count:')
                ? Promise.resolve({ count: { count, precision: 'EXACT' } } as T)
                : client.query<T>(document, variables)
        return { ...client, query }
    }
    return { ...context, clientOf }
}

/** A shop that was read whole, and lost all but one of its products since. */
async function emptied(t: TestContext) {
    const house = await shopFor(t)
    const { context, store, control } = house
    await extractStore(context, store, { kind: 'full' })
    const { products } = await stateOf(house)
    for (const { id } of products.slice(1)) await control('product.delete', { shop: store.domain, id })
    return { ...house, left: products[0]! }
}

test('rule 73: a whole reading of far less is doubtful while Shopify counts more, until a person accepts it', async (t) => {
    const house = await emptied(t)
    const { context, store, db, account_id, left } = house
    const before = await stagedProducts(house)
    const again = await extractStore(countedAs(context, 500), store, { kind: 'full' })
    const doubtful = named(again, 'catalogue')
    assert.equal(doubtful.state, 'doubtful')
    assert.match(doubtful.reason!, /1 products came, there were 12.*Shopify counts 500 products/)
    assert.deepEqual(await stagedProducts(house), before)
    const notice = (await noticesOf(db, account_id)).find(({ code }) => code === 'snapshot_catalogue')
    assert.match(notice!.text, new RegExp(`crossdock snapshots accept ${doubtful.snapshot_id}`))
    const accepted = await acceptSnapshot(context, doubtful.snapshot_id)
    assert.equal(accepted.state, 'complete')
    assert.deepEqual(await stagedProducts(house), [{ product_id: String(left.id) }])
    const codes = (await noticesOf(db, account_id)).map(({ code }) => code)
    assert.deepEqual(codes, ['snapshot_levels'])
    await assert.rejects(acceptSnapshot(context, doubtful.snapshot_id), /is complete: only a doubtful one/)
})

test('rule 73: a whole reading of far less is good where Shopify counts the same', async (t) => {
    const house = await emptied(t)
    const again = await extractStore(house.context, house.store, { kind: 'full' })
    assert.deepEqual(states(again), { catalogue: 'full complete', levels: 'full complete' })
    assert.equal((await stagedProducts(house)).length, 1)
})

test('rule 73: levels are judged against the variants of a good reading', async (t) => {
    const house = await emptied(t)
    // The catalogue stays as it was read, so its items are missed among the levels.
    const again = await extractStore(countedAs(house.context, 500), house.store, { kind: 'full' })
    assert.equal(named(again, 'levels').state, 'doubtful')
    assert.match(named(again, 'levels').reason!, /items, and the variants last read have/)
})

test('rule 73: a first reading of nothing is not doubtful, but for a source that is linked', async (t) => {
    const house = await shopFor(t, { products: 0 })
    const { context, store, db } = house
    const first = await extractStore(context, store, { kind: 'full' })
    assert.deepEqual(states(first), { catalogue: 'full complete', levels: 'full complete' })
    await db.send('delete from snapshots')
    await link(house)
    const linked = await extractStore(countedAs(context, 5), store, { kind: 'full' })
    assert.deepEqual(states(linked), { catalogue: 'full doubtful', levels: 'full complete' })
})

/** A connection of northwind with one linked product. */
async function link({ db, account_id, store }: House): Promise<void> {
    await db.send(
        `with d as (
            insert into stores (account_id, domain, role, origin, api_version, credentials)
            values (${account_id}, 'market.example', 'destination', 'http://127.0.0.1:1', '2026-07', 'x')
            returning store_id
        ), c as (
            insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state)
            select ${account_id}, ${store.store_id}, store_id, 'k', '{}', 'connected' from d
            returning connection_id, destination_store_id
        )
        insert into product_links (account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us)
        select ${account_id}, connection_id, 1, destination_store_id, 2, true from c`,
    )
}

test('rule 74: a doubtful reading whose file is older than seven days is to be read again', async (t) => {
    const house = await emptied(t)
    const again = await extractStore(countedAs(house.context, 500), house.store, { kind: 'full' })
    await house.control('clock.advance', { seconds: 8 * 86_400 })
    const accepting = acceptSnapshot(house.context, named(again, 'catalogue').snapshot_id)
    await assert.rejects(accepting, /gone .*crossdock run extract --store northwind\.example/)
})

test('rule 74: an operation left behind whose result has expired is run again', async (t) => {
    const house = await shopFor(t)
    await leftBehind(house, { saved: true, completed: true })
    await house.control('clock.advance', { seconds: 8 * 86_400 })
    const context = await runOf(house.db, house.account_id, house.context.runId)
    const snapshots = await extractStore(context, house.store, { kind: 'full' })
    assert.equal(named(snapshots, 'catalogue').state, 'complete')
    assert.equal(begun(house, 'products'), 2)
})

/** A reading whose process died after the start, with or without its id saved. */
async function leftBehind(
    { context, store, db }: House,
    { saved, completed }: { saved: boolean; completed?: boolean },
) {
    const documentOf = (id: string) => namedDocument(catalogue.document({ store, filter: null }), nameOfSnapshot(id))
    const about = { store, operation: 'catalogue', kind: 'full' as const, filter: null, lastReadAt: null }
    const { snapshot } = await adoptOrOpen(context, { ...about, documentOf })
    const start = await startBulkQuery(context.clientOf(store), snapshot.document)
    if (completed) await waitForBulk(context.clientOf(store), start.id)
    if (saved) {
        const values = [start.id, start.createdAt, snapshot.snapshot_id]
        await db.send('update snapshots set bulk_operation_id = $1, read_at = $2 where snapshot_id = $3', values)
    }
    return snapshot
}

for (const saved of [true, false]) {
    test(`rule 75: an operation of a run that died is adopted, its id ${saved ? '' : 'not yet '}saved`, async (t) => {
        const house = await shopFor(t)
        const left = await leftBehind(house, { saved })
        const context = await runOf(house.db, house.account_id, house.context.runId)
        const snapshots = await extractStore(context, house.store, { kind: 'full' })
        assert.equal(named(snapshots, 'catalogue').snapshot_id, left.snapshot_id)
        assert.equal(named(snapshots, 'catalogue').state, 'complete')
        assert.equal(begun(house, 'products'), 1)
    })
}

test('rule 75: one that is too old, or of another kind, is left alone and marked', async (t) => {
    const house = await shopFor(t)
    const left = await leftBehind(house, { saved: true })
    await house.db.send(`update snapshots set created_at = now() - interval '1 day'`)
    const context = await runOf(house.db, house.account_id)
    const snapshots = await extractStore(context, house.store, { kind: 'full' })
    assert.notEqual(named(snapshots, 'catalogue').snapshot_id, left.snapshot_id)
    const [row] = await rowsOf(house, `select state from snapshots where snapshot_id = ${left.snapshot_id}`)
    assert.deepEqual(row, { state: 'broken' })
})

test('rule 75: a start whose answer was lost is found again', async (t) => {
    const house = await shopFor(t)
    await house.control('fail.next', { kind: 'timeout_after', name: 'bulkOperationRunQuery', times: 2 })
    const snapshots = await extractStore(house.context, house.store, { kind: 'full' })
    assert.deepEqual(states(snapshots), { catalogue: 'full complete', levels: 'full complete' })
    assert.equal(begun(house, 'products'), 1)
})

test('rule 89: a process that lost its run merges nothing', async (t) => {
    const house = await shopFor(t)
    const { context, store, db, account_id, control } = house
    await control('bulk.set', { hold: true })
    const lost = assert.rejects(extractStore(context, store, { kind: 'full' }), RunLostError)
    const successor = await runOf(db, account_id, context.runId)
    await control('bulk.set', { hold: false })
    await control('bulk.release')
    await lost
    assert.deepEqual(await stagedProducts(house), [])
    const snapshots = await extractStore(successor, store, { kind: 'full' })
    assert.equal(isRead(snapshots), true)
})

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
