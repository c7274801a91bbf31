import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND } from '../helpers/cast.ts'
import { plain, startStory } from '../helpers/story.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const mug = { title: 'Mug', handle: 'mug', variants: [{ sku: 'MUG', price: '12.00', tracked: true, available: 20 }] }
const home = {
    firstName: 'Ada',
    lastName: 'Byron',
    address1: '1 Mill Lane',
    city: 'London',
    zip: 'N1',
    countryCode: 'GB',
}
const pushing = (more: SettingsDocument = {}) => plain({ orders: 'order_push', ...more })

test('rule 59: a sale at a destination becomes one order at the source, once, however often runs go by', async (t) => {
    const story = await startStory(t, {
        goods: { [NORTHWIND]: [mug] },
        connections: [{ destination: CORNER_SHOP, settings: pushing() }],
    })
    await story.firstSync()
    const sold = (await story.edit(CORNER_SHOP, 'order.sell', {
        lines: [{ sku: 'MUG', quantity: 2, price: '10.00' }],
        shippingAddress: home,
    })) as { id: number }
    await story.pass(0.1)
    await story.hourly()
    const twins = async () => ((await story.state(NORTHWIND)).orders ?? []).filter((it) => it.metafields.length > 0)
    assert.equal((await twins()).length, 1)
    await story.pass(1)
    await story.hourly()
    await story.nightly()
    const [twin, ...more] = await twins()
    assert.deepEqual(more, [])
    console.log(JSON.stringify(twin, null, 1), sold)
})
