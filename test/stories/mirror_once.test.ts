import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import { figures, mirrors, orderAt, type Pushed, pushed, refunds, twinsAgree } from '../helpers/mirroring.ts'
import { pushing } from '../helpers/pushing.ts'
import type { Story } from '../helpers/story.ts'

const three = [{ sku: 'MUG', quantity: 3, price: '10.00' }]
const one = { sku: 'MUG', quantity: 1 }

/** What happens to an order of three mugs, by which call it is carried, and what there must be one of. */
type Case = {
    call: string
    shop: string
    shipped?: boolean
    happens: (story: Story, order: Pushed) => Promise<unknown>
    once: (story: Story, order: Pushed) => Promise<unknown>
    is: unknown
}

const cases: Record<string, Case> = {
    'rule 64: a parcel': {
        call: 'fulfillmentCreate',
        shop: CORNER_SHOP,
        happens: (story, { twin }) => {
            const tracking = { company: 'UPS', number: '1Z1', url: 'https://ups.example/1Z1' }
            return story.edit(NORTHWIND, 'order.ship', { id: twin, lines: [one], tracking })
        },
        once: async (story, { sold }) => (await orderAt(story, CORNER_SHOP, sold.id)).fulfillments.length,
        is: 1,
    },
    'rule 68: a refund of the destination': {
        call: 'refundCreate',
        shop: NORTHWIND,
        happens: (story, { sold }) =>
            story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: [{ ...one, restock: 'cancel' }] }),
        once: (story, { twin }) => refunds(story, NORTHWIND, twin),
        is: ['1 CANCEL, 12.50'],
    },
    'rule 68: a refund of the source': {
        call: 'refundCreate',
        shop: CORNER_SHOP,
        happens: (story, { twin }) =>
            story.edit(NORTHWIND, 'order.refund', { id: twin, lines: [{ ...one, restock: 'cancel' }], note: 'hand' }),
        once: async (story, { sold, twin }) => [
            ...(await refunds(story, CORNER_SHOP, sold.id)),
            ...(await refunds(story, NORTHWIND, twin)),
        ],
        is: ['1 CANCEL, 0.00', '1 CANCEL, 12.50'],
    },
    'rule 24: a cancellation': {
        call: 'orderCancel',
        shop: NORTHWIND,
        happens: (story, { sold }) => story.edit(CORNER_SHOP, 'order.cancel', { id: sold.id, restock: true }),
        once: async (story, { twin }) => (await orderAt(story, NORTHWIND, twin)).cancelledAt !== null,
        is: true,
    },
    'rule 67: an edit': {
        call: 'orderEditCommit',
        shop: NORTHWIND,
        happens: (story, { sold }) =>
            story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG', quantity: 2 }] }),
        once: async (story, { twin }) => (await orderAt(story, NORTHWIND, twin)).lines[0]!.currentQuantity,
        is: 2,
    },
    'rule 69: a return': {
        call: 'returnCreate',
        shop: NORTHWIND,
        shipped: true,
        happens: (story, { sold }) =>
            story.edit(CORNER_SHOP, 'order.return', { id: sold.id, step: 'open', lines: [one] }),
        once: async (story, { twin }) => (await orderAt(story, NORTHWIND, twin)).returns.map(({ status }) => status),
        is: ['OPEN'],
    },
    'rule 69: a return that is taken back': {
        call: 'returnProcess',
        shop: CORNER_SHOP,
        shipped: true,
        happens: async (story, { twin }) => {
            await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'open', lines: [one] })
            await story.hourly()
            await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'process', amount: '0' })
        },
        once: (story, { sold }) => refunds(story, CORNER_SHOP, sold.id),
        is: ['1 RETURN, 0.00'],
    },
}

async function begin(t: Parameters<typeof pushing>[0], { shipped, happens }: Case) {
    const story = await pushing(t)
    const order = await pushed(story, three)
    if (shipped) {
        await story.edit(NORTHWIND, 'order.ship', { id: order.twin })
        await story.hourly()
    }
    await happens(story, order)
    return { story, order }
}

