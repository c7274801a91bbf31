import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { CORNER_SHOP, home, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { judgedLater } from '../helpers/later.ts'
import type { Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import { EAST, placed, summed } from '../helpers/two_places.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

/** Northwind with 15 mugs, the corner shop and the outlet. */
const selling = (t: TestContext, settings: SettingsDocument) =>
    syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { available: 15 } })] },
        connections: [CORNER_SHOP, OUTLET].map((destination) => ({ destination, settings: { rates, ...settings } })),
    })

const available = async (story: Story, shop: string) =>
    (await story.variant(shop, 'MUG-1')).levels.map((level) => level.available)

const figures = async (story: Story) =>
    (await Promise.all([NORTHWIND, CORNER_SHOP, OUTLET].map((shop) => available(story, shop)))).flat()

const sell = async (story: Story, shop: string, quantity: number, more = {}) =>
    (await story.edit(shop, 'order.sell', { lines: [{ sku: 'MUG-1', quantity }], shippingAddress: home, ...more })) as {
        id: number
    }

for (const [orders, left] of [
    ['adjust', [13, 13]],
    ['order_push', [15, 13]],
] as const) {
    test(`rule 17: what was sold counts, though its product was deleted there before the next run, ${orders}`, async (t) => {
        const story = await selling(t, { orders })
        await sell(story, CORNER_SHOP, 2)
        const { id } = await story.product(CORNER_SHOP, 'mug')
        await story.edit(CORNER_SHOP, 'product.delete', { id })
        await judgedLater(story, ['nightly', 'hourly'])
        assert.deepEqual([await available(story, NORTHWIND), await available(story, OUTLET)].flat(), left)
    })
}

test('rule 21b: what was shipped there before the push of the rest is none of the source', async (t) => {
    const story = await selling(t, { orders: 'order_push', push: { automatic: false } })
    const { id } = await sell(story, CORNER_SHOP, 4)
    await judgedLater(story, ['hourly'])
    await story.edit(CORNER_SHOP, 'order.ship', { id, lines: [{ sku: 'MUG-1', quantity: 1 }] })
    await judgedLater(story, ['hourly'])
    await story.settings(CORNER_SHOP, { rates, orders: 'order_push' })
    await judgedLater(story, ['hourly', 'nightly'])
    assert.deepEqual(await figures(story), [12, 12, 12])
})

test('rules 22 and 24: what the source was told of comes back to it, also when sales did not count for a while', async (t) => {
    const story = await selling(t, { orders: 'adjust' })
    const { id } = await sell(story, CORNER_SHOP, 2)
    await judgedLater(story, ['hourly'])
    await story.settings(CORNER_SHOP, { rates, orders: 'none' })
    await judgedLater(story, ['hourly'])
    await story.settings(CORNER_SHOP, { rates, orders: 'adjust' })
    // the sandbox's clock is ahead of this machine's: the moment as the shops know it
    const { now } = (await story.sandbox.control('clock.advance', { seconds: 5 })) as { now: string }
    await story.db.send('update connections set orders_since = $1 where connection_id = $2', [
        now,
        story.connections.get(CORNER_SHOP)!,
    ])
    await judgedLater(story, ['hourly'])
    assert.deepEqual(await figures(story), [13, 13, 13])
    await story.edit(CORNER_SHOP, 'order.cancel', { id, restock: true })
    await judgedLater(story, ['hourly', 'nightly'])
    assert.deepEqual(await figures(story), [15, 15, 15])
})

test('rule 21a: of two sales of one run the second is taken where something is left', async (t) => {
    const story = await placed(t, { orders: 'adjust', locations: summed }, [1, 5])
    for (const _ of [1, 2]) await sell(story, OUTLET, 1, { location: EAST })
    await judgedLater(story, ['hourly', 'nightly'])
    assert.deepEqual(await available(story, NORTHWIND), [0, 4])
})
