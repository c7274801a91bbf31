import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, home, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { count, figures, inStep, later, mug, sell, TEN } from './in_step.ts'

test('rule 21: seventeen singles are two packs of six', async (t) => {
    const mappings = [{ source_sku: 'MUG-1', destination_sku: 'MUG-6', factor: 6 }]
    const goods = {
        [NORTHWIND]: [mug(17)],
        [CORNER_SHOP]: [single('Six mugs', 'MUG-6', { variant: { available: 1 } })],
    }
    const { story } = await inStep(t, { mappings }, { goods })
    await story.hourly()
    assert.equal((await story.variant(CORNER_SHOP, 'MUG-6')).levels[0]?.available, 2)
})

test('rule 21: what one location lacks is taken from what another has', async (t) => {
    const [shop, annex] = ['Main warehouse', 'Annex']
    const locations = [shop, annex].map((source) => ({ source, destination: shop!, mode: 'sum_into' }))
    const shops = { [NORTHWIND]: { locations: [{ name: shop! }, { name: annex! }] } }
    const connections = [{ destination: CORNER_SHOP, settings: { orders: 'adjust', rates, locations } }]
    const { story } = await inStep(t, {}, { shops, connections })
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', location: annex, available: -4 })
    await story.hourly()
    assert.equal((await story.variant(CORNER_SHOP, 'MUG-1')).levels[0]?.available, 11)
})

test('rules 19 and 21: the share that is kept back is one of the whole pool, also of what is set aside', async (t) => {
    const { story, complaints } = await inStep(
        t,
        { buffers: [{ percent: '10' }] },
        { goods: { [NORTHWIND]: [mug(41)] } },
    )
    await sell(story, [1], { payment: 'pending' })
    await story.hourly()
    assert.deepEqual(await figures(story), [41, 35, 41])
    assert.deepEqual(await complaints(), [])
})

test('rule 17: a sale that no index shows yet is not put back on sale when the source falls', async (t) => {
    const { story, complaints } = await inStep(t)
    await story.edit(CORNER_SHOP, 'lag.set', { ms: 500_000 })
    await sell(story, [3])
    await count(story, NORTHWIND, 10)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [10, 7, 7])
    await later(story, TEN.seconds)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [7, 7, 7])
    assert.deepEqual(await complaints(500_000), [])
})

test('rule 17: what fell for no reason we know counts as sold until it has stood for ten minutes', async (t) => {
    const { story } = await inStep(t)
    await count(story, CORNER_SHOP, 12)
    await count(story, NORTHWIND, 10)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [10, 7, 10])
    await later(story, TEN.seconds)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [10, 10, 10])
})

test('rule 35: two lines of one item are added, also before the source is told', async (t) => {
    const { story, complaints } = await inStep(t, { orders: 'order_push' })
    await sell(story, [1, 2])
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 12, 12])
    assert.deepEqual(await complaints(), [])
})

test('rule 22: units that come back are believed when the source shows them', async (t) => {
    const { story, complaints } = await inStep(t)
    const { id } = await sell(story, [2])
    await story.hourly()
    const lines = [{ sku: 'MUG-1', quantity: 1, restock: 'cancel' }]
    await story.edit(CORNER_SHOP, 'order.refund', { id, lines })
    await story.edit(NORTHWIND, 'fail.next', { kind: 'timeout_before', name: 'inventoryAdjustQuantities' })
    await story.run('hourly')
    assert.deepEqual(await figures(story), [13, 13, 13])
    await later(story, TEN.seconds)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [14, 14, 14])
    assert.deepEqual(await complaints(), [])
})

test('rule 22: units that are refunded and not restocked stay gone', async (t) => {
    const { story } = await inStep(t)
    const { id } = await sell(story, [2])
    await story.hourly()
    const lines = [{ sku: 'MUG-1', quantity: 1, restock: 'no_restock' }]
    await story.edit(CORNER_SHOP, 'order.refund', { id, lines })
    await story.hourly()
    assert.deepEqual(await figures(story), [13, 13, 13])
})

