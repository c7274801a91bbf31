import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTHWIND } from '../helpers/cast.ts'
import { buy, pushing, squared, twins } from '../helpers/pushing.ts'
import type { Story } from '../helpers/story.ts'
import { until } from '../kills/places/place.ts'

const mug = { sku: 'MUG', quantity: 2 }

/** A source that takes a second order with the same mark: what is proved is not its refusal. */
const takesAll = (story: Story) =>
    story.sandbox.control('shop.set', { shop: NORTHWIND, set: { uniqueOrderMetafields: 'ignored' } })

const held = async (story: Story) => ((await story.sandbox.control('fail.status')) as { held: number }).held > 0

test('rule 59: what the source holds already is not sent to it again, though nobody remembers that it was', async (t) => {
    const story = await pushing(t)
    await takesAll(story)
    await buy(story, [mug])
    await story.run('hourly')
    await story.db.send('delete from order_push_lines')
    await story.db.send('delete from order_pushes')
    await story.pass(0.2)
    await story.run('hourly')
    assert.equal((await twins(story)).length, 1)
    await squared(story)
})

for (const kind of ['hold', 'hold_after'] as const) {
    const when = kind === 'hold' ? 'before' : 'after'
    test(`rule 59: a run that stands ${when} the creation of an order, and another beside it, make it once`, async (t) => {
        const story = await pushing(t)
        await takesAll(story)
        await buy(story, [mug])
        await story.sandbox.control('fail.next', { kind, name: 'orderCreate', shop: NORTHWIND })
        const first = story.run('hourly')
        await until('the order to be on its way', () => held(story))
        await story.run('nightly')
        await story.run('hourly')
        await story.sandbox.control('fail.release')
        await first
        assert.equal((await twins(story)).length, 1)
        await story.pass(0.2)
        await story.run('hourly')
        assert.equal((await twins(story)).length, 1)
        await squared(story)
    })
}

test('rule 59: a reading that names an order twice pushes it once', async (t) => {
    const story = await pushing(t)
    await takesAll(story)
    await buy(story, [mug])
    await buy(story, [{ sku: 'VASE', quantity: 1 }])
    for (const contains of ['displayFinancialStatus', 'fulfillmentOrders']) {
        await story.sandbox.control('fail.next', { kind: 'bulk_repeated', contains })
    }
    await story.hourly()
    assert.equal((await twins(story)).length, 2)
    await squared(story)
})
