import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import type { Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import { atPlaces, EAST, mirrored, placed, summed, WEST } from '../helpers/two_places.ts'

const sell = (story: Story, location: string, quantity: number) =>
    story.edit(OUTLET, 'order.sell', { lines: [{ sku: 'MUG-1', quantity }], location })

test('rule 26: each location mirrors the one it is linked to', async (t) => {
    const story = await placed(t, { locations: mirrored })
    assert.deepEqual(await atPlaces(story), [10, 5])
})

test('rules 21 and 26: several source locations are summed before anything is clamped', async (t) => {
    const story = await placed(t, { locations: summed }, [10, -3])
    assert.deepEqual((await atPlaces(story))[0], 7)
})

test('rule 21a: a sale belongs to the location its order is assigned to', async (t) => {
    const story = await placed(t, { locations: mirrored, orders: 'adjust' })
    await sell(story, WEST, 2)
    await story.hourly()
    assert.deepEqual(await atPlaces(story), [10, 3])
    assert.deepEqual(await atPlaces(story, NORTHWIND), [10, 3])
})

test('rule 21a: of several source locations the first that has units left is told of a sale', async (t) => {
    const story = await placed(t, { locations: summed, orders: 'adjust' }, [0, 5])
    await sell(story, EAST, 2)
    await story.hourly()
    assert.deepEqual((await atPlaces(story))[0], 3)
    assert.deepEqual(await atPlaces(story, NORTHWIND), [0, 3])
})

test('rule 21a: a sale from a location that is linked to none moves nothing', async (t) => {
    const story = await placed(t, { locations: mirrored.slice(0, 1), orders: 'adjust' })
    await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', location: WEST, available: 4 })
    await sell(story, WEST, 1)
    await story.hourly()
    assert.deepEqual(await atPlaces(story), [10, 3])
    assert.deepEqual(await atPlaces(story, NORTHWIND), [10, 5])
})

test('rule 28: a location that was closed is left alone, the others go on', async (t) => {
    const story = await placed(t, { locations: mirrored })
    await story.edit(OUTLET, 'location.deactivate', { location: WEST })
    for (const location of [EAST, WEST]) {
        await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', location, available: 8 })
    }
    await story.hourly()
    assert.equal((await atPlaces(story))[0], 8)
    const { rows } = await story.db.send<{ text: string }>("select text from notices where code = 'location_closed'")
    assert.match(rows[0]?.text ?? '', /"West" of outlet\.example is not active any more/)
})

for (const [left_locations, expected] of [
    ['leave', [10, 10]],
    ['zero', [0, 10]],
] as const) {
    test(`rule 29: figures at a location that is linked no more: ${left_locations}`, async (t) => {
        const story = await placed(t, { locations: [{ source: EAST, destination: EAST }] })
        assert.deepEqual((await atPlaces(story))[0], 10)
        await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', location: WEST, available: 0 })
        await story.settings(OUTLET, { rates, locations: [{ source: EAST, destination: WEST }], left_locations })
        await later(story)
        await story.nightly()
        assert.deepEqual(await atPlaces(story), expected)
    })
}

test('rule 80: stock is read by its own times, also where the product of it never says that it moved', async (t) => {
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1')] },
        connections: [{ destination: CORNER_SHOP, settings: { rates } }],
    })
    for (const shop of [NORTHWIND, CORNER_SHOP]) {
        await story.sandbox.control('shop.set', { shop, set: { stockMovesProductEvery: 0 } })
    }
    await later(story)
    await story.hourly()
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', available: 7 })
    await story.hourly()
    assert.equal((await story.variant(CORNER_SHOP, 'MUG-1')).levels[0]?.available, 7)
})
