import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startSandbox } from '../../../connectors/sandbox/sandbox.ts'
import { NORTHWIND, sandboxFor, talkTo } from '../../helpers/sandbox.ts'
import { act, plainOrder, plainState, sellMugs, shelves, stockMugs, TWO_PLACES } from '../../helpers/sandbox_orders.ts'

test('an edit adds lines and units, takes units off, and stock follows', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    await act(talk, 'product.create', {
        title: 'Cup',
        variants: [{ sku: 'CUP', price: '5', tracked: true, available: 8 }],
    })
    const { id, lineId } = await sellMugs(talk, 3)
    await act(talk, 'order.edit', { id, add: [{ sku: 'CUP', quantity: 2 }], set: [{ lineId, quantity: 1 }] })
    assert.deepEqual(
        [await shelves(talk), await shelves(talk, 'CUP')],
        [{ Attic: '9/1/10', Barn: '5/0/5' }, { Attic: '6/2/8' }],
    )
    await act(talk, 'order.edit', {
        id,
        set: [
            { lineId, quantity: 4 },
            { sku: 'CUP', quantity: 0, restock: false },
        ],
    })
    assert.deepEqual(
        [await shelves(talk), await shelves(talk, 'CUP')],
        [{ Attic: '6/4/10', Barn: '5/0/5' }, { Attic: '6/0/6' }],
    )
    const { lines } = await plainOrder(talk, id)
    assert.deepEqual(
        lines.map(({ sku, currentQuantity }) => [sku, currentQuantity]),
        [
            ['MUG', 4],
            ['CUP', 0],
        ],
    )
})

test('shipping takes units off the shelf, parcel by parcel, and closes the fulfillment order', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { id, lineId } = await sellMugs(talk, 3)
    const tracking = { company: 'UPS', number: '1Z1', url: 'https://ups.example/1Z1' }
    await act(talk, 'order.ship', { id, lines: [{ lineId, quantity: 1 }], tracking })
    const half = await plainOrder(talk, id)
    assert.deepEqual(
        [half.fulfillmentStatus, half.fulfillmentOrders[0]?.status],
        ['PARTIALLY_FULFILLED', 'IN_PROGRESS'],
    )
    assert.equal(half.fulfillments[0]?.tracking[0]?.number, '1Z1')
    assert.equal((await shelves(talk)).Attic, '7/2/9')
    await act(talk, 'order.ship', { id })
    const whole = await plainOrder(talk, id)
    assert.deepEqual([whole.fulfillmentStatus, whole.fulfillmentOrders[0]?.status], ['FULFILLED', 'CLOSED'])
    assert.equal((await shelves(talk)).Attic, '7/0/7')
    await act(talk, 'order.unship', { id })
    assert.equal((await shelves(talk)).Attic, '7/2/9')
    const refused = await talk.control('order.ship', { shop: NORTHWIND, id, lines: [{ lineId, quantity: 9 }] })
    assert.match(JSON.stringify(refused.body), /expected at most 2 units/)
})

test('a fulfillment order that is moved takes its units along', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { id, lineId } = await sellMugs(talk, 3)
    await act(talk, 'order.move', { id, location: 'Barn' })
    assert.deepEqual(await shelves(talk), { Attic: '10/0/10', Barn: '2/3/5' })
    const barn = (await plainState(talk)).locations.find(({ name }) => name === 'Barn')
    assert.equal((await plainOrder(talk, id)).lines[0]?.locationId, barn?.id)
    await act(talk, 'order.ship', { id, lines: [{ lineId, quantity: 1 }] })
    await act(talk, 'order.move', { id, location: 'Attic' })
    assert.deepEqual(await shelves(talk), { Attic: '8/2/10', Barn: '4/0/4' })
    const { fulfillmentOrders } = await plainOrder(talk, id)
    assert.deepEqual(
        fulfillmentOrders.map(({ status, lines }) => [status, lines[0]?.remainingQuantity]),
        [
            ['CLOSED', 0],
            ['OPEN', 2],
        ],
    )
})

test('a return is asked for, agreed to, and processed with or without going back on sale', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { id, lineId } = await sellMugs(talk, 3)
    await act(talk, 'order.ship', { id })
    await act(talk, 'order.return', { id, step: 'request', lines: [{ lineId, quantity: 1 }] })
    await act(talk, 'order.return', { id, step: 'approve' })
    await act(talk, 'order.return', { id, step: 'process' })
    assert.equal((await shelves(talk)).Attic, '8/0/8')
    await act(talk, 'order.return', { id, lines: [{ lineId, quantity: 1 }] })
    await act(talk, 'order.return', { id, step: 'process', restock: false })
    assert.equal((await shelves(talk)).Attic, '8/0/8')
    const order = await plainOrder(talk, id)
    assert.deepEqual(
        [order.returns.map(({ status }) => status), order.lines[0]?.currentQuantity, order.financialStatus],
        [['CLOSED', 'CLOSED'], 1, 'PARTIALLY_REFUNDED'],
    )
})

test('units that were refunded before they came back are not refunded with their return', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { id, lineId } = await sellMugs(talk, 1)
    await act(talk, 'order.ship', { id })
    await act(talk, 'order.return', { id, lines: [{ lineId, quantity: 1 }] })
    await act(talk, 'order.refund', { id, lines: [{ lineId, quantity: 1, restock: 'return' }] })
    await act(talk, 'order.return', { id, step: 'process', restock: false })
    const order = await plainOrder(talk, id)
    assert.deepEqual([order.refunds.length, order.lines[0]?.currentQuantity], [1, 0])
    assert.deepEqual(
        order.returns.map(({ status }) => status),
        ['CLOSED'],
    )
})

test('a whole order over two locations has a fulfillment order at each', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const lines = [
        { sku: 'MUG', quantity: 2, location: 'Attic' },
        { sku: 'MUG', quantity: 1, location: 'Barn' },
    ]
    const { id } = await act(talk, 'order.sell', { lines })
    assert.equal((await plainOrder(talk, id)).fulfillmentOrders.length, 2)
    assert.deepEqual(await shelves(talk), { Attic: '8/2/10', Barn: '4/1/5' })
    await act(talk, 'order.ship', { id, location: 'Barn' })
    assert.deepEqual(await shelves(talk), { Attic: '8/2/10', Barn: '4/0/4' })
})

test('orders are kept between starts, with what is still to be shipped of them', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'crossdock-orders-'))
    t.after(() => rm(folder, { recursive: true }))
    const stateFile = join(folder, 'state.json')
    const first = talkTo(await startSandbox({ shops: TWO_PLACES, stateFile }))
    await stockMugs(first)
    const { id, lineId } = await sellMugs(first, 3)
    await act(first, 'order.ship', { id, lines: [{ lineId, quantity: 1 }] })
    await first.sandbox.close()
    const second = await sandboxFor(t, { shops: TWO_PLACES, stateFile })
    await act(second, 'order.ship', { id })
    assert.equal((await plainOrder(second, id)).fulfillmentStatus, 'FULFILLED')
    assert.equal((await shelves(second)).Attic, '7/0/7')
    assert.equal((await sellMugs(second, 1)).name, '#1002')
})
