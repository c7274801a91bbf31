import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { rollBack } from '../../jobs/rollback.ts'
import { setsOf } from '../../sql/changes/changes.ts'
import { CORNER_SHOP, MARKET_STALL, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { type Plot, plain, type Story, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import { runOf } from '../jobs/extract/extracting.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const mug = (more = {}) => single('Mug', 'MUG-1', { tags: ['summer'], ...more })
const jug = single('Jug', 'JUG-1', { tags: ['summer'] })

const selling = (settings: SettingsDocument = {}, more: Partial<Plot> = {}): Plot => ({
    goods: { [NORTHWIND]: [mug(), jug] },
    connections: [{ destination: OUTLET, settings: plain(settings) }],
    ...more,
})

async function synced(t: TestContext, settings: SettingsDocument = {}, more: Partial<Plot> = {}) {
    return syncedStory(t, selling(settings, more))
}

const untag = (story: Story) => story.edit(NORTHWIND, 'product.edit', { handle: 'mug', set: { tags: [] } })
const retag = (story: Story) => story.edit(NORTHWIND, 'product.edit', { handle: 'mug', set: { tags: ['summer'] } })
const remove = (story: Story) => story.edit(NORTHWIND, 'product.delete', { handle: 'mug' })

/** How the mug stands at the outlet: its status, on how many publications it is, what is available; null: not at all. */
async function standing(story: Story) {
    const found = (await story.state(OUTLET)).products.find(({ handle }) => handle === 'mug')
    return found ? [found.status, found.publishedOn.length, found.variants[0]!.levels[0]?.available] : null
}

const tagged: SettingsDocument = { scopes: [{ kind: 'tag', value: 'summer' }] }

test('rule 8: a product that lost its include tag is unpublished, its status stays; back in scope it is republished', async (t) => {
    const story = await synced(t, tagged)
    await untag(story)
    await story.hourly()
    assert.deepEqual(await standing(story), ['ACTIVE', 0, 15])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await retag(story)
    await story.hourly()
    assert.deepEqual(await standing(story), ['ACTIVE', 1, 15])
    await untag(story)
    await story.hourly()
    assert.deepEqual(await standing(story), ['ACTIVE', 0, 15])
})

test('rule 8: a product that left by an incomplete extract did not leave', async (t) => {
    const story = await synced(t, tagged)
    await remove(story)
    const lost = { kind: 'bulk_failed', shop: NORTHWIND, times: 10 }
    await story.sandbox.control('fail.next', lost)
    await assert.rejects(story.run('nightly'))
    assert.deepEqual(await standing(story), ['ACTIVE', 1, 15])
})

test('rule 12: a product that left the collection is unpublished, and comes back with it', async (t) => {
    const story = await startStory(t, selling({ scopes: [{ kind: 'collection', value: 'sale' }] }))
    await story.edit(NORTHWIND, 'collection.create', { title: 'sale', productHandles: ['mug', 'jug'] })
    await story.firstSync()
    await story.edit(NORTHWIND, 'collection.remove', { collection: 'sale', productHandles: ['mug'] })
    await story.nightly()
    assert.deepEqual(await standing(story), ['ACTIVE', 0, 15])
    await story.edit(NORTHWIND, 'collection.add', { collection: 'sale', productHandles: ['mug'] })
    await story.nightly()
    assert.deepEqual(await standing(story), ['ACTIVE', 1, 15])
})

test('rule 12: an excluded product is unpublished, and what was there before us is not', async (t) => {
    const settings = { existing_items: 'overwrite' }
    const story = await synced(t, settings, {
        goods: { [NORTHWIND]: [mug(), jug], [OUTLET]: [mug()] },
    })
    const scopes = ['mug', 'jug'].map((value) => ({ kind: 'product', value, action: 'exclude' }))
    await story.settings(OUTLET, plain({ ...settings, scopes }))
    await story.nightly()
    assert.deepEqual(await standing(story), ['ACTIVE', 1, 15])
    assert.deepEqual((await story.product(OUTLET, 'jug')).publishedOn, [])
})

test('rule 11: a product in the collections of two destinations is received once by each, and leaves each for itself', async (t) => {
    const scoped = (value: string) => plain({ scopes: [{ kind: 'collection', value }] })
    const story = await startStory(t, {
        goods: { [NORTHWIND]: [mug(), jug] },
        connections: [
            { destination: OUTLET, settings: scoped('sale') },
            { destination: CORNER_SHOP, settings: scoped('new') },
        ],
    })
    for (const title of ['sale', 'new']) {
        await story.edit(NORTHWIND, 'collection.create', { title, productHandles: ['mug'] })
    }
    await story.firstSync()
    const counts = await Promise.all(
        [OUTLET, CORNER_SHOP].map(async (shop) => (await story.state(shop)).products.length),
    )
    assert.deepEqual(counts, [1, 1])
    await story.edit(NORTHWIND, 'collection.remove', { collection: 'sale', productHandles: ['mug'] })
    await story.nightly()
    assert.deepEqual(await standing(story), ['ACTIVE', 0, 15])
    assert.equal((await story.product(CORNER_SHOP, 'mug')).publishedOn.length, 1)
})

test('rule 12: a product deleted at the source is unpublished, and with keep it stands as it is', async (t) => {
    const story = await synced(
        t,
        {},
        {
            connections: [OUTLET, MARKET_STALL].map((destination) => ({
                ...{ destination, settings: plain(destination === OUTLET ? {} : { source_gone: 'keep' }) },
            })),
        },
    )
    await remove(story)
    await story.nightly()
    assert.deepEqual(await standing(story), ['ACTIVE', 0, 15])
    assert.equal((await story.product(MARKET_STALL, 'mug')).publishedOn.length, 1)
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('D15: what a merchant publishes again after we took it off stands', async (t) => {
    const story = await synced(t)
    await remove(story)
    await story.nightly()
    await story.edit(OUTLET, 'product.publish', { handle: 'mug' })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    assert.deepEqual(await standing(story), ['ACTIVE', 1, 15])
})

test('D15: out of scope is never proof: unpublished and zeroed, however long, and restored on return', async (t) => {
    const story = await synced(t, { ...tagged, source_gone: 'delete' })
    await untag(story)
    await wholeHistory(story)
    for (let night = 1; night <= 3; night++) {
        await story.nightly()
        await story.pass(24)
    }
    assert.deepEqual(await standing(story), ['ACTIVE', 0, 0])
    await retag(story)
    await story.nightly()
    assert.deepEqual(await standing(story), ['ACTIVE', 1, 15])
})

/** Every order of the outlet may be read and was; `sold` names SKUs that were ordered. */
async function wholeHistory({ db, oracle, variant }: Story, sold: string[] = []) {
    await db.send(`update stores set scopes = scopes || '{read_all_orders}' where domain = '${OUTLET}'`)
    await db.send(
        `insert into snapshots (account_id, store_id, operation, kind, document, read_at, state, merged_at)
        select account_id, store_id, 'orders', 'full', '', now(), 'complete', now() from stores where domain = '${OUTLET}'`,
    )
    const variants = await Promise.all(sold.map((sku) => variant(OUTLET, sku)))
    for (const { id } of variants) {
        await db.send(
            `insert into staging.line_items (account_id, store_id, line_item_id, order_id, variant_id, quantity, current_quantity, read_at)
            select account_id, store_id, 1, 1, ${id}, 1, 1, now() from stores where domain = '${OUTLET}'`,
        )
    }
    oracle.historyOf(
        OUTLET,
        variants.map(({ id }) => id),
    )
}

for (const source_gone of ['delete', 'unpublish_and_zero_or_delete']) {
    test(`D15: ${source_gone} unpublishes and zeroes at once, and deletes once 20 hours have proved it`, async (t) => {
        const story = await synced(t, { source_gone })
        await wholeHistory(story)
        await remove(story)
        await story.nightly()
        assert.deepEqual(await standing(story), ['ACTIVE', 0, 0])
        await story.pass(19)
        assert.deepEqual(await story.writes(() => story.nightly()), [], 'two readings, but not 20 hours apart')
        await story.pass(2)
        assert.deepEqual(await story.writes(() => story.nightly()), [`${OUTLET} productDelete`])
        assert.equal(await standing(story), null)
        assert.deepEqual(await story.writes(() => story.nightly()), [])
    })
}

test('D15: what was ever ordered is not deleted, nor anything of a store whose history is not whole', async (t) => {
    const story = await synced(t, { source_gone: 'delete' })
    await remove(story)
    for (let night = 1; night <= 2; night++) {
        await story.nightly()
        await story.pass(24)
    }
    await wholeHistory(story, ['MUG-1'])
    await story.nightly()
    assert.deepEqual(await standing(story), ['ACTIVE', 0, 0])
})

test('D15: what an order shows to be sold is not deleted, and its neighbour is', async (t) => {
    const settings = { rates, orders: 'adjust', source_gone: 'delete' }
    const story = await syncedStory(t, selling({}, { connections: [{ destination: OUTLET, settings }] }))
    await story.edit(OUTLET, 'order.sell', { lines: [{ sku: 'JUG-1', quantity: 1 }] })
    await story.pass(1)
    await story.nightly()
    for (const handle of ['mug', 'jug']) await story.edit(NORTHWIND, 'product.delete', { handle })
    await story.nightly()
    await story.pass(24)
    await story.nightly()
    const { products } = await story.state(OUTLET)
    const left = products.map((it) => [it.handle, it.publishedOn.length, it.variants[0]!.levels[0]?.available])
    assert.deepEqual(left, [['jug', 0, 0]])
})

test('D15: what was there before us, or holds a variant of the merchant, is not deleted', async (t) => {
    const story = await synced(
        t,
        { source_gone: 'delete' },
        { goods: { [NORTHWIND]: [mug(), jug], [OUTLET]: [mug()] } },
    )
    await wholeHistory(story)
    await story.edit(OUTLET, 'variant.create', { handle: 'jug', options: ['Large'], sku: 'OWN-1', price: '5.00' })
    for (const handle of ['mug', 'jug']) await story.edit(NORTHWIND, 'product.delete', { handle })
    for (let night = 1; night <= 2; night++) {
        await story.nightly()
        await story.pass(24)
    }
    await story.nightly()
    const { products } = await story.state(OUTLET)
    assert.deepEqual(products.map((it) => [it.handle, it.publishedOn.length]).sort(), [
        ['jug', 0],
        ['mug', 1],
    ])
})

test('D15: a deletion whose answer was lost is looked up, not repeated', async (t) => {
    const story = await synced(t, { source_gone: 'delete' })
    await wholeHistory(story)
    await remove(story)
    await story.nightly()
    await story.pass(24)
    await story.sandbox.control('fail.next', { kind: 'timeout_after', shop: OUTLET, name: 'productDelete' })
    await story.nightly()
    assert.equal(await standing(story), null)
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 87: the rollback of an unpublish republishes, and it stays so while the product is away', async (t) => {
    const story = await synced(t)
    await remove(story)
    await story.nightly()
    const { db, account_id, oracle, connections } = story
    const [set] = await setsOf(db, account_id, { state: 'loaded' })
    assert.equal(set!.kind, 'life_cycle')
    await oracle.before()
    const told = await rollBack(await runOf(db, account_id), set!.change_set_id)
    assert.equal(told.rolled_back, 1)
    const { differences } = await oracle.afterRollback({ connection: connections.get(OUTLET)!, kind: 'life_cycle' })
    assert.deepEqual(differences, [])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    assert.deepEqual(await standing(story), ['ACTIVE', 1, 15])
})
