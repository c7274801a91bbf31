import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { releaseMovements } from '../../sql/movements/movements.ts'
import { NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import type { Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const EAST = 'East'
const WEST = 'West'
const mirrored = [EAST, WEST].map((name) => ({ source: name, destination: name }))
const summed = [EAST, WEST].map((name) => ({ source: name, destination: EAST, mode: 'sum_into' }))

/** So many that one which is gone makes no reading doubtful. */
const others = Array.from({ length: 12 }, (_, n) => single(`Bowl ${n}`, `BOWL-${n}`))

/** A source and a destination with two locations each; ten mugs in the east of the source, none in the west. */
const placed = (t: TestContext, settings: SettingsDocument) =>
    syncedStory(t, {
        shops: {
            [NORTHWIND]: { locations: [{ name: EAST }, { name: WEST }] },
            [OUTLET]: { locations: [{ name: EAST }, { name: WEST }] },
        },
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { available: 10 } }), ...others] },
        connections: [{ destination: OUTLET, settings: { rates, ...settings } }],
    })

async function figureIn(story: Story, name: string) {
    const { locations } = await story.state(OUTLET)
    const { levels } = await story.variant(OUTLET, 'MUG-1')
    const { id } = locations.find((it) => it.name === name)!
    return levels.find(({ locationId }) => locationId === id)?.available ?? null
}

/** Runs until what came with the first sync is long past. */
async function quiet(story: Story): Promise<void> {
    await quietly(story)
    await story.hourly()
}

/** An hourly run that stands at a request while something happens. */
async function meanwhile(
    story: Story,
    fault: { kind: 'hold' | 'hold_after'; name: string; shop?: string },
    act: () => Promise<void>,
) {
    await story.sandbox.control('fail.next', fault)
    const run = story.run('hourly')
    await story.standing()
    await act()
    await story.sandbox.control('fail.release', {})
    await run
}

/** The same of what happened since, whatever the oracle would say of it. */
async function quietly(story: Story): Promise<void> {
    for (let run = 0; run < 2; run++) {
        await later(story)
        await story.run('hourly')
    }
}

for (const [what, settings, shown] of [
    ['mirrored', { locations: mirrored }, 10],
    ['with units kept back', { locations: mirrored, buffers: [{ units: 2 }] }, 8],
    ['one of a sum', { locations: summed }, 10],
] satisfies [string, SettingsDocument, number][]) {
    for (const job of ['nightly', 'hourly'] as const) {
        test(`rule 27: what the source stocks no more has nothing to give, ${what}, ${job}`, async (t) => {
            const story = await placed(t, settings)
            await quiet(story)
            assert.equal(await figureIn(story, EAST), shown)
            await story.edit(NORTHWIND, 'level.unstock', { sku: 'MUG-1', location: EAST })
            await story[job]()
            assert.equal(await figureIn(story, EAST), 0)
        })
    }
}

test('rule 27: what is counted where the source does not stock it gives nothing, until it is stocked there', async (t) => {
    const story = await placed(t, { orders: 'two_way', locations: mirrored })
    await quiet(story)
    await story.edit(NORTHWIND, 'level.unstock', { sku: 'MUG-1', location: EAST })
    await story.hourly()
    await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', location: EAST, available: 3 })
    await quietly(story)
    assert.equal(await figureIn(story, EAST), 0)
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', location: EAST, available: 7 })
    await quietly(story)
    assert.equal(await figureIn(story, EAST), 10)
})

test('rule 21b: what the source was told of where it stocks the item no more does not count on', async (t) => {
    const story = await placed(t, { orders: 'adjust', locations: summed })
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', location: WEST, available: 5 })
    await quiet(story)
    await story.edit(OUTLET, 'order.sell', { lines: [{ sku: 'MUG-1', quantity: 2 }], location: EAST })
    await meanwhile(story, { kind: 'hold_after', name: 'inventoryAdjustQuantities' }, async () => {
        await story.edit(NORTHWIND, 'level.unstock', { sku: 'MUG-1', location: EAST })
    })
    await quietly(story)
    assert.equal(await figureIn(story, EAST), 5)
})

test('rule 27: what the destination stocks no more is stocked there again by the next hourly run', async (t) => {
    const story = await placed(t, { locations: mirrored })
    await quiet(story)
    await story.edit(OUTLET, 'level.unstock', { sku: 'MUG-1', location: EAST })
    await story.hourly()
    assert.equal(await figureIn(story, EAST), 10)
})