test('rule 21: an edit that was taken back before anybody told the source gives other stores their unit back', async (t) => {
    const connections = [
        { destination: CORNER_SHOP, settings: { orders: 'order_push', rates, mirror: { edits: false } } },
        { destination: OUTLET, settings: { orders: 'adjust', rates, buffers: [{ units: 2 }] } },
    ]
    const { story } = await inStep(t, {}, { connections })
    const { id } = await sell(story, [2], { shippingAddress: home })
    await story.run('hourly')
    assert.deepEqual(await figures(story), [13, 13, 11])
    const { orders = [] } = await story.state(CORNER_SHOP)
    const lineId = orders[0]!.lines[0]!.id
    const becomes = async (quantity: number) => {
        await story.edit(CORNER_SHOP, 'order.edit', { id, set: [{ lineId, quantity }] })
        await story.edit(CORNER_SHOP, 'order.pay', { id })
        await story.run('hourly')
    }
    await becomes(3)
    assert.deepEqual(await figures(story), [13, 12, 10])
    // What was written is read, and looked at once more.
    for (let run = 0; run < 2; run++) await story.run('hourly')
    await becomes(2)
    assert.deepEqual(await figures(story), [13, 13, 11])
})

test("D4: with two_way what is stocked there again is nobody's count", async (t) => {
    const { story, complaints } = await inStep(t, { orders: 'two_way' })
    await sell(story, [2])
    await story.run('hourly')
    assert.deepEqual(await figures(story), [13, 13, 13])
    await later(story, TEN.seconds)
    await story.edit(CORNER_SHOP, 'level.unstock', { sku: 'MUG-1' })
    await story.run('hourly')
    await sell(story, [1])
    for (let run = 0; run < 2; run++) {
        await story.run('hourly')
        await later(story, TEN.seconds)
    }
    assert.deepEqual(await figures(story), [12, 12, 12])
    assert.deepEqual(await complaints(), [])
})

test('D5: an order older than the connection takes nothing from anybody', async (t) => {
    const { story } = await inStep(t)
    await sell(story, [2], { createdSecondsAgo: 90_000 })
    await later(story, TEN.seconds)
    await story.run('nightly')
    assert.deepEqual(await figures(story), [15, 15, 15])
})

test('rule 18: an adjustment without an answer is looked up by its key, and done once', async (t) => {
    const { story, complaints } = await inStep(t)
    await sell(story, [2])
    await story.edit(NORTHWIND, 'fail.next', { kind: 'timeout_after', name: 'inventoryAdjustQuantities' })
    await story.run('hourly')
    await later(story, 60)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [13, 13, 13])
    assert.deepEqual(await complaints(), [])
})

test('an hourly reading reaches back over what the index did not show at the last one', async (t) => {
    const { story } = await inStep(t)
    await story.edit(NORTHWIND, 'lag.set', { ms: 300_000 })
    await count(story, NORTHWIND, 12)
    await story.run('hourly')
    await later(story, 360)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [12, 12, 12])
})

type Started = { shop: string; kind: string; what?: string; roots?: string[]; name?: string }

test('a run reads levels, then their orders, then tells the source, then reads its levels', async (t) => {
    const { story } = await inStep(t)
    await sell(story, [2])
    await later(story, 60)
    const since = ((await story.sandbox.control('journal')) as { entries: unknown[] }).entries.length
    await story.hourly()
    const { entries } = (await story.sandbox.control('journal', { since })) as { entries: Started[] }
    const place = (fits: (it: Started) => boolean) => entries.findIndex(fits)
    const bulk = (shop: string, root: string) =>
        place((it) => it.kind === 'bulk' && it.what === 'started' && it.shop === shop && it.roots![0] === root)
    const order = [
        bulk(CORNER_SHOP, 'locations'),
        bulk(CORNER_SHOP, 'orders'),
        place((it) => it.kind === 'mutation' && it.name === 'inventoryAdjustQuantities'),
        bulk(NORTHWIND, 'locations'),
        place((it) => it.kind === 'mutation' && it.name === 'inventorySetQuantities'),
    ]
    assert.ok(!order.includes(-1), order.join())
    assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
    )
})
