import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import { CORNER_SHOP, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import { pushByHand } from '../helpers/push_by_hand.ts'
import type { Goods, Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const mug = (more = {}) => single('Mug', 'MUG-1', { variant: { available: 15, ...more } })

/** Two destinations of one source, whose sales count. */
async function selling(t: TestContext, settings: SettingsDocument = {}, more: Goods = []) {
    return syncedStory(t, {
        goods: { [NORTHWIND]: [mug(), ...(more as ActionBody[])] },
        connections: [CORNER_SHOP, OUTLET].map((destination) => ({ destination, settings: { rates, ...settings } })),
    })
}

const figures = async (story: Story, sku = 'MUG-1') =>
    Promise.all(
        [NORTHWIND, CORNER_SHOP, OUTLET].map(async (shop) => (await story.variant(shop, sku)).levels[0]?.available),
    )

const sell = async (story: Story, shop: string, quantity: number, more = {}) =>
    (await story.edit(shop, 'order.sell', { lines: [{ sku: 'MUG-1', quantity }], ...more })) as {
        id: number
        name: string
    }

/** So much later that no index hides anything any more. */

async function movements({ db }: Story): Promise<string[]> {
    const { rows } = await db.send<{ kind: string; units: number; why: string | null }>(
        'select kind, units, why from stock_movements order by movement_id',
    )
    return rows.map(({ kind, units, why }) => `${kind} ${units} ${why ?? 'open'}`)
}

test('rule 17: a sale that counts and is not pushed lowers every destination, and the source is not copied over it', async (t) => {
    const story = await selling(t)
    assert.deepEqual(await figures(story), [15, 15, 15])
    await sell(story, CORNER_SHOP, 2)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 13, 13])
    await story.nightly()
    assert.deepEqual(await figures(story), [15, 13, 13])
})

test('rule 17, D4: with adjust the source is told of a sale, once', async (t) => {
    const story = await selling(t, { orders: 'adjust' })
    await sell(story, CORNER_SHOP, 2)
    await story.hourly()
    assert.deepEqual(await figures(story), [13, 13, 13])
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [13, 13, 13])
})

test('rule 18: once the source shows the pushed order, nothing is subtracted any more', async (t) => {
    const story = await selling(t)
    const order = await sell(story, CORNER_SHOP, 2)
    await story.hourly()
    await pushByHand(story, CORNER_SHOP, order, [{ sku: 'MUG-1', quantity: 2 }])
    await story.hourly()
    assert.deepEqual(await figures(story), [13, 13, 13])
    await story.nightly()
    assert.deepEqual(await figures(story), [13, 13, 13])
    assert.deepEqual(await movements(story), ['sale -2 shown'])
})

test('rule 19: units of an unpaid order are set aside at its own destination alone, and count once it is paid', async (t) => {
    const story = await selling(t)
    const order = await sell(story, CORNER_SHOP, 2, { payment: 'pending' })
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 13, 15])
    await story.nightly()
    assert.deepEqual(await figures(story), [15, 13, 15])
    await story.edit(CORNER_SHOP, 'order.pay', { id: order.id })
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 13, 13])
})

test('rule 19: of an order that was paid and grew, only what is not paid yet is set aside', async (t) => {
    const story = await selling(t, { orders: 'adjust' })
    const order = await sell(story, CORNER_SHOP, 2)
    await story.hourly()
    const [line] = ((await story.state(CORNER_SHOP)).orders ?? [])[0]!.lines
    await story.edit(CORNER_SHOP, 'order.edit', { id: order.id, set: [{ lineId: line!.id, quantity: 3 }] })
    await story.hourly()
    assert.deepEqual(await figures(story), [13, 12, 13])
    await story.edit(CORNER_SHOP, 'order.pay', { id: order.id })
    await story.hourly()
    assert.deepEqual(await figures(story), [12, 12, 12])
})

