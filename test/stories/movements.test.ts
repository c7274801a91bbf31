import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import { type Story, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const EAST = 'East'
const WEST = 'West'
const locations = [{ name: EAST }, { name: WEST }]

/** Two destinations of one source, each with settings of its own. */
async function selling(t: TestContext, corner: SettingsDocument, outlet: SettingsDocument = {}) {
    return syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1')] },
        connections: [
            { destination: CORNER_SHOP, settings: { rates, ...corner } },
            { destination: OUTLET, settings: { rates, ...outlet } },
        ],
    })
}

const figure = async (story: Story, shop: string) => (await story.variant(shop, 'MUG-1')).levels[0]?.available

const sell = async (story: Story, quantity: number, more = {}) =>
    (await story.edit(CORNER_SHOP, 'order.sell', { lines: [{ sku: 'MUG-1', quantity }], ...more })) as { id: number }

async function movements({ db }: Story): Promise<string[]> {
    const { rows } = await db.send<{ kind: string; units: number; why: string | null }>(
        'select kind, units, why from stock_movements order by movement_id',
    )
    return rows.map(({ kind, units, why }) => `${kind} ${units} ${why ?? 'open'}`)
}

test('rule 21a: an order that is moved after the source was told stays where it was told, once', async (t) => {
    const mirrored = locations.map(({ name }) => ({ source: name, destination: name }))
    const story = await startStory(t, {
        shops: { [NORTHWIND]: { locations }, [OUTLET]: { locations } },
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { available: 10 } })] },
        connections: [{ destination: OUTLET, settings: { rates, orders: 'adjust', locations: mirrored } }],
    })
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', location: WEST, available: 5 })
    await story.firstSync()
    const lines = [{ sku: 'MUG-1', quantity: 2 }]
    const { id } = (await story.edit(OUTLET, 'order.sell', { lines, location: EAST })) as { id: number }
    await story.run('hourly')
    await story.edit(OUTLET, 'order.move', { id, location: WEST })
    await later(story)
    await story.run('hourly')
    await story.run('nightly')
    const { levels } = await story.variant(NORTHWIND, 'MUG-1')
    assert.deepEqual(
        levels.map((level) => level.available),
        [8, 5],
    )
})

test('rule 21b: a sale of what its destination deleted since is not put back on sale anywhere', async (t) => {
    const story = await selling(t, {})
    await sell(story, 2)
    await story.run('hourly')
    assert.equal(await figure(story, OUTLET), 13)
    const { id } = await story.product(CORNER_SHOP, 'mug')
    await story.edit(CORNER_SHOP, 'product.delete', { id })
    await later(story)
    await story.run('nightly')
    await story.run('hourly')
    assert.equal(await figure(story, OUTLET), 13)
    assert.deepEqual(await movements(story), ['sale -2 open'])
})

test('rule 17: a destination whose own orders are not read shows what others sold, too', async (t) => {
    const story = await selling(t, {}, { orders: 'none' })
    await sell(story, 2)
    await story.run('hourly')
    assert.equal(await figure(story, OUTLET), 13)
})

test('D4: orders that a destination shipped itself are none of the source, also once it is told by adjustments', async (t) => {
    const story = await selling(t, {})
    const { id } = await sell(story, 2)
    await story.run('hourly')
    await story.edit(CORNER_SHOP, 'order.ship', { id })
    await later(story)
    await story.run('hourly')
    assert.deepEqual(await movements(story), ['sale 0 shipped_by_destination'])
    await story.settings(CORNER_SHOP, { rates, orders: 'adjust' })
    await story.run('nightly')
    assert.equal(await figure(story, NORTHWIND), 15)
})

test('D4: with two_way a sale made between reading orders and levels is no count by hand', async (t) => {
    const story = await selling(t, { orders: 'two_way' })
    await later(story)
    await story.edit(CORNER_SHOP, 'level.set', { sku: 'MUG-1', available: 14 })
    await later(story)
    await story.sandbox.control('fail.next', { kind: 'hold', name: 'bulkOperationRunQuery', shop: NORTHWIND, times: 3 })
    const run = story.run('hourly')
    await ordersRead(story)
    await sell(story, 2)
    await later(story)
    await story.sandbox.control('fail.release', {})
    await run
    for (const _ of [1, 2, 3]) {
        await later(story)
        await story.run('hourly')
    }
    assert.deepEqual(await movements(story), ['sale -2 shown', 'adjustment -1 shown'])
    assert.equal(await figure(story, NORTHWIND), 12)
})

/** Until the run that goes on has read the orders of the corner shop, while its source is held. */
async function ordersRead({ db, sandbox }: Story) {
    const open = async () => {
        const { rows } = await db.send<{ open: boolean }>(
            `select exists (
                select from snapshots as s
                join runs as r on r.account_id = s.account_id and r.run_id = s.run_id
                join stores as o on o.account_id = s.account_id and o.store_id = s.store_id
                where r.state = 'running' and o.domain = $1 and s.operation = 'orders' and s.state = 'complete'
            ) as open`,
            [CORNER_SHOP],
        )
        const { held } = (await sandbox.control('fail.status')) as { held: number }
        return rows[0]?.open && held > 0
    }
    while (!(await open())) await new Promise((again) => setTimeout(again, 50))
}
