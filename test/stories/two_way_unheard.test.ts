import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { reconnect, unblock } from '../../sql/ends/resume.ts'
import { CORNER_SHOP, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { connectionOf, ended, whoseOf } from '../helpers/ending.ts'
import { judgedLater, later } from '../helpers/later.ts'
import { type Story, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import { mirrored, placed, WEST } from '../helpers/two_places.ts'

const mug = single('Mug', 'MUG-1')
const settings = { rates, orders: 'two_way' }

const selling = (t: TestContext) =>
    syncedStory(t, {
        goods: { [NORTHWIND]: [mug] },
        connections: [CORNER_SHOP, OUTLET].map((destination) => ({ destination, settings })),
    })

/** What shops have, at all their locations. */
const figures = (story: Story, shops = [NORTHWIND, CORNER_SHOP, OUTLET]) =>
    Promise.all(
        shops.map(async (shop) => (await story.variant(shop, 'MUG-1')).levels.map(({ available }) => available).join()),
    )

for (const [what, verb, change, counted] of [
    ['cancelled', 'order.cancel', { restock: true }, 0],
    ['edited', 'order.edit', { set: [{ sku: 'MUG-1', quantity: 1 }] }, 0],
    ['edited to more', 'order.edit', { set: [{ sku: 'MUG-1', quantity: 3 }] }, 0],
    ['shipped', 'order.ship', {}, 4],
] as const) {
    test(`D4 and D5: an order older than a two-way connection that is ${what} is nobody's count`, async (t) => {
        const story = await startStory(t, {
            goods: { [NORTHWIND]: [mug], [CORNER_SHOP]: [mug] },
            connections: [{ destination: CORNER_SHOP, settings }],
        })
        const lines = [{ sku: 'MUG-1', quantity: 2 }]
        const { id } = (await story.edit(CORNER_SHOP, 'order.sell', { lines, createdSecondsAgo: 86_400 })) as {
            id: number
        }
        await later(story)
        await story.firstSync()
        await judgedLater(story, ['hourly'])
        await story.edit(CORNER_SHOP, verb, { id, ...change })
        if (counted) await story.edit(CORNER_SHOP, 'level.set', { sku: 'MUG-1', available: 15 + counted })
        await judgedLater(story)
        const figure = `${15 + counted}`
        assert.deepEqual(await figures(story, [NORTHWIND, CORNER_SHOP]), [figure, figure])
    })
}

test('rule 17: with two_way what was sold while the item was not tracked there is no count when it is tracked again', async (t) => {
    const story = await selling(t)
    const tracked = (is: boolean) => story.edit(CORNER_SHOP, 'variant.edit', { sku: 'MUG-1', set: { tracked: is } })
    await judgedLater(story, ['hourly'])
    await tracked(false)
    await judgedLater(story, ['hourly'])
    await story.edit(CORNER_SHOP, 'order.sell', { lines: [{ sku: 'MUG-1', quantity: 2 }] })
    await judgedLater(story, ['hourly'])
    await tracked(true)
    await judgedLater(story)
    assert.deepEqual(await figures(story), ['13', '13', '13'])
})

for (const [state, items] of [
    ['disconnected', 'leave'],
    ['blocked', 'zero'],
] as const) {
    test(`D4 and D14: what a two-way shop stocked while it was ${state} is nobody's count`, async (t) => {
        const story = await selling(t)
        await judgedLater(story, ['hourly'])
        await ended(story, OUTLET, state, items)
        await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', available: 60 })
        await later(story)
        const [resume, told] =
            state === 'blocked' ? ([unblock, 'unblocked'] as const) : ([reconnect, 'reconnected'] as const)
        await resume(story.db, whoseOf(story), await connectionOf(story, OUTLET))
        story.oracle[told](story.connections.get(OUTLET)!)
        await judgedLater(story, ['hourly'])
        const isHeld = state === 'disconnected'
        assert.deepEqual(await figures(story), ['15', '15', isHeld ? '60' : '15'])
        assert.deepEqual(await story.held(OUTLET), isHeld ? { stock: 'first_sync' } : {})
        if (isHeld) await story.approveAll()
        await judgedLater(story)
        assert.deepEqual(await figures(story), ['15', '15', '15'])
    })
}

test("D4: what was stocked at a two-way shop's place while that was linked to none is nobody's count", async (t) => {
    const story = await placed(t, { ...settings, locations: mirrored })
    await judgedLater(story, ['hourly'])
    await story.settings(OUTLET, { ...settings, locations: mirrored.slice(0, 1) })
    await judgedLater(story, ['hourly'])
    await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', location: WEST, available: 40 })
    await judgedLater(story, ['hourly'])
    await story.settings(OUTLET, { ...settings, locations: mirrored })
    await judgedLater(story)
    assert.deepEqual(await figures(story, [NORTHWIND, OUTLET]), ['10,5', '10,5'])
})

test('D9: nothing is carried to the source before a person has seen a two-way connection', async (t) => {
    const story = await startStory(t, {
        goods: { [NORTHWIND]: [mug], [CORNER_SHOP]: [mug] },
        connections: [{ destination: CORNER_SHOP, settings }],
    })
    await story.nightly()
    await judgedLater(story, ['hourly'])
    await story.edit(CORNER_SHOP, 'level.set', { sku: 'MUG-1', available: 20 })
    await judgedLater(story, ['hourly', 'hourly'])
    assert.deepEqual(await figures(story, [NORTHWIND, CORNER_SHOP]), ['15', '20'])
    assert.deepEqual(await story.held(CORNER_SHOP), { stock: 'first_sync' })
})