test('rule 20: an unpaid order that is voided and cancelled leaves no movement', async (t) => {
    const story = await selling(t)
    const order = await sell(story, CORNER_SHOP, 2, { payment: 'authorized' })
    await story.hourly()
    await story.edit(CORNER_SHOP, 'order.void', { id: order.id })
    await story.edit(CORNER_SHOP, 'order.cancel', { id: order.id, restock: true })
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 15, 15])
    assert.deepEqual(await movements(story), [])
})

test('D5: with paid_and_authorized an authorised order counts, a pending one does not', async (t) => {
    const story = await selling(t, { counts_as_paid: 'paid_and_authorized' })
    await sell(story, CORNER_SHOP, 2, { payment: 'authorized' })
    await sell(story, CORNER_SHOP, 1, { payment: 'pending' })
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 12, 13])
})

test('rule 19: what the source was told of an authorised order comes back to it once when the order is voided', async (t) => {
    const story = await selling(t, { orders: 'adjust', counts_as_paid: 'paid_and_authorized' })
    const order = await sell(story, CORNER_SHOP, 2, { payment: 'authorized' })
    await story.hourly()
    assert.deepEqual(await figures(story), [13, 13, 13])
    await story.edit(CORNER_SHOP, 'order.void', { id: order.id })
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [15, 15, 15])
    await story.edit(CORNER_SHOP, 'order.cancel', { id: order.id, restock: true })
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 15, 15])
})

test('D5: test orders count nowhere', async (t) => {
    const story = await selling(t)
    await sell(story, CORNER_SHOP, 2, { test: true })
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 15, 15])
})

for (const [restock, expected] of [
    ['cancel', [14, 14, 14]],
    ['no_restock', [12, 12, 12]],
] as const) {
    test(`rules 22 and 23: of three units sold and told, two are refunded with ${restock}`, async (t) => {
        const story = await selling(t, { orders: 'adjust' })
        const order = await sell(story, CORNER_SHOP, 3)
        await story.hourly()
        assert.deepEqual(await figures(story), [12, 12, 12])
        await story.edit(CORNER_SHOP, 'order.refund', { id: order.id, lines: [{ sku: 'MUG-1', quantity: 2, restock }] })
        await later(story)
        await story.hourly()
        assert.deepEqual(await figures(story), expected)
        await story.nightly()
        assert.deepEqual(await figures(story), expected)
    })
}

test('rule 23: of three units sold and not told yet, one restocked gives one back', async (t) => {
    const story = await selling(t)
    const order = await sell(story, CORNER_SHOP, 3)
    await story.hourly()
    const lines = [{ sku: 'MUG-1', quantity: 1, restock: 'cancel' }]
    await story.edit(CORNER_SHOP, 'order.refund', { id: order.id, lines })
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 13, 13])
})

test('rule 24: an order cancelled after the source was told comes back once', async (t) => {
    const story = await selling(t, { orders: 'adjust' })
    const order = await sell(story, CORNER_SHOP, 2)
    await story.hourly()
    await story.edit(CORNER_SHOP, 'order.cancel', { id: order.id, restock: true })
    await later(story)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [15, 15, 15])
})

test('rule 25: an exchange lowers the source once by the replacement', async (t) => {
    const story = await selling(t, { orders: 'adjust' }, [single('Jug', 'JUG-1', { variant: { available: 10 } })])
    const order = await sell(story, CORNER_SHOP, 1)
    await story.hourly()
    const lines = [{ sku: 'MUG-1', quantity: 1, restock: 'cancel' }]
    await story.edit(CORNER_SHOP, 'order.refund', { id: order.id, lines })
    await story.edit(CORNER_SHOP, 'order.edit', { id: order.id, add: [{ sku: 'JUG-1', quantity: 1 }] })
    await later(story)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [15, 15, 15])
    assert.deepEqual(await figures(story, 'JUG-1'), [9, 9, 9])
})

