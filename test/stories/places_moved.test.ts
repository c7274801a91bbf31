import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTHWIND, OUTLET, rates } from '../helpers/cast.ts'
import { later, runsLater } from '../helpers/later.ts'
import type { Story } from '../helpers/story.ts'
import { atPlaces, EAST, mirrored, placed, summed, WEST } from '../helpers/two_places.ts'

const east = [{ source: EAST, destination: EAST }]
const westFeedsEast = [{ source: WEST, destination: EAST }]
const byHand = { orders: 'order_push', push: { automatic: false } } as const

const sell = async (story: Story, more = {}) =>
    (await story.edit(OUTLET, 'order.sell', {
        ...{ lines: [{ sku: 'MUG-1', quantity: 2 }], location: EAST },
        ...more,
    })) as { id: number }

test('rules 17 and 21a: a sale that waits is taken from the place that feeds its own by now', async (t) => {
    const story = await placed(t, { ...byHand, locations: east })
    await sell(story)
    await runsLater(story)
    assert.deepEqual(await atPlaces(story), [8, null])
    await story.settings(OUTLET, { rates, ...byHand, locations: westFeedsEast })
    await runsLater(story)
    assert.deepEqual(await atPlaces(story), [3, null])
})

test('rules 21a and 24: with sum_into a cancellation gives units back to the place they were taken from', async (t) => {
    const story = await placed(t, { orders: 'adjust', locations: summed }, [0, 5])
    const { id } = await sell(story)
    await runsLater(story)
    assert.deepEqual(await atPlaces(story, NORTHWIND), [0, 3])
    await story.edit(OUTLET, 'order.cancel', { id, restock: true })
    await runsLater(story)
    assert.deepEqual(await atPlaces(story, NORTHWIND), [0, 5])
})

test('rules 21a and 24: a cancellation gives units back where they were taken, whatever feeds the place by now', async (t) => {
    const story = await placed(t, { orders: 'adjust', locations: east })
    const { id } = await sell(story)
    await runsLater(story)
    await story.settings(OUTLET, { rates, orders: 'adjust', locations: westFeedsEast })
    await runsLater(story)
    await story.edit(OUTLET, 'order.cancel', { id, restock: true })
    await runsLater(story)
    assert.deepEqual(await atPlaces(story, NORTHWIND), [10, 5])
})

test("rule 21a: what is sent back to a place that nothing feeds is that place's own", async (t) => {
    const story = await placed(t, { orders: 'adjust', locations: east })
    await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', location: WEST, available: 4 })
    const { id } = await sell(story)
    await runsLater(story)
    await story.edit(OUTLET, 'order.ship', { id })
    const lines = [{ sku: 'MUG-1', quantity: 1, restock: 'return', location: WEST }]
    await story.edit(OUTLET, 'order.refund', { id, lines })
    await runsLater(story)
    assert.deepEqual(
        [await atPlaces(story, NORTHWIND), await atPlaces(story)],
        [
            [8, 5],
            [8, 5],
        ],
    )
})

test('D5, rule 26: what a place sold of its own before it was linked stays its own', async (t) => {
    const story = await placed(t, { orders: 'adjust', locations: east })
    await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', location: WEST, available: 4 })
    await sell(story, { location: WEST })
    await runsLater(story, ['hourly'])
    await story.settings(OUTLET, { rates, orders: 'adjust', locations: mirrored })
    // the shops' clock is ahead of this machine's: the moment as they know it
    const { now } = (await later(story)) as { now: string }
    await story.db.send('update location_links set linked_at = $1 where linked_at is not null', [now])
    await sell(story)
    await runsLater(story, ['nightly', 'hourly'])
    assert.deepEqual(await atPlaces(story, NORTHWIND), [8, 5])
    await sell(story, { location: WEST })
    await runsLater(story)
    assert.deepEqual(
        [await atPlaces(story, NORTHWIND), await atPlaces(story)],
        [
            [8, 3],
            [8, 3],
        ],
    )
})

for (const [payment, left] of [
    ['paid', 8],
    ['pending', 10],
] as const) {
    test(`D4: with two_way what a ${payment} order takes along to another place is nobody's count`, async (t) => {
        const story = await placed(t, { orders: 'two_way', locations: mirrored })
        await runsLater(story, ['hourly'])
        const { id } = await sell(story, { payment })
        await runsLater(story, ['hourly'])
        await story.edit(OUTLET, 'order.move', { id, location: WEST })
        await runsLater(story)
        assert.deepEqual(await atPlaces(story, NORTHWIND), [left, 5])
    })
}

test('D4: with two_way a place that is linked later gets its figure', async (t) => {
    const story = await placed(t, { orders: 'two_way', locations: east })
    await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', location: WEST, available: 7 })
    await runsLater(story, ['hourly'])
    await story.settings(OUTLET, { rates, orders: 'two_way', locations: mirrored })
    await runsLater(story)
    await runsLater(story)
    assert.deepEqual(await atPlaces(story), [10, 5])
})
