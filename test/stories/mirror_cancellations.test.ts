import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { transaction } from '../../sql/database.ts'
import { releaseMirrors } from '../../sql/mirror/mirrors.ts'
import { CORNER_SHOP, NORTHWIND, OUTLET } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import { besideSoap, figures, mirrors, movements, orderAt, pushed, refunds, twinOf } from '../helpers/mirroring.ts'
import { buy, pushing } from '../helpers/pushing.ts'

const both = { destinations: [CORNER_SHOP, OUTLET] }

test('rule 24: an order that the destination cancels is cancelled at the source, and its units come back once', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2 }])
    assert.deepEqual(await figures(story), [48, 48, 48])
    await story.edit(CORNER_SHOP, 'order.cancel', { id: sold.id, restock: true, reason: 'CUSTOMER' })
    await story.hourly()
    const cancelled = await orderAt(story, NORTHWIND, twin)
    assert.notEqual(cancelled.cancelledAt, null)
    assert.equal((cancelled as unknown as { cancelReason: string }).cancelReason, 'CUSTOMER')
    await later(story)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [50, 50, 50])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    // what the buyer got back the twin's payment shows as well
    assert.equal((await orderAt(story, NORTHWIND, twin)).refunded, (await orderAt(story, NORTHWIND, twin)).received)
    assert.deepEqual(await movements(story), ['sale -2 shown', 'restock 2 shown'])
})

test('rule 24: an order that the source cancels is cancelled at the destination; its money is proposed, and given once approved', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2, price: '10.00' }], { shipping: '4.00' })
    await story.edit(NORTHWIND, 'order.cancel', { id: twin, restock: true, reason: 'INVENTORY' })
    await story.hourly()
    const cancelled = await orderAt(story, CORNER_SHOP, sold.id)
    assert.notEqual(cancelled.cancelledAt, null)
    assert.equal(cancelled.refunded, '0.00')
    assert.deepEqual(await mirrors(story, ['proposed']), ['refund_money to destination: proposed MONEY'])
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [50, 50, 50])
    await transaction(story.db, (tx) => releaseMirrors(tx, story.account_id, null, null, 'a person'))
    await story.hourly()
    assert.equal((await orderAt(story, CORNER_SHOP, sold.id)).refunded, '24.00')
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), ['24.00'])
})

test('rule 24: cancelled at both stores by hand, the units come back once and nothing is written', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2 }])
    await story.edit(CORNER_SHOP, 'order.cancel', { id: sold.id, restock: true })
    await story.edit(NORTHWIND, 'order.cancel', { id: twin, restock: true })
    const written = await story.writes(() => story.hourly())
    assert.deepEqual(
        written.filter((it) => !it.endsWith('inventorySetQuantities')),
        [],
    )
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [50, 50, 50])
    assert.deepEqual(await mirrors(story), ['cancel to source: adopted'])
})

test('rule 24: of an order that has lines of others only ours are taken off when the source cancels its part', async (t) => {
    const { story, sold, twin } = await besideSoap(t, 2)
    await story.edit(NORTHWIND, 'order.cancel', { id: twin, restock: true })
    await story.hourly()
    const order = await orderAt(story, CORNER_SHOP, sold.id)
    assert.equal(order.cancelledAt, null)
    assert.deepEqual(
        order.lines.map(({ sku, currentQuantity }) => `${sku} ${currentQuantity}`),
        ['MUG 0', 'SOAP 1'],
    )
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), ['2 CANCEL, 0.00'])
    await story.hourly()
    await later(story)
    await story.hourly()
    assert.deepEqual((await figures(story)).slice(0, 2), [50, 50])
})

/** Of two mugs beside a soap the source cancels its part, and the destination makes `quantity` of them, which no index shows. */
async function editedUnseen(t: TestContext, quantity: number) {
    const { story, sold, twin } = await besideSoap(t, 2)
    // a run that sees the order for the last time
    await later(story)
    await story.hourly()
    await story.edit(NORTHWIND, 'order.cancel', { id: twin, restock: true })
    await later(story)
    await story.edit(CORNER_SHOP, 'lag.set', { ms: 300_000 })
    await story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG', quantity }] })
    await story.run('hourly')
    return { story, sold }
}

test('rule 24: what was added to a part that the source cancelled, and no index shows yet, is taken off as well', async (t) => {
    const { story, sold } = await editedUnseen(t, 3)
    const order = await orderAt(story, CORNER_SHOP, sold.id)
    assert.deepEqual(
        order.lines.map(({ sku, currentQuantity }) => `${sku} ${currentQuantity}`),
        ['MUG 0', 'SOAP 1'],
    )
    await later(story)
    await story.run('hourly')
    await story.hourly()
    assert.deepEqual((await figures(story)).slice(0, 2), [50, 50])
})

test('rule 24: a part that the source cancelled, and of which the destination has nothing left, needs no refund', async (t) => {
    const { story, sold } = await editedUnseen(t, 0)
    assert.deepEqual(await mirrors(story), [
        'cancel_lines to destination: adopted NOTHING_LEFT',
        'refund_money to destination: proposed MONEY',
    ])
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), [])
    await later(story)
    await story.hourly()
    assert.deepEqual((await figures(story)).slice(0, 2), [50, 50])
})

test('rule 24: a cancellation waits for a person where the source has shipped', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2 }])
    // the parcel leaves while nobody looks, so that the destination may still be cancelled
    await story.edit(CORNER_SHOP, 'order.cancel', { id: sold.id, restock: true })
    await story.edit(NORTHWIND, 'order.ship', { id: twin })
    await story.run('hourly')
    assert.equal((await twinOf(story, sold.id)).cancelledAt, null)
    assert.deepEqual(await mirrors(story), [
        'fulfillment to destination: refused CANCELLED',
        'cancel to source: held ALREADY_SHIPPED',
    ])
    await later(story)
    await story.run('hourly')
    // the units are gone: they are on sale nowhere
    assert.deepEqual((await figures(story)).slice(0, 2), [48, 48])
})

test('rule 24: more cancellations than a run may carry wait, all of them, until a person lets them go', async (t) => {
    const story = await pushing(t, { settings: { mirror: { cancel_most: 1 } } })
    const sold: { id: number }[] = []
    for (const _ of [1, 2]) sold.push(await buy(story, [{ sku: 'MUG', quantity: 1 }]))
    await story.hourly()
    for (const { id } of sold) await story.edit(CORNER_SHOP, 'order.cancel', { id, restock: true })
    await story.run('hourly')
    const cancelled = async () =>
        (await Promise.all(sold.map(({ id }) => twinOf(story, id)))).filter(({ cancelledAt }) => cancelledAt !== null)
    assert.equal((await cancelled()).length, 0)
    const held = ['cancel to source: held CANCEL_MOST', 'cancel to source: held CANCEL_MOST']
    assert.deepEqual(await mirrors(story), held)
    const { rows } = await story.db.send<{ text: string }>(
        `select text from notices where code = 'mirror_cancels_held'`,
    )
    assert.match(rows[0]!.text, /2 cancellations wait, more than the 1/)
    await transaction(story.db, (tx) => releaseMirrors(tx, story.account_id, null, null, 'a person'))
    // what the run before did while nobody watched stands in the store for ten minutes
    await story.run('hourly')
    assert.equal((await cancelled()).length, 2)
    await later(story)
    await story.hourly()
    assert.deepEqual((await figures(story)).slice(0, 2), [50, 50])
})
