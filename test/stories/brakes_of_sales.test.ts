import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { CORNER_SHOP, home, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { runsLater } from '../helpers/later.ts'
import type { Pushing } from '../helpers/pushing.ts'
import type { Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'

const things = Array.from({ length: 20 }, (_, n) => single(`Thing ${n + 1}`, `SKU-${n + 1}`))

const selling = (t: TestContext, orders: 'adjust' | 'order_push') =>
    syncedStory(t, {
        goods: { [NORTHWIND]: things },
        connections: [CORNER_SHOP, OUTLET].map((destination) => ({ destination, settings: { rates, orders } })),
    })

const figures = (story: Story, sku: string) =>
    Promise.all(
        [NORTHWIND, CORNER_SHOP, OUTLET].map(async (shop) => (await story.variant(shop, sku)).levels[0]?.available),
    )
const sell = (story: Story, sku: string, quantity: number) =>
    story.edit(CORNER_SHOP, 'order.sell', { lines: [{ sku, quantity }], shippingAddress: home })

for (const orders of ['adjust', 'order_push'] as const) {
    test(`rules 17 and 86: what was sold is lowered past a brake also when the source shows it already, ${orders}`, async (t) => {
        const story = await selling(t, orders)
        for (const n of [1, 2, 3]) await story.edit(NORTHWIND, 'level.set', { sku: `SKU-${n}`, available: 0 })
        await sell(story, 'SKU-10', 2)
        await runsLater(story)
        assert.deepEqual(await figures(story, 'SKU-10'), [13, 13, 13])
        assert.deepEqual(await figures(story, 'SKU-1'), [0, 15, 15])
    })
}

test('rule 86: what was sold out is no ruin', async (t) => {
    const story = await selling(t, 'order_push')
    for (const n of [1, 2, 3]) await sell(story, `SKU-${n}`, 15)
    await runsLater(story)
    assert.deepEqual(await figures(story, 'SKU-1'), [0, 0, 0])
    assert.deepEqual(await story.held(OUTLET), {})
})

test('rule 86: what a store sold itself excuses no lowering there by as many units', async (t) => {
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: things },
        connections: [
            {
                destination: CORNER_SHOP,
                settings: { rates, orders: 'order_push', push: { automatic: false } } as Pushing,
            },
        ],
    })
    for (const n of [1, 2, 3]) {
        await sell(story, `SKU-${n}`, 8)
        await story.edit(NORTHWIND, 'level.set', { sku: `SKU-${n}`, available: 8 })
    }
    await runsLater(story)
    assert.equal((await story.variant(CORNER_SHOP, 'SKU-1')).levels[0]?.available, 7)
    assert.match((await story.held(CORNER_SHOP)).stock ?? '', /0/)
})

test('D9, rule 86: what was sold is lowered also while more of the items waits for a first look', async (t) => {
    const story = await selling(t, 'order_push')
    await story.settings(OUTLET, { rates, orders: 'order_push', existing_items: 'fill_blank' })
    await sell(story, 'SKU-1', 2)
    await runsLater(story)
    assert.deepEqual(await figures(story, 'SKU-1'), [13, 13, 13])
})
