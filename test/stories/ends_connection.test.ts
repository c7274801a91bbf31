import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { connect } from '../../jobs/connect.ts'
import { setsOf } from '../../sql/changes/changes.ts'
import { reconnect, unblock } from '../../sql/ends/resume.ts'
import { noticesOf } from '../../sql/runs/notices.ts'
import { CORNER_SHOP, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { asked, connectionOf, ended, whoseOf } from '../helpers/ending.ts'
import { plain, type Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'

/** Two destinations with a mug and a jug of ours; the outlet had its own jug before. */
async function synced(t: TestContext) {
    const jug = single('Jug', 'JUG-1', { variant: { available: 4 } })
    return syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1'), jug], [OUTLET]: [jug] },
        connections: [OUTLET, CORNER_SHOP].map((destination) => ({ destination, settings: plain() })),
    })
}

/** Status and figure of the outlet's mug and jug; null: not there. */
async function standing(story: Story) {
    const { products } = await story.state(OUTLET)
    return ['mug', 'jug'].map((handle) => {
        const found = products.find((it) => it.handle === handle)
        return found ? [found.status, found.variants[0]!.levels[0]?.available] : null
    })
}

const stateOf = async (story: Story) => (await connectionOf(story, OUTLET)).connection.state
const count = (story: Story, available: number) => story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', available })
const only = (story: Story, destination: string) => ({ connections: [story.connections.get(destination)!] })

test('D14: blocking zeroes the stock of linked items, and afterwards nothing is written there', async (t) => {
    const story = await synced(t)
    const numbers = await ended(story, OUTLET, 'blocked', 'zero')
    assert.deepEqual([numbers.items, numbers.made, numbers.units, numbers.lines], [2, 1, 19, 2])
    assert.equal(await stateOf(story), 'blocked')
    assert.deepEqual(await standing(story), [
        ['ACTIVE', 0],
        ['ACTIVE', 0],
    ])
    await count(story, 7)
    await story.nightly(only(story, CORNER_SHOP))
    for (const job of ['compare', 'load']) await story.run(job)
    assert.deepEqual((await standing(story))[0], ['ACTIVE', 0])
    assert.equal((await story.variant(CORNER_SHOP, 'MUG-1')).levels[0]?.available, 7)
    const [set] = (await setsOf(story.db, story.account_id, { state: 'loaded' })).filter(
        (it) => it.kind === 'life_cycle',
    )
    assert.equal(set?.approved_by, 'the person in the story')
    await assert.rejects(story.run('rollback', { change_set: set!.change_set_id }), /is blocked: nothing is written/)
})

test('D14: what was blocked takes up where the source is once it is unblocked', async (t) => {
    const story = await synced(t)
    await ended(story, OUTLET, 'blocked', 'draft')
    assert.deepEqual(await standing(story), [
        ['DRAFT', 15],
        ['ACTIVE', 4],
    ])
    await unblock(story.db, whoseOf(story), await connectionOf(story, OUTLET))
    await count(story, 7)
    await story.nightly()
    assert.deepEqual((await standing(story))[0], ['ACTIVE', 7])
})

test('rule 36: disconnecting leaves items and stock as they are', async (t) => {
    const story = await synced(t)
    assert.deepEqual(await story.writes(() => ended(story, OUTLET, 'disconnected', 'leave')), [])
    assert.equal(await stateOf(story), 'disconnected')
    await count(story, 0)
    await story.nightly(only(story, CORNER_SHOP))
    assert.deepEqual((await standing(story))[0], ['ACTIVE', 15])
})

test('D14: what we made and was archived there is off sale as it is: with draft it stays so', async (t) => {
    const story = await synced(t)
    await story.edit(OUTLET, 'product.edit', { handle: 'mug', set: { status: 'ARCHIVED' } })
    const numbers = await ended(story, OUTLET, 'blocked', 'draft')
    assert.equal(numbers.lines, 0)
    assert.deepEqual((await standing(story))[0], ['ARCHIVED', 15])
})

test('D14: disconnecting with delete deletes what we made and leaves what was there before', async (t) => {
    const story = await synced(t)
    await ended(story, OUTLET, 'disconnected', 'delete')
    assert.deepEqual(await standing(story), [null, ['ACTIVE', 4]])
})

test('D14: a reconnected connection keeps its links, and its first sets wait for a person', async (t) => {
    const story = await synced(t)
    await ended(story, OUTLET, 'disconnected', 'zero')
    await reconnect(story.db, whoseOf(story), await connectionOf(story, OUTLET))
    story.oracle.reconnected(story.connections.get(OUTLET)!)
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    const held = await setsOf(story.db, story.account_id, { state: 'held' })
    assert.deepEqual(
        held.map((it) => [it.kind, it.hold_reason]),
        [['stock', 'first_sync']],
    )
    await story.approveAll()
    assert.deepEqual((await standing(story))[0], ['ACTIVE', 15])
})

