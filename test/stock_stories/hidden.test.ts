import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, OUTLET, rates } from '../helpers/cast.ts'
import { until } from '../kills/places/place.ts'
import { count, figures, inStep, later, sell, TEN } from './in_step.ts'

test('rule 17: a count by hand does not hide a sale that no index shows yet', async (t) => {
    const { story, complaints } = await inStep(t)
    await story.edit(CORNER_SHOP, 'lag.set', { ms: 300_000 })
    await count(story, CORNER_SHOP, 18)
    await sell(story, [2])
    await story.run('hourly')
    assert.deepEqual(await figures(story), [15, 13, 13])
    await later(story, TEN.seconds)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [13, 13, 13])
    assert.deepEqual(await complaints(300_000), [])
})

test('rule 17: an index that shows a figure from before our own write does not hide a sale since', async (t) => {
    const { story, complaints } = await inStep(t)
    await story.edit(CORNER_SHOP, 'lag.set', { ms: 300_000 })
    await count(story, NORTHWIND, 16)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [16, 16, 16])
    await later(story, 240)
    await sell(story, [1])
    await story.run('hourly')
    assert.deepEqual(await figures(story), [16, 15, 15])
    await later(story, TEN.seconds)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [15, 15, 15])
    assert.deepEqual(await complaints(300_000), [])
})

test('rule 21a: a sale between the readings of fulfilment orders and of orders is told of where it was', async (t) => {
    const [shop, annex] = ['Main warehouse', 'Annex'].map((name) => ({ name }))
    const shops = Object.fromEntries([NORTHWIND, CORNER_SHOP].map((it) => [it, { locations: [shop!, annex!] }]))
    const locations = [shop!, annex!].map(({ name }) => ({ source: name, destination: name }))
    const connections = [{ destination: CORNER_SHOP, settings: { orders: 'adjust', rates, locations } }]
    const { story, complaints } = await inStep(t, {}, { shops, connections })
    const at = { sku: 'MUG-1', location: 'Annex' }
    await story.edit(NORTHWIND, 'level.set', { ...at, available: 5 })
    await story.run('hourly')
    await later(story, TEN.seconds)
    const bulk = { name: 'bulkOperationRunQuery', contains: 'displayFinancialStatus' }
    await story.edit(CORNER_SHOP, 'fail.next', { kind: 'hold', ...bulk })
    const run = story.run('hourly')
    await until('orders to be asked for, fulfilment orders to be read', async () => {
        const { held } = (await story.sandbox.control('fail.status')) as { held: number }
        const { rows } = await story.db.send(
            `select from snapshots where operation = 'fulfillment_orders' and state = 'complete' and read_at > $1`,
            [new Date(story.sandbox.clock.now() - 60_000)],
        )
        return held > 0 && rows.length > 0
    })
    await sell(story, [1], { location: 'Annex' })
    await story.edit(CORNER_SHOP, 'fail.release')
    await run
    const levels = async (it: string) => (await story.variant(it, 'MUG-1')).levels.map(({ available }) => available)
    assert.deepEqual(
        [await levels(NORTHWIND), await levels(CORNER_SHOP)],
        [
            [15, 4],
            [15, 4],
        ],
    )
    assert.deepEqual(await complaints(), [])
})

test("D4: with two_way a sale within the second of a refund is nobody's count", async (t) => {
    const connections = [CORNER_SHOP, OUTLET].map((destination) => ({
        destination,
        settings: { orders: destination === CORNER_SHOP ? 'two_way' : 'adjust', rates },
    }))
    const { story, complaints } = await inStep(t, {}, { connections })
    const { id } = await sell(story, [1])
    await story.run('hourly')
    await later(story, TEN.seconds)
    await story.edit(CORNER_SHOP, 'clock.stop')
    await story.edit(CORNER_SHOP, 'order.refund', { id, lines: [{ sku: 'MUG-1', quantity: 1, restock: 'cancel' }] })
    await story.edit(CORNER_SHOP, 'fail.next', { kind: 'hold', name: 'Refunds' })
    const run = story.run('hourly')
    await until('the lines of refunds to be asked for', async () => {
        return ((await story.sandbox.control('fail.status')) as { held: number }).held > 0
    })
    await sell(story, [1], { payment: 'partially_paid' })
    await story.edit(CORNER_SHOP, 'fail.release')
    await run
    await story.edit(CORNER_SHOP, 'clock.go')
    await later(story, TEN.seconds)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [15, 14, 15])
    assert.deepEqual(await complaints(), [])
})

test('D4: with two_way a sale that was known when a figure was settled hides no count of as many units', async (t) => {
    const { story } = await inStep(t, { orders: 'two_way' })
    await story.edit(CORNER_SHOP, 'clock.stop')
    await sell(story, [2], { payment: 'pending' })
    await story.run('hourly')
    await story.edit(CORNER_SHOP, 'clock.go')
    assert.deepEqual(await figures(story), [15, 13, 15])
    await later(story, 60)
    await count(story, CORNER_SHOP, 11)
    await later(story, TEN.seconds)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [13, 11, 13])
})
