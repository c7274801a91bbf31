import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, MARKET_STALL, NORTHWIND, rates, single } from '../helpers/cast.ts'
import type { Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'

const mug = single('Mug', 'MUG-1', { variant: { available: 20 } })
const plot = {
    goods: { [NORTHWIND]: [mug] },
    connections: [
        { destination: CORNER_SHOP, settings: { orders: 'two_way', rates } },
        { destination: MARKET_STALL, settings: { orders: 'adjust', rates } },
    ],
}

const figures = async (story: Story) =>
    Promise.all(
        [NORTHWIND, CORNER_SHOP, MARKET_STALL].map(
            async (shop) => (await story.variant(shop, 'MUG-1')).levels[0]?.available,
        ),
    )

test("D4: with two_way what we wrote ourselves is nobody's count, however late an index shows it", async (t) => {
    const story = await syncedStory(t, plot)
    await story.edit(CORNER_SHOP, 'clock.advance', { seconds: 1200 })
    await story.hourly()
    await story.edit(CORNER_SHOP, 'lag.set', { ms: 600_000 })
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', available: 15 })
    await story.run('hourly')
    assert.deepEqual(await figures(story), [15, 15, 15])
    await story.run('hourly')
    assert.deepEqual(await figures(story), [15, 15, 15])
})

for (const [what, change] of [
    ['cancelled', (story: Story, id: number) => story.edit(CORNER_SHOP, 'order.cancel', { id })],
    [
        'edited',
        (story: Story, id: number) =>
            story.edit(CORNER_SHOP, 'order.edit', { id, set: [{ sku: 'MUG-1', quantity: 1 }] }),
    ],
] as const) {
    test(`D4: with two_way units of an order that was ${what} after a run are nobody's count`, async (t) => {
        const story = await syncedStory(t, plot)
        const lines = [{ sku: 'MUG-1', quantity: 2 }]
        const { id } = (await story.edit(CORNER_SHOP, 'order.sell', { lines, payment: 'pending' })) as { id: number }
        await story.edit(CORNER_SHOP, 'clock.advance', { seconds: 1200 })
        await story.hourly()
        await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', available: 15 })
        await story.hourly()
        assert.deepEqual(await figures(story), [15, 13, 15])
        await change(story, id)
        await story.edit(CORNER_SHOP, 'clock.advance', { seconds: 1200 })
        await story.run('hourly')
        assert.deepEqual(await figures(story), [15, what === 'cancelled' ? 15 : 14, 15])
    })
}