test('rule 35: one SKU on two lines of an order is added up', async (t) => {
    const story = await selling(t)
    const lines = [1, 2].map((quantity) => ({ sku: 'MUG-1', quantity }))
    await story.edit(CORNER_SHOP, 'order.sell', { lines })
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 12, 12])
})

test('rule 21b: what a destination shipped by itself before the push is none of the source', async (t) => {
    const story = await selling(t)
    const order = await sell(story, CORNER_SHOP, 2)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 13, 13])
    await story.edit(CORNER_SHOP, 'order.ship', { id: order.id })
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 15, 15])
    assert.deepEqual(await movements(story), ['sale 0 shipped_by_destination'])
})

test('rules 21b and 22: what a destination shipped by itself and took back is not counted off what is still to be pushed', async (t) => {
    const story = await selling(t)
    const order = await sell(story, CORNER_SHOP, 2)
    await story.edit(CORNER_SHOP, 'order.ship', { id: order.id, lines: [{ sku: 'MUG-1', quantity: 1 }] })
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 14, 14])
    const lines = [{ sku: 'MUG-1', quantity: 1, restock: 'return' }]
    await story.edit(CORNER_SHOP, 'order.refund', { id: order.id, lines })
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 14, 14])
    await story.nightly()
    assert.deepEqual(await movements(story), ['sale -1 open', 'restock 1 before_push'])
})

test('rule 21b: an order that was cancelled before its push, its units lost, is released', async (t) => {
    const story = await selling(t)
    const order = await sell(story, CORNER_SHOP, 2)
    await story.hourly()
    await story.edit(CORNER_SHOP, 'order.cancel', { id: order.id, restock: false })
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 15, 15])
})

test('rule 33: a sale between reading and writing is read again with its order, and never put back on sale', async (t) => {
    const story = await selling(t)
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', available: 20 })
    await story.sandbox.control('fail.next', { kind: 'hold', name: 'inventorySetQuantities', shop: CORNER_SHOP })
    await story.oracle.before()
    const run = story.run('hourly')
    await story.standing()
    await sell(story, CORNER_SHOP, 2)
    await story.sandbox.control('fail.release', {})
    await run
    assert.deepEqual((await figures(story))[1], 18)
})

test('rule 16: enforced, a figure changed by hand is set back once it has stood', async (t) => {
    const story = await selling(t)
    await story.edit(CORNER_SHOP, 'level.set', { sku: 'MUG-1', available: 99 })
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 15, 15])
    await story.edit(CORNER_SHOP, 'level.set', { sku: 'MUG-1', available: 5 })
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 5, 15], 'lowered a moment ago, it may have been sold')
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 15, 15])
})

test('D4: with two_way a count by hand is carried to the source, once it has stood', async (t) => {
    const story = await selling(t, { orders: 'two_way' })
    await story.edit(CORNER_SHOP, 'level.set', { sku: 'MUG-1', available: 12 })
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 12, 15])
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [12, 12, 12])
    await story.nightly()
    assert.deepEqual(await figures(story), [12, 12, 12])
})

test('D3, rule 16: with follow a figure changed by hand stands, is listed, and gives way once the source or a sale moves what is wanted', async (t) => {
    const story = await selling(t, { lock_rules: [{ field: 'quantity', mode: 'follow' }] })
    await story.edit(CORNER_SHOP, 'level.set', { sku: 'MUG-1', available: 9 })
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 9, 15])
    const { rows } = await story.db.send(`select desired, actual, mode from deviations where entity = 'level'`)
    assert.deepEqual(rows, [{ desired: 15, actual: 9, mode: 'follow' }])
    await sell(story, CORNER_SHOP, 2)
    await story.hourly()
    assert.deepEqual((await figures(story))[1], 7, 'sold from what the hand left')
    await later(story)
    await sell(story, OUTLET, 1)
    await story.hourly()
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [15, 12, 12], 'three sold, which the source has yet to show')
})