test('D14: what the source blocked stays blocked when the destination disconnects and reconnects', async (t) => {
    const story = await synced(t)
    await ended(story, OUTLET, 'blocked', 'leave')
    await ended(story, OUTLET, 'disconnected', 'leave')
    assert.equal(await reconnect(story.db, whoseOf(story), await connectionOf(story, OUTLET)), 'blocked')
    const settings = plain()
    await connect(story.host, whoseOf(story), { source: NORTHWIND, destination: OUTLET, settings })
    assert.equal(await stateOf(story), 'blocked', 'other settings are no way round it')
    await assert.rejects(asked(story, OUTLET, 'blocked', 'zero'), /to be blocked, but connection \d+ is blocked/)
})

test('D14, rule 33: a figure that moved while it was zeroed is zeroed all the same, also where sales count', async (t) => {
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1')] },
        connections: [{ destination: OUTLET, settings: { rates, orders: 'adjust' } }],
    })
    await story.sandbox.control('fail.next', { kind: 'hold', shop: OUTLET, name: 'inventorySetQuantities' })
    const ending = ended(story, OUTLET, 'blocked', 'zero')
    await story.standing()
    await story.edit(OUTLET, 'level.set', { sku: 'MUG-1', available: 11 })
    await story.sandbox.control('fail.release')
    await ending
    assert.equal((await story.variant(OUTLET, 'MUG-1')).levels[0]?.available, 0)
})

test('rule 89: an end whose process was killed is gone on with by the next run, and nothing else is written', async (t) => {
    const story = await synced(t)
    await asked(story, OUTLET, 'blocked', 'zero')
    await count(story, 7)
    for (const job of ['compare', 'load']) await story.run(job)
    assert.deepEqual((await standing(story))[0], ['ACTIVE', 15])
    const connection = story.connections.get(OUTLET)!
    await story.nightly({ ...only(story, CORNER_SHOP), ends: [{ connection, items: 'zero' }] })
    assert.equal(await stateOf(story), 'blocked')
    assert.deepEqual((await standing(story))[0], ['ACTIVE', 0])
})

test('D14, rule 89: an end of which a write failed is not over: the next run goes on with it', async (t) => {
    const story = await synced(t)
    await asked(story, OUTLET, 'blocked', 'zero')
    const connection = story.connections.get(OUTLET)!
    const fault = { kind: 'access_denied', shop: OUTLET, name: 'inventorySetQuantities' }
    await story.sandbox.control('fail.next', { ...fault, times: 100 })
    await assert.rejects(story.run('end_connection', { connection }), /lines? could not be written/)
    assert.equal(await stateOf(story), 'connected')
    await story.sandbox.control('fail.clear')
    await story.run('hourly')
    assert.equal(await stateOf(story), 'blocked')
    assert.deepEqual((await standing(story))[0], ['ACTIVE', 0])
})

for (const [when, lost] of [
    ['before the numbers are shown', 'before'],
    ['after they were confirmed', 'after'],
]) {
    test(`rules 36 and 90: a token that is gone ${when} keeps no end back: stock stands, and a notice says so`, async (t) => {
        const story = await synced(t)
        const lose = () => story.sandbox.control('token.expire', { shop: OUTLET, token: `token-${OUTLET}` })
        const connection = story.connections.get(OUTLET)!
        if (lost === 'before') await lose()
        await asked(story, OUTLET, 'disconnected', 'zero')
        if (lost === 'after') await lose()
        await story.run('end_connection', { connection })
        assert.equal(await stateOf(story), 'disconnected')
        assert.deepEqual((await standing(story))[0], ['ACTIVE', 15])
        const notices = await noticesOf(story.db, story.account_id)
        const stands = notices.find(({ code }) => code === 'end_stands')
        assert.match(stands?.text ?? '', /outlet\.example lets us in no more: its linked items and their stock stand/)
    })
}

const movement = `(account_id, connection_id, kind, origin, origin_id, location_id, source_item_id, destination_item_id,
    source_location_id, factor, units, known_at)`

test('rule 21b: open stock movements stay when a connection is blocked or disconnected: what was sold is sold', async (t) => {
    const story = await synced(t)
    const { db, account_id, connections } = story
    await db.send(
        `insert into stock_movements ${movement}
        values (${account_id}, ${connections.get(OUTLET)}, 'sale', 'line_item', 1, 1, 1, 1, 1, 1, -2, now())`,
    )
    const why = async () => (await db.send('select why from stock_movements')).rows
    await ended(story, OUTLET, 'blocked', 'leave')
    assert.deepEqual(await why(), [{ why: null }])
    const numbers = await ended(story, OUTLET, 'disconnected', 'leave')
    assert.deepEqual([numbers.movements, numbers.movement_units], [1, -2])
    assert.deepEqual(await why(), [{ why: null }])
})