test('rule 21b: the next run counts without movements that a person released, though they say so nowhere else', async (t) => {
    const story = await placed(t, { locations: mirrored, buffers: [{ units: 2 }] })
    await quiet(story)
    const { rows } = await story.db.send<{ movement_id: string }>(
        `insert into stock_movements (account_id, connection_id, kind, origin, origin_id, location_id, source_item_id,
            destination_item_id, source_location_id, factor, units, known_at)
        select v.account_id, 1, 'sale', 'line_item', 1, 1, v.inventory_item_id, 1, l.location_id, 1, -3, now() - interval '31 days'
        from staging.variants as v
        join staging.levels as l using (account_id, store_id, inventory_item_id)
        join stores as s using (account_id, store_id)
        where v.sku = 'MUG-1' and s.role = 'source'
        returning movement_id`,
    )
    await story.run('hourly')
    assert.equal(await figureIn(story, EAST), 5)
    await quietly(story)
    await releaseMovements(story.db, story.account_id, [rows[0]!.movement_id])
    await story.run('hourly')
    assert.equal(await figureIn(story, EAST), 8)
})

test('D1: what a hand makes again of what was just written is seen by the next hourly run', async (t) => {
    const story = await placed(t, { locations: mirrored })
    await quiet(story)
    const countedLess = () => story.edit(OUTLET, 'level.set', { sku: 'MUG-1', location: EAST, available: 8 })
    await countedLess()
    // It moved a moment ago: it is raised by the next run.
    await story.run('hourly')
    await story.pass(1)
    await story.hourly()
    assert.equal(await figureIn(story, EAST), 10)
    await countedLess()
    await story.pass(1)
    await story.hourly()
    assert.equal(await figureIn(story, EAST), 10)
})

test('rule 28: a location that was closed is figured anew when it is open again', async (t) => {
    const story = await placed(t, { locations: mirrored, buffers: [{ units: 2 }] })
    await quiet(story)
    await story.edit(OUTLET, 'location.deactivate', { location: EAST })
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', location: EAST, available: 4 })
    await quietly(story)
    assert.equal(await figureIn(story, EAST), 8)
    await story.edit(OUTLET, 'location.activate', { location: EAST })
    await story.hourly()
    assert.equal(await figureIn(story, EAST), 2)
})

for (const [what, call, change] of [
    ['figured', 'inventorySetQuantities', { sku: 'MUG-1', location: EAST, available: 4 }],
    ['stocked', 'inventoryActivate', { sku: 'MUG-1', location: WEST, available: 4 }],
] as const) {
    test(`rule 28: what could not be ${what}, as its location was closed for a while, is tried again`, async (t) => {
        const story = await placed(t, { locations: mirrored })
        await quiet(story)
        await story.edit(NORTHWIND, 'level.set', change)
        await meanwhile(story, { kind: 'hold', name: call, shop: OUTLET }, async () => {
            await story.edit(OUTLET, 'location.deactivate', { location: change.location })
        })
        await story.edit(OUTLET, 'location.activate', { location: change.location })
        await story.hourly()
        assert.equal(await figureIn(story, change.location), 4)
    })
}

test('rules 27 and 33: what was stocked no more while it was written is stocked there again by the next run', async (t) => {
    const story = await placed(t, { locations: mirrored })
    await quiet(story)
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', location: EAST, available: 6 })
    await meanwhile(story, { kind: 'hold', name: 'inventorySetQuantities', shop: OUTLET }, async () => {
        await story.edit(OUTLET, 'level.unstock', { sku: 'MUG-1', location: EAST })
    })
    const { rows } = await story.db.send('select status from changes order by change_id desc limit 1')
    assert.deepEqual(rows, [{ status: 'conflict' }])
    await story.hourly()
    assert.equal(await figureIn(story, EAST), 6)
})

test('rules 27 and 33: what was stocked and sold there while it was to be stocked is not put back on sale', async (t) => {
    const story = await placed(t, { locations: mirrored })
    await quiet(story)
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', location: WEST, available: 6 })
    await story.sandbox.control('lag.set', { shop: OUTLET, ms: 5 * 60_000 })
    await meanwhile(story, { kind: 'hold', name: 'inventoryActivate', shop: OUTLET }, async () => {
        await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', location: WEST, available: 6 })
        await story.edit(OUTLET, 'order.sell', { lines: [{ sku: 'MUG-1', quantity: 2 }], location: WEST })
    })
    assert.equal(await figureIn(story, WEST), 4)
    await later(story)
    await story.hourly()
    assert.equal(await figureIn(story, WEST), 4)
})