/** Runs go by until everything is as it should be, and one more writes nothing. */
async function settles(story: Story, order: Pushed, { once, is }: Case) {
    await later(story)
    await story.hourly()
    await later(story)
    await story.hourly()
    assert.deepEqual(await once(story, order), is)
    assert.deepEqual(await mirrors(story, ['planned', 'sent', 'unknown', 'held', 'refused', 'waiting']), [])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    const [source, destination] = await figures(story)
    assert.equal(destination, source)
    await twinsAgree(story)
}

for (const [name, told] of Object.entries(cases)) {
    test(`${name} whose answer was lost is not carried again (rules 68, 89)`, async (t) => {
        const { story, order } = await begin(t, told)
        await story.sandbox.control('fail.next', { kind: 'timeout_after', name: told.call, shop: told.shop })
        await story.run('hourly')
        assert.equal((await mirrors(story, ['unknown'])).length, 1)
        await settles(story, order, told)
    })

    test(`${name} that never arrived is sent again (rules 68, 89)`, async (t) => {
        const { story, order } = await begin(t, told)
        await story.sandbox.control('fail.next', { kind: 'timeout_before', name: told.call, shop: told.shop })
        await story.run('hourly')
        assert.equal((await mirrors(story, ['unknown'])).length, 1)
        await settles(story, order, told)
    })

    test(`${name} of which a killed process noted nothing after it was sent is not carried again (rules 68, 89)`, async (t) => {
        const { story, order } = await begin(t, told)
        await story.hourly()
        const { rows } = await story.db.send(
            `update mirror_intents set state = 'sent', target_id = null, told_at = null, payload = payload - 'suggested'
            where mirror_id = (
                select max(mirror_id) from mirror_intents
                where state = 'answered' and variables is not null and kind not in ('refund_money', 'return_step')
            )
            returning kind`,
        )
        assert.equal(rows.length, 1)
        await settles(story, order, told)
    })
}

test('rule 68: where several parcels could be the one that was sent, a person has to look', async (t) => {
    const { story, order } = await begin(t, cases['rule 64: a parcel']!)
    await story.sandbox.control('fail.next', { kind: 'timeout_before', name: 'fulfillmentCreate', shop: CORNER_SHOP })
    await story.run('hourly')
    const tracking = { company: 'UPS', number: '1Z1', url: 'https://ups.example/1Z1' }
    for (const _ of [1, 2]) await story.edit(CORNER_SHOP, 'order.ship', { id: order.sold.id, lines: [one], tracking })
    await story.run('hourly')
    assert.deepEqual(await mirrors(story), ['fulfillment to destination: held SEVERAL_MATCH'])
    assert.equal((await orderAt(story, CORNER_SHOP, order.sold.id)).fulfillments.length, 2)
})

test('rule 68: a refund whose key Shopify has forgotten is looked up by its note, and sent anew only if it is not there', async (t) => {
    const told = cases['rule 68: a refund of the destination']!
    const { story, order } = await begin(t, told)
    await story.sandbox.control('fail.next', { kind: 'timeout_after', name: 'refundCreate', shop: NORTHWIND })
    await story.run('hourly')
    await story.pass(30)
    await story.run('hourly')
    assert.deepEqual(await told.once(story, order), told.is)
    assert.deepEqual(await mirrors(story), ['refund to source: adopted'])
})

test('nothing is sent to a store that does not let us, and a notice names what it lacks', async (t) => {
    const { story, order } = await begin(t, cases['rule 64: a parcel']!)
    await story.db.send(
        `update stores set scopes = array_remove(scopes, 'write_merchant_managed_fulfillment_orders') where role = 'destination'`,
    )
    await story.run('hourly')
    assert.equal((await orderAt(story, CORNER_SHOP, order.sold.id)).fulfillments.length, 0)
    const { rows } = await story.db.send<{ text: string }>(`select text from notices where code = 'mirror_scopes'`)
    assert.match(rows[0]!.text, /write_merchant_managed_fulfillment_orders/)
})
