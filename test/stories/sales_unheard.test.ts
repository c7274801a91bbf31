import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { CORNER_SHOP, home, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import type { Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

/** Northwind with 15 mugs, the corner shop and the outlet. */
const selling = (t: TestContext, settings: SettingsDocument) =>
    syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { available: 15 } })] },
        connections: [CORNER_SHOP, OUTLET].map((destination) => ({ destination, settings: { rates, ...settings } })),
    })

const available = async (story: Story, shop: string) =>
    (await story.variant(shop, 'MUG-1')).levels.map((level) => level.available)

const sell = async (story: Story, shop: string, quantity: number, more = {}) =>
    (await story.edit(shop, 'order.sell', { lines: [{ sku: 'MUG-1', quantity }], shippingAddress: home, ...more })) as {
        id: number
    }

/** Runs so far apart that no index hides anything. */
async function runs(story: Story, ...jobs: ('hourly' | 'nightly')[]) {
    for (const job of jobs) {
        await story.sandbox.control('clock.advance', { seconds: 11 * 60 })
        await story[job]()
    }
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
        await runs(story, 'nightly', 'hourly')
        assert.deepEqual([await available(story, NORTHWIND), await available(story, OUTLET)].flat(), left)
    })
}
