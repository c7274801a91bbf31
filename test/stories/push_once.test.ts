import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transaction } from '../../sql/database.ts'
import { decideOrders } from '../../sql/orders/orders.ts'
import { execute } from '../../sql/query.ts'
import { CORNER_SHOP, NORTHWIND } from '../helpers/cast.ts'
import { buy, listed, pushing, reasons, squared, twins } from '../helpers/pushing.ts'
import type { Story } from '../helpers/story.ts'

const fail = (story: Story, kind: string, name: string, more = {}) =>
    story.sandbox.control('fail.next', { kind, name, shop: NORTHWIND, ...more })

const intents = async ({ db }: Story) =>
    (await db.send<{ state: string; attempts: number }>('select state, attempts from order_pushes')).rows

const mug = { sku: 'MUG', quantity: 2 }
const drafts = { settings: { push: { as: 'draft' } } }

test('rule 59: an order that was made although no answer came is found by its mark at once', async (t) => {
    const story = await pushing(t)
    await buy(story, [mug])
    await fail(story, 'timeout_after', 'orderCreate')
    await story.hourly()
    assert.equal((await twins(story)).length, 1)
    assert.deepEqual(await intents(story), [{ state: 'answered', attempts: 1 }])
    await squared(story)
})

test('rule 59: one that was not made is looked up twice, a minute apart, and only then made anew', async (t) => {
    const story = await pushing(t)
    await buy(story, [mug])
    await fail(story, 'timeout_before', 'orderCreate')
    await story.hourly()
    assert.deepEqual(await intents(story), [{ state: 'unknown', attempts: 1 }])
    await story.hourly()
    await story.hourly()
    assert.equal((await twins(story)).length, 0, 'less than a minute has gone by')
    await story.pass(1 / 60 + 0.001)
    await story.hourly()
    assert.equal((await twins(story)).length, 1)
    assert.deepEqual(await intents(story), [{ state: 'answered', attempts: 2 }])
    assert.equal((await story.variant(NORTHWIND, 'MUG')).levels[0]!.available, 48)
    await squared(story)
})

test('rule 59: one that lands after it was looked up is found by the second look', async (t) => {
    const story = await pushing(t)
    await story.sandbox.control('shop.set', { shop: NORTHWIND, set: { uniqueOrderMetafields: 'ignored' } })
    await buy(story, [mug])
    await fail(story, 'late', 'orderCreate', { seconds: 40 })
    await story.run('hourly')
    assert.deepEqual(await intents(story), [{ state: 'unknown', attempts: 1 }])
    await story.run('hourly')
    await story.pass(0.5)
    await story.run('hourly')
    assert.equal((await twins(story)).length, 1)
    await story.pass(0.5)
    await story.hourly()
    assert.equal((await twins(story)).length, 1)
    await squared(story)
})

test('an order that surely did not reach the source is sent by the next run', async (t) => {
    const story = await pushing(t)
    const { name } = await buy(story, [mug])
    await fail(story, 'http_status', 'orderCreate', { status: 400 })
    await story.run('hourly').catch(() => undefined)
    await story.pass(0.1)
    await story.hourly()
    assert.equal((await reasons(story))[name], 'pushed')
    await squared(story)
})

test('rule 21b: a draft lowers nothing until the source completes it; then it is the order that is told of', async (t) => {
    const story = await pushing(t, drafts)
    const { name } = await buy(story, [mug])
    await story.hourly()
    assert.deepEqual(await intents(story), [{ state: 'drafted', attempts: 1 }])
    assert.equal((await story.variant(NORTHWIND, 'MUG')).levels[0]!.available, 50)
    assert.equal((await story.variant(CORNER_SHOP, 'MUG')).levels[0]!.available, 48)
    await story.edit(NORTHWIND, 'draft.complete', {})
    await story.pass(0.2)
    await story.run('hourly')
    await story.pass(0.2)
    await story.hourly()
    assert.equal((await twins(story)).length, 1)
    assert.deepEqual(await intents(story), [{ state: 'answered', attempts: 1 }])
    assert.equal((await story.variant(CORNER_SHOP, 'MUG')).levels[0]!.available, 48)
    assert.ok((await listed(story)).get(name)!.source_order_name)
    await squared(story)
})

test('rule 59: a draft that got no answer is looked for twice and never made again by itself; a person may', async (t) => {
    const story = await pushing(t, drafts)
    const { name } = await buy(story, [mug])
    await fail(story, 'timeout_before', 'draftOrderCreate')
    await story.run('hourly')
    await story.pass(0.1)
    await story.run('hourly')
    await story.pass(0.1)
    await story.run('hourly')
    assert.deepEqual(await intents(story), [{ state: 'unresolved', attempts: 1 }])
    const { order_id, detail } = (await listed(story)).get(name)!
    assert.match(detail ?? '', /Look among the drafts of northwind.example/)
    const whose = { account_id: story.account_id, connection_id: 1, who: 'a person' }
    await transaction(story.db, (tx) => decideOrders(tx, whose, [order_id], 'push'))
    await story.run('hourly')
    assert.deepEqual(await intents(story), [{ state: 'drafted', attempts: 2 }])
})

test('rule 58: the draft of an order that is cancelled before anybody completed it is taken away', async (t) => {
    const story = await pushing(t, drafts)
    const { id, name } = await buy(story, [mug])
    await story.hourly()
    await story.edit(CORNER_SHOP, 'order.cancel', { id, restock: true })
    await story.pass(0.2)
    await story.hourly()
    assert.deepEqual(await intents(story), [{ state: 'refused', attempts: 1 }])
    assert.equal((await reasons(story))[name], 'CANCELLED_BEFORE_PUSH')
    await story.pass(0.2)
    await story.hourly()
    assert.equal((await story.variant(CORNER_SHOP, 'MUG')).levels[0]!.available, 50)
    await squared(story)
})

test('rule 70: an order older than the connection is read and pushed only where a person asks for its days', async (t) => {
    const story = await pushing(t)
    await buy(story, [mug], { name: '#OLD', createdSecondsAgo: 10 * 86_400 })
    await story.run('nightly')
    assert.deepEqual(await reasons(story), {})
    const whose = { account_id: story.account_id, connection_id: 1 }
    const from = new Date(Date.now() - 12 * 86_400_000)
    await execute(story.db, 'orders/read_from', { ...whose, from })
    await story.run('push_orders', { whole: true, dry_run: true })
    assert.deepEqual(await reasons(story), { '#OLD': 'BEFORE_CONNECTION' })
    const { order_id } = (await listed(story)).get('#OLD')!
    await transaction(story.db, (tx) => decideOrders(tx, { ...whose, who: 'a person' }, [order_id], 'push'))
    await story.run('push_orders')
    assert.deepEqual(await reasons(story), { '#OLD': 'pushed' })
    const { rows } = await story.db.send('select * from stock_movements')
    assert.deepEqual(rows, [], 'it never counted')
})
