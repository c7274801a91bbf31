import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { transaction } from '../../sql/database.ts'
import { ordersOf } from '../../sql/orders/orders.ts'
import { NORTHWIND, OUTLET, SOUTHWIND, single } from '../helpers/cast.ts'
import { buy, squared, twins, wares } from '../helpers/pushing.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

/** One destination that sells goods of two sources. */
async function ofTwo(t: TestContext, settings: { [source: string]: SettingsDocument } = {}) {
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: wares, [SOUTHWIND]: [single('Rug', 'RUG', { variant: { available: 9 } })] },
        connections: [NORTHWIND, SOUTHWIND].map((source) => ({
            ...{ source, destination: OUTLET, settings: { orders: 'order_push', ...settings[source] } },
        })),
    })
    const states = () =>
        Promise.all(
            [1, 2].map((connection_id) =>
                transaction(story.db, async (tx) => {
                    const [order] = await ordersOf(tx, { account_id: story.account_id, connection_id }, { limit: 1 })
                    return order!.push_state === 'pushed' ? 'pushed' : order!.reason
                }),
            ),
        )
    return { story, states }
}

const both = [
    { sku: 'MUG', quantity: 2 },
    { sku: 'RUG', quantity: 1 },
]

test('rule 54: lines of two sources become two orders', async (t) => {
    const { story, states } = await ofTwo(t)
    await buy(story, both, {}, OUTLET)
    await story.hourly()
    const made = [...(await twins(story)), ...(await twins(story, SOUTHWIND))]
    assert.deepEqual(
        made.map(({ lines }) => lines.map(({ sku, quantity }) => `${quantity} ${sku}`)),
        [['2 MUG'], ['1 RUG']],
    )
    assert.deepEqual(await states(), ['pushed', 'pushed'])
    await squared(story)
})

test('rule 55: an unpaid order goes to the source that takes any, and to the other once it is paid', async (t) => {
    const { story, states } = await ofTwo(t, { [SOUTHWIND]: { counts_as_paid: 'any' } })
    const { id } = await buy(story, both, { payment: 'pending' }, OUTLET)
    await story.hourly()
    assert.deepEqual(await states(), ['NOT_PAID', 'pushed'])
    await story.edit(OUTLET, 'order.pay', { id })
    await story.hourly()
    assert.deepEqual(await states(), ['pushed', 'pushed'])
    await squared(story)
})
