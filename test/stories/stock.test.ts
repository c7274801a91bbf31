import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, OUTLET, single } from '../helpers/cast.ts'
import { type Plot, plain, type Story, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const mug = (more = {}) => single('Mug', 'MUG-1', { variant: { available: 20, ...more } })

const stocked = (settings: SettingsDocument = {}, more: Partial<Plot> = {}, variant = {}): Plot => ({
    goods: { [NORTHWIND]: [mug(variant)] },
    connections: [CORNER_SHOP, OUTLET].map((destination) => ({ destination, settings: plain(settings) })),
    ...more,
})

const figures = async (story: Story, sku = 'MUG-1') =>
    Promise.all([CORNER_SHOP, OUTLET].map(async (shop) => (await story.variant(shop, sku)).levels[0]?.available))
const count = (story: Story, shop: string, available: number) =>
    story.edit(shop, 'level.set', { sku: 'MUG-1', available })

test('rule 15: source changes 20 to 15: each linked destination reads 15 after a run', async (t) => {
    const story = await syncedStory(t, stocked())
    assert.deepEqual(await figures(story), [20, 20])
    await count(story, NORTHWIND, 15)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 15])
})

test('rule 16: on follow a figure changed by hand to 99 stands until the figure of the source changes', async (t) => {
    const story = await syncedStory(t, stocked())
    await count(story, OUTLET, 99)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [20, 99])
    await count(story, NORTHWIND, 15)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 15])
})

test('rule 21: buffers keep units back, packs count in their own units', async (t) => {
    const buffers = [{ units: 2 }, { scope: 'sku', scope_value: 'MUG-1', percent: '25', zero_below: 3 }]
    const story = await syncedStory(t, stocked({ buffers }))
    assert.deepEqual(await figures(story), [15, 15])
    await count(story, NORTHWIND, 3)
    await story.hourly()
    assert.deepEqual(await figures(story), [0, 0])
})

test('rule 27: an item that is not stocked at the mapped location is activated there', async (t) => {
    const locations = [{ source: 'Main warehouse', destination: 'Back room' }]
    const shops = { [OUTLET]: { locations: [{ name: 'Main warehouse' }, { name: 'Back room' }] } }
    const connections = [{ destination: OUTLET, settings: plain({ locations }) }]
    const story = await syncedStory(t, stocked({}, { shops, connections }))
    const levels = (await story.variant(OUTLET, 'MUG-1')).levels.map((it) => it.available)
    assert.deepEqual(levels.toSorted(), [0, 20])
})

test('rule 30: an item that is tracked on one side only has no figure written and is listed', async (t) => {
    const story = await syncedStory(t, stocked())
    await story.edit(OUTLET, 'variant.edit', { sku: 'MUG-1', set: { tracked: false } })
    await count(story, NORTHWIND, 15)
    await story.nightly()
    assert.deepEqual(await figures(story), [15, 20])
})

test('rule 31: an item that sells on with nothing left is listed', async (t) => {
    const story = await syncedStory(t, stocked({}, {}, { available: 0, inventoryPolicy: 'CONTINUE' }))
    await story.nightly()
    assert.deepEqual(await figures(story), [0, 0])
})

test('rule 32: a bundle whose figure Shopify refuses is listed, and its neighbours are written', async (t) => {
    const outlet = [
        single('Set', 'SET-1', { variant: { available: 1 } }),
        single('Mug', 'MUG-1', { variant: { available: 1 } }),
    ]
    const story = await startStory(t, {
        goods: { [NORTHWIND]: [mug(), single('Set', 'SET-1')], [OUTLET]: outlet },
        connections: [{ destination: OUTLET, settings: plain() }],
    })
    await story.edit(OUTLET, 'variant.edit', { sku: 'SET-1', set: { requiresComponents: true } })
    await story.firstSync()
    const [mugs, sets] = await Promise.all(['MUG-1', 'SET-1'].map((sku) => story.variant(OUTLET, sku)))
    assert.deepEqual([mugs!.levels[0]!.available, sets!.levels[0]!.available], [20, 1])
    assert.deepEqual(await story.writes(() => story.nightly()), [], 'what was refused is told, and not tried again')
})

test('D10: with inventory off no figure is written', async (t) => {
    const story = await syncedStory(t, stocked({ inventory: false }))
    assert.deepEqual(await figures(story), [0, 0])
})

test('D2: a quantity on never is not written', async (t) => {
    const lock_rules = [{ field: 'quantity', mode: 'never', scope: 'sku', scope_value: 'MUG-1' }]
    const goods = { [NORTHWIND]: [mug(), single('Jug', 'JUG-1')] }
    const story = await syncedStory(t, stocked({ lock_rules }, { goods }))
    await count(story, NORTHWIND, 15)
    await story.nightly()
    assert.deepEqual(
        [await figures(story), await figures(story, 'JUG-1')],
        [
            [0, 0],
            [15, 15],
        ],
    )
})
