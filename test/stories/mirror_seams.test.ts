import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import { orderAt, pushed } from '../helpers/mirroring.ts'
import { pushing, squared } from '../helpers/pushing.ts'

const three = [{ sku: 'MUG', quantity: 3, price: '10.00' }]

test('rule 89: a parcel that lands after it was looked for is not sent a second time', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, three)
    await story.edit(NORTHWIND, 'order.ship', { id: twin, lines: [{ sku: 'MUG', quantity: 1 }] })
    await story.sandbox.control('fail.next', { kind: 'late', name: 'fulfillmentCreate', seconds: 40 })
    await story.run('hourly')
    await story.run('hourly')
    await later(story)
    await story.run('hourly')
    await later(story)
    await story.run('hourly')
    const { fulfillments } = await orderAt(story, CORNER_SHOP, sold.id)
    assert.equal(fulfillments.length, 1)
    await squared(story)
})

for (const cancelMs of [0, 30_000]) {
    const when = cancelMs === 0 ? 'at once' : 'a while after it'
    test(`rule 24: units that are lost with a cancellation, ${when}, are lost at the other store too`, async (t) => {
        const story = await pushing(t)
        for (const shop of [NORTHWIND, CORNER_SHOP]) {
            await story.sandbox.control('shop.set', { shop, set: { cancelMs } })
        }
        const [one, other] = [await pushed(story, three), await pushed(story, three)]
        const lost = { restock: false, note: 'hand', later: true }
        await story.edit(NORTHWIND, 'order.cancel', { id: one.twin, ...lost })
        await story.edit(CORNER_SHOP, 'order.cancel', { id: other.sold.id, ...lost })
        await story.run('hourly')
        for (let hour = 0; hour < 3; hour++) {
            await later(story)
            await story.run('hourly')
        }
        const orders = [await orderAt(story, CORNER_SHOP, one.sold.id), await orderAt(story, NORTHWIND, other.twin)]
        for (const order of orders) assert.notEqual(order.cancelledAt, null)
        await squared(story)
    })
}
