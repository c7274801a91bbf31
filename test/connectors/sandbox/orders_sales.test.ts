import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sandboxFor } from '../../helpers/sandbox.ts'
import { act, plainOrder, sellMugs, shelves, stockMugs, TWO_PLACES } from '../../helpers/sandbox_orders.ts'

test('a sale sets units aside at once, paid or not, where the item is stocked with enough', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const paid = await sellMugs(talk, 2)
    assert.deepEqual(await shelves(talk), { Attic: '8/2/10', Barn: '5/0/5' })
    await sellMugs(talk, 1, { payment: 'pending', location: 'Barn' })
    await sellMugs(talk, 1, { payment: 'authorized' })
    const part = await sellMugs(talk, 4, { payment: 'partially_paid' })
    assert.deepEqual(await shelves(talk), { Attic: '3/7/10', Barn: '4/1/5' })
    const order = await plainOrder(talk, paid.id)
    assert.deepEqual([order.name, order.financialStatus, order.fulfillmentStatus], ['#1001', 'PAID', 'UNFULFILLED'])
    assert.equal((await plainOrder(talk, part.id)).financialStatus, 'PARTIALLY_PAID')
    // four at the attic are not enough for five: the barn has them
    await act(talk, 'level.set', { sku: 'MUG', location: 'Barn', available: 9 })
    await sellMugs(talk, 5)
    assert.deepEqual(await shelves(talk), { Attic: '3/7/10', Barn: '4/6/10' })
})

test('an item whose stock is not counted is sold without moving any', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await act(talk, 'product.create', { title: 'Poster', variants: [{ sku: 'POSTER', tracked: false, available: 3 }] })
    await act(talk, 'order.sell', { lines: [{ sku: 'POSTER', quantity: 2 }] })
    assert.deepEqual(await shelves(talk, 'POSTER'), { Attic: '3/0/3' })
})

test('payment states: a pending order is paid or voided, and its units stay set aside', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const [one, two, three] = [
        await sellMugs(talk, 1, { payment: 'pending' }),
        await sellMugs(talk, 1, { payment: 'authorized' }),
        await sellMugs(talk, 2, { payment: 'partially_paid' }),
    ]
    const status = async (id: number) => (await plainOrder(talk, id)).financialStatus
    assert.deepEqual(
        [await status(one.id), await status(two.id), await status(three.id)],
        ['PENDING', 'AUTHORIZED', 'PARTIALLY_PAID'],
    )
    await act(talk, 'order.void', { id: one.id })
    await act(talk, 'order.pay', { id: two.id })
    await act(talk, 'order.pay', { name: three.name })
    assert.deepEqual([await status(one.id), await status(two.id), await status(three.id)], ['VOIDED', 'PAID', 'PAID'])
    assert.deepEqual(await shelves(talk), { Attic: '6/4/10', Barn: '5/0/5' })
    const refused = await talk.control('order.void', { shop: 'northwind.example', id: two.id })
    assert.match(JSON.stringify(refused.body), /PENDING or AUTHORIZED, got #1002, which is PAID/)
})

test('a cancelled order has no units left; they come back if that is asked for, and are lost if not', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const [back, lost, unpaid] = [
        await sellMugs(talk, 2),
        await sellMugs(talk, 3),
        await sellMugs(talk, 1, { payment: 'pending' }),
    ]
    await act(talk, 'order.cancel', { id: back.id, restock: true, reason: 'CUSTOMER' })
    assert.deepEqual(await shelves(talk), { Attic: '6/4/10', Barn: '5/0/5' })
    await act(talk, 'order.cancel', { id: lost.id, restock: false })
    await act(talk, 'order.cancel', { id: unpaid.id })
    assert.deepEqual(await shelves(talk), { Attic: '7/0/7', Barn: '5/0/5' })
    const order = await plainOrder(talk, back.id)
    assert.deepEqual(
        [order.lines[0]?.quantity, order.lines[0]?.currentQuantity, order.financialStatus],
        [2, 0, 'REFUNDED'],
    )
    assert.deepEqual([order.cancelledAt !== null, order.fulfillmentOrders[0]?.status], [true, 'CLOSED'])
    assert.equal((await plainOrder(talk, unpaid.id)).financialStatus, 'VOIDED')
})

test('refunds: restocked, not restocked, and returned units move stock each in their way', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { id, lineId } = await sellMugs(talk, 4)
    await act(talk, 'order.refund', { id, lines: [{ lineId, quantity: 1, restock: 'cancel' }] })
    assert.deepEqual((await shelves(talk)).Attic, '7/3/10')
    await act(talk, 'order.refund', { id, lines: [{ sku: 'MUG', quantity: 1, restock: 'no_restock' }] })
    assert.deepEqual((await shelves(talk)).Attic, '7/2/9')
    await act(talk, 'order.ship', { id })
    assert.deepEqual((await shelves(talk)).Attic, '7/0/7')
    await act(talk, 'order.refund', { id, lines: [{ lineId, quantity: 1, restock: 'return', location: 'Barn' }] })
    assert.deepEqual(await shelves(talk), { Attic: '7/0/7', Barn: '6/0/6' })
    const order = await plainOrder(talk, id)
    assert.equal(order.financialStatus, 'PARTIALLY_REFUNDED')
    assert.equal(order.lines[0]?.currentQuantity, 1)
    assert.deepEqual(
        order.refunds.flatMap(({ lines }) => lines.map((line) => `${line.restockType} ${line.restocked}`)),
        ['CANCEL true', 'NO_RESTOCK false', 'RETURN true'],
    )
    await act(talk, 'order.refund', { id, lines: [{ lineId, quantity: 1, restock: 'no_restock' }] })
    assert.equal((await plainOrder(talk, id)).financialStatus, 'REFUNDED')
})

test('a refund of an order nobody paid moves units, and no money', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { id, lineId } = await sellMugs(talk, 2, { payment: 'pending' })
    await act(talk, 'order.refund', { id, lines: [{ lineId, quantity: 1, restock: 'cancel' }] })
    const { financialStatus, lines } = await plainOrder(talk, id)
    assert.deepEqual([financialStatus, lines[0]?.currentQuantity], ['PENDING', 1])
    assert.equal((await shelves(talk)).Attic, '9/1/10')
})
