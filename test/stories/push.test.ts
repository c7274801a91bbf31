import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSettings } from '../../jobs/connect.ts'
import { transaction } from '../../sql/database.ts'
import { decideOrders } from '../../sql/orders/orders.ts'
import { CORNER_SHOP, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { buy, listed, pushing, reasons, squared, twins } from '../helpers/pushing.ts'
import type { Story } from '../helpers/story.ts'

const available = async (story: Story, shop: string, sku = 'MUG') =>
    (await story.variant(shop, sku)).levels[0]?.available

async function say(story: Story, order: string, decision: 'push' | 'hold' | null) {
    const connection_id = story.connections.get(CORNER_SHOP)!
    const whose = { account_id: story.account_id, connection_id, who: 'a person' }
    const { order_id } = (await listed(story)).get(order)!
    await transaction(story.db, (tx) => decideOrders(tx, whose, [order_id], decision))
}

test('rules 18 and 59: a sale becomes one order at the source, which lowers it, however often runs go by', async (t) => {
    const story = await pushing(t, { destinations: [CORNER_SHOP, OUTLET] })
    const sold = await buy(story, [{ sku: 'MUG', quantity: 2 }])
    await story.hourly()
    const [twin, ...more] = await twins(story)
    assert.deepEqual(more, [])
    assert.equal(twin!.metafields[0]!.value, `${CORNER_SHOP}/${sold.id}`)
    const figures = () => Promise.all([NORTHWIND, CORNER_SHOP, OUTLET].map((shop) => available(story, shop)))
    assert.deepEqual(await figures(), [48, 48, 48])
    await story.hourly()
    await story.pass(1)
    await story.nightly()
    assert.equal((await twins(story)).length, 1)
    assert.deepEqual(await figures(), [48, 48, 48])
    const { rows } = await story.db.send<{ why: string }>('select why from stock_movements')
    assert.deepEqual(rows, [{ why: 'shown' }])
    await squared(story)
})

test('rules 52 and 53: each gate that refuses an order says so, and only linked lines travel', async (t) => {
    const own = single('Soap', 'SOAP', { variant: { available: 5 } })
    const story = await pushing(t, { goods: { [CORNER_SHOP]: [own] } })
    const mug = { sku: 'MUG', quantity: 1, price: '10.00' }
    await buy(story, [mug], { name: '#OLD', createdSecondsAgo: 30 * 86_400 })
    await buy(story, [mug], { name: '#TEST', test: true })
    await buy(story, [mug], { name: '#UNPAID', payment: 'pending' })
    await buy(story, [{ ...mug, price: '0.00' }], { name: '#FREE' })
    await buy(story, [mug], { name: '#NOWHERE', shippingAddress: { firstName: 'Ada', countryCode: 'GB' } })
    await buy(story, [{ sku: 'SOAP', quantity: 1, price: '3.00' }], { name: '#FOREIGN' })
    await buy(story, [mug], { name: '#CANCELLED' })
    await story.edit(CORNER_SHOP, 'order.cancel', { name: '#CANCELLED', restock: true })
    await buy(story, [mug, { sku: 'SOAP', quantity: 2, price: '3.00' }], { name: '#BOTH' })
    await story.run('hourly')
    assert.deepEqual(await reasons(story), {
        '#TEST': 'TEST_ORDER',
        '#UNPAID': 'NOT_PAID',
        '#FREE': 'ZERO_TOTAL',
        '#NOWHERE': 'NO_ADDRESS',
        '#FOREIGN': 'NO_LINKED_LINE',
        '#CANCELLED': 'CANCELLED_BEFORE_PUSH',
        '#BOTH': 'pushed',
    })
    const [twin] = await twins(story)
    assert.deepEqual(
        twin!.lines.map(({ sku, quantity }) => `${quantity} ${sku}`),
        ['1 MUG'],
    )
    assert.match(twin!.note ?? '', /1 of its 2 lines are here; 1 stay at corner-shop.example/)
    await squared(story)
})

test('rules 19 and 58: an unpaid order is pushed once it is paid, one that is cancelled before never', async (t) => {
    const story = await pushing(t)
    const unpaid = await buy(story, [{ sku: 'MUG', quantity: 1 }], { payment: 'pending' })
    const unwanted = await buy(story, [{ sku: 'MUG', quantity: 1 }], { payment: 'pending' })
    await story.hourly()
    await story.edit(CORNER_SHOP, 'order.pay', { id: unpaid.id })
    await story.edit(CORNER_SHOP, 'order.cancel', { id: unwanted.id, restock: true })
    await story.hourly()
    assert.deepEqual(await reasons(story), {
        [unpaid.name]: 'pushed',
        [unwanted.name]: 'CANCELLED_BEFORE_PUSH',
    })
    await squared(story)
})

test('rule 57: with the automatic push off nothing is pushed but what a person asks for; a held order waits', async (t) => {
    const story = await pushing(t, { settings: { push: { automatic: false } } })
    const [one, two] = [
        await buy(story, [{ sku: 'MUG', quantity: 1 }]),
        await buy(story, [{ sku: 'VASE', quantity: 1 }]),
    ]
    await story.hourly()
    assert.deepEqual(await reasons(story), { [one.name]: 'PUSH_DISABLED', [two.name]: 'PUSH_DISABLED' })
    await say(story, one.name, 'push')
    await story.hourly()
    assert.deepEqual(await reasons(story), { [one.name]: 'pushed', [two.name]: 'PUSH_DISABLED' })
    assert.equal((await listed(story)).get(one.name)!.mode, 'manual')
    await story.settings(CORNER_SHOP, { rates, orders: 'order_push' })
    await say(story, two.name, 'hold')
    await story.hourly()
    assert.equal((await reasons(story))[two.name], 'HELD')
    await story.db.send('update stores set automatic_push = false')
    await say(story, two.name, null)
    await story.hourly()
    assert.equal((await reasons(story))[two.name], 'PUSH_DISABLED', 'the switch of the store goes before')
})

test('rule 52: what a month may hold is pushed, the older ones first', async (t) => {
    const story = await pushing(t, { settings: { push: { most_a_month: 1 } } })
    const [one, two] = [
        await buy(story, [{ sku: 'MUG', quantity: 1 }]),
        await buy(story, [{ sku: 'MUG', quantity: 1 }]),
    ]
    await story.hourly()
    assert.deepEqual(await reasons(story), { [one.name]: 'pushed', [two.name]: 'PLAN_LIMIT' })
    await squared(story)
})

test('rule 52: a source without stock refuses an order that obeys its policy, and takes it once it has some', async (t) => {
    const story = await pushing(t, { settings: { push_inventory: 'decrement_obeying_policy' } })
    const { name } = await buy(story, [{ sku: 'MUG', quantity: 3 }])
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG', available: 2 })
    await story.hourly()
    assert.equal((await reasons(story))[name], 'STOCK_REFUSED')
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG', available: 9 })
    await story.pass(0.2)
    await story.hourly()
    assert.equal((await reasons(story))[name], 'pushed')
    assert.equal(await available(story, NORTHWIND), 6)
    await squared(story)
})

test('rule 39: without a rate nothing is pushed', async (t) => {
    const story = await pushing(t)
    await changeSettings(story.host, { account_id: story.account_id, who: 'a person' }, 1, {
        orders: 'order_push',
        price_rules: [{ rate: '0.8' }],
    })
    const { name } = await buy(story, [{ sku: 'MUG', quantity: 1 }])
    await story.run('hourly')
    assert.equal((await reasons(story))[name], 'FX_MISSING')
})
