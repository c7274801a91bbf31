import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { plain, type Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

/** A mug that is synced, then gets the hide tag. */
async function hidden(t: TestContext, settings: SettingsDocument = {}) {
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1')] },
        connections: [{ destination: OUTLET, settings: plain(settings) }],
    })
    await tag(story, ['crossdock-hidden'])
    return story
}

const tag = (story: Story, tags: string[]) => story.edit(NORTHWIND, 'product.edit', { handle: 'mug', set: { tags } })
const count = (story: Story, available: number) => story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', available })
const figure = async (story: Story) => (await story.variant(OUTLET, 'MUG-1')).levels[0]?.available

test('rule 7: a synced product that got the hide tag freezes and is listed; its stock is lowered, never raised', async (t) => {
    const story = await hidden(t)
    await story.edit(NORTHWIND, 'product.edit', { handle: 'mug', set: { title: 'Another mug' } })
    await count(story, 20)
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await count(story, 9)
    await story.hourly()
    assert.equal(await figure(story), 9)
    await count(story, 12)
    await story.hourly()
    const mug = await story.product(OUTLET, 'mug')
    assert.deepEqual([mug.title, mug.publishedOn.length, await figure(story)], ['Mug', 1, 9])
    await tag(story, [])
    await story.hourly()
    assert.deepEqual([(await story.product(OUTLET, 'mug')).title, await figure(story)], ['Another mug', 12])
})

test('D16: with hidden_stock zero the figure goes to 0 and comes back with the product', async (t) => {
    const story = await hidden(t, { hidden_stock: 'zero' })
    await story.nightly()
    assert.equal(await figure(story), 0)
    await count(story, 9)
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await tag(story, [])
    await story.nightly()
    assert.equal(await figure(story), 9)
})

test('D16: with hidden_stock leave the figure stands too', async (t) => {
    const story = await hidden(t, { hidden_stock: 'leave' })
    await count(story, 3)
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    assert.equal(await figure(story), 15)
})

test('D16, rule 33: the figure of a hidden product that moved while it was written is not worked out as a higher one', async (t) => {
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1')] },
        connections: [{ destination: OUTLET, settings: { rates, orders: 'adjust' } }],
    })
    await tag(story, ['crossdock-hidden'])
    await count(story, 9)
    await story.sandbox.control('fail.next', { kind: 'hold', shop: OUTLET, name: 'inventorySetQuantities' })
    const running = story.run('hourly')
    await story.standing()
    await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', available: 4 })
    await story.sandbox.control('fail.release')
    await running
    assert.equal(await figure(story), 4)
})
