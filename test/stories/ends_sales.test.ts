import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { reconnect } from '../../sql/ends/resume.ts'
import { noticesOf } from '../../sql/runs/notices.ts'
import { CORNER_SHOP, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { asked, connectionOf, ended, whoseOf } from '../helpers/ending.ts'
import { judgedLater, later } from '../helpers/later.ts'
import { buy, pushing, twins } from '../helpers/pushing.ts'
import type { Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'

/** The outlet's sales lower the source by adjustments. */
const adjusted = (t: TestContext) =>
    syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1')] },
        connections: [{ destination: OUTLET, settings: { rates, orders: 'adjust' } }],
    })

const sell = async (story: Story, quantity: number, more: object = {}) =>
    (await story.edit(OUTLET, 'order.sell', { lines: [{ sku: 'MUG-1', quantity }], ...more })) as { id: number }

const atSource = async (story: Story) => (await story.variant(NORTHWIND, 'MUG-1')).levels[0]?.available

test('D14, rules 22 and 24: what was sold before a disconnect comes back after the reconnect', async (t) => {
    const story = await adjusted(t)
    const { id } = await sell(story, 2)
    const unpaid = await sell(story, 1, { payment: 'pending' })
    await judgedLater(story)
    assert.equal(await atSource(story), 13)
    await ended(story, OUTLET, 'disconnected', 'leave')
    story.oracle.disconnected(story.connections.get(OUTLET)!)
    await story.edit(OUTLET, 'order.cancel', { id, restock: true })
    const { now } = (await later(story)) as { now: string }
    await reconnect(story.db, whoseOf(story), await connectionOf(story, OUTLET))
    // the shops' clock is ahead of this machine's: the moments as they know them
    const moments = 'accepted_at = $1::timestamptz, stood = tstzmultirange(tstzrange(lower(stood), $1::timestamptz))'
    await story.db.send(`update connections set ${moments}`, [now])
    story.oracle.reconnected(story.connections.get(OUTLET)!, Date.parse(now))
    await judgedLater(story)
    assert.equal(await atSource(story), 15)
    await story.edit(OUTLET, 'order.pay', { id: unpaid.id })
    await judgedLater(story)
    assert.equal(await atSource(story), 14)
})

test('D14, rule 21b: what was sold since the last run is told before a connection ends, past every index, and once', async (t) => {
    const story = await adjusted(t)
    await story.sandbox.control('lag.set', { shop: OUTLET, ms: 5 * 60_000 })
    await sell(story, 2)
    await ended(story, OUTLET, 'disconnected', 'leave')
    assert.equal(await atSource(story), 13)
    await later(story)
    await story.run('hourly')
    assert.equal(await atSource(story), 13)
})

test('D14, rule 52: an order that no run has read is pushed before its connection ends', async (t) => {
    const story = await pushing(t, { destinations: [CORNER_SHOP] })
    const sold = await buy(story, [{ sku: 'MUG', quantity: 2 }])
    await ended(story, CORNER_SHOP, 'disconnected', 'leave')
    const [twin, ...more] = await twins(story)
    assert.deepEqual([twin?.metafields[0]?.value, more], [`${CORNER_SHOP}/${sold.id}`, []])
})

test('D14: orders that cannot be read keep an end that leaves everything back no more than a notice', async (t) => {
    const story = await adjusted(t)
    const connection = story.connections.get(OUTLET)!
    const fault = { kind: 'access_denied', shop: OUTLET, name: 'orders', times: 100 }
    const fails = () => story.sandbox.control('fail.next', fault)
    await sell(story, 2)
    await asked(story, OUTLET, 'disconnected', 'zero')
    await fails()
    await assert.rejects(story.run('end_connection', { connection }), /last orders of connection \d+ could not be read/)
    assert.equal((await connectionOf(story, OUTLET)).connection.state, 'connected')
    await asked(story, OUTLET, 'disconnected', 'leave')
    await story.run('end_connection', { connection })
    assert.equal((await connectionOf(story, OUTLET)).connection.state, 'disconnected')
    const told = async () => (await noticesOf(story.db, story.account_id)).find(({ code }) => code === 'end_untold')
    assert.match((await told())?.text ?? '', /its source was not told of all that it sold/)
    await reconnect(story.db, whoseOf(story), await connectionOf(story, OUTLET))
    assert.equal(await told(), undefined, 'it goes on, and its orders are read on')
})
