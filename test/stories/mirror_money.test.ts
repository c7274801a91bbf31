import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transaction } from '../../sql/database.ts'
import { releaseMirrors } from '../../sql/mirror/mirrors.ts'
import { CORNER_SHOP, NORTHWIND } from '../helpers/cast.ts'
import { mirrorRows, mirrors, orderAt, pushed, refunds } from '../helpers/mirroring.ts'
import { pushing } from '../helpers/pushing.ts'
import type { Story } from '../helpers/story.ts'

const approve = (story: Story) =>
    transaction(story.db, (tx) => releaseMirrors(tx, story.account_id, null, null, 'a person'))
const mugs = (quantity: number, restock = 'cancel') => [{ sku: 'MUG', quantity, restock }]
const three = [{ sku: 'MUG', quantity: 3, price: '10.00' }]

test('D19: money of a refund at the source is proposed, at the rate the push froze, and given once a person approves it', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, three)
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(1) })
    await story.hourly()
    const [proposed] = await mirrorRows(story, ['proposed'])
    assert.deepEqual([proposed!.amount, proposed!.currency], ['10.00', 'GBP'])
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), ['1 CANCEL, 0.00'])
    await story.hourly()
    assert.equal((await orderAt(story, CORNER_SHOP, sold.id)).refunded, '0.00')
    await approve(story)
    await story.hourly()
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), ['1 CANCEL, 0.00', '10.00'])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    assert.equal((await orderAt(story, NORTHWIND, twin)).refunds.length, 1, 'it is not carried back')
})

test('D19: with automatic money goes by itself within the limits, and what is more waits for a person', async (t) => {
    const story = await pushing(t, {
        settings: { mirror: { money: 'automatic', money_most: '15', money_most_a_day: '25' } },
    })
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 6, price: '10.00' }])
    const refunded = async () => (await orderAt(story, CORNER_SHOP, sold.id)).refunded
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(2) })
    await story.hourly()
    assert.equal(await refunded(), '0.00', 'more than a refund may be')
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(1) })
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(1) })
    await story.hourly()
    assert.equal(await refunded(), '20.00')
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(1) })
    await story.hourly()
    assert.equal(await refunded(), '20.00', 'more than a day may bring')
    const limited = 'refund_money to destination: proposed MONEY_LIMIT'
    assert.deepEqual(await mirrors(story, ['proposed']), [limited, limited])
    await approve(story)
    await story.hourly()
    assert.equal(await refunded(), '50.00')
})

test('D19: what is given back never exceeds what the destination itself suggests', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, three)
    // the source is generous: the unit cost 12.50 there
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(1), amount: '20.00' })
    await story.hourly()
    const [proposed] = await mirrorRows(story, ['proposed'])
    assert.equal(Number(proposed!.amount), 10)
    await approve(story)
    await story.hourly()
    assert.equal((await orderAt(story, CORNER_SHOP, sold.id)).refunded, '10.00')
})

test('D19: money alone that the source gives back is proposed, no more than there is', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, three)
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: [], amount: '5.00' })
    await story.hourly()
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), [])
    await approve(story)
    await story.hourly()
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), ['4.00'])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
})

test('D19: refunds of the destination are booked at the twin, and the last one takes the rounding rest', async (t) => {
    const story = await pushing(t)
    // 9.99 GBP are 12.4875 USD: three times 4.16 would leave a cent
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 3, price: '3.33' }])
    const paid = (await orderAt(story, NORTHWIND, twin)).received
    assert.equal(paid, '12.49')
    for (let one = 0; one < 3; one++) {
        await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: mugs(1) })
        await story.hourly()
    }
    const { refunded, refunds: all } = await orderAt(story, NORTHWIND, twin)
    assert.equal(refunded, paid)
    assert.equal(all.length, 3)
    assert.equal((await orderAt(story, CORNER_SHOP, sold.id)).refunded, '9.99')
})

test('D19: money alone that the destination gives back is booked at the twin', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, three)
    await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: [], amount: '4.00' })
    await story.hourly()
    assert.deepEqual(await refunds(story, NORTHWIND, twin), ['5.00'])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
})
