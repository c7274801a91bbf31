import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cornerShop, mug, NOON, range } from './corner_shop.ts'
import { figuresOf, sheetsOf } from './reading.ts'
import { seedPush } from './seed_push.ts'

test('parcels, refunds, cancellations and returns of both stores show with their order', async (t) => {
    const { house, connection } = await cornerShop(t)
    await house.order({
        ...{ id: 1, at: NOON, lines: [mug()] },
        more: {
            refunded_total: '10.0',
            cancelled_at: '2027-01-28T12:00:00Z',
            fulfillment_status: 'PARTIALLY_FULFILLED',
        },
    })
    const twinMore = { cancelled_at: '2027-01-28T11:00:00Z' }
    await seedPush(house, {
        connection,
        order: 1,
        twin: 501,
        parts: [{ line: 1001, units: 2, price: '12.5' }],
        twinMore,
    })
    const { northwind, corner_shop } = house.stores
    const tracking = [{ company: 'DHL', number: 'D1', url: null }]
    const parcel = {
        store_id: northwind,
        order_id: 501,
        status: 'SUCCESS',
        tracking,
        created_at: '2027-01-26T00:00:00Z',
    }
    await house.rows('staging.fulfillments', [
        { ...parcel, fulfillment_id: 1 },
        { ...parcel, fulfillment_id: 2, tracking: [{ company: 'DHL', number: 'D2', url: null }] },
        { ...parcel, fulfillment_id: 3, status: 'CANCELLED', tracking: [{ company: 'UPS', number: 'U1', url: null }] },
        { ...parcel, fulfillment_id: 4, store_id: corner_shop, order_id: 1, created_at: '2027-01-27T00:00:00Z' },
    ])
    await house.rows('staging.fulfillment_lines', [
        { store_id: corner_shop, fulfillment_line_id: 1, fulfillment_id: 4, line_item_id: 1001, quantity: 1 },
    ])
    const refund = {
        store_id: corner_shop,
        refund_id: 1,
        order_id: 1,
        created_at: NOON,
        updated_at: NOON,
        amount: '10.0',
    }
    await house.rows('staging.refunds', [refund])
    await house.rows('staging.refund_lines', [
        {
            store_id: corner_shop,
            refund_line_id: 1,
            refund_id: 1,
            line_item_id: 1001,
            quantity: 1,
            restock_type: 'RETURN',
        },
    ])
    await house.rows('staging.returns', [{ store_id: corner_shop, return_id: 1, order_id: 1, status: 'OPEN' }])
    const { Orders, Lines } = await sheetsOf(house, 'order-push', range(connection))
    const { fulfilment_status, tracking_company, tracking_numbers, first_shipped_at, return_status } = Orders![0]!
    assert.deepEqual(
        [fulfilment_status, tracking_company, tracking_numbers, first_shipped_at, return_status],
        ['partially_fulfilled', 'DHL', 'D1; D2', '2027-01-26T00:00:00+00:00', 'open'],
    )
    const { cancelled_at, cancelled_by, refunded_amount, push_state } = Orders![0]!
    assert.deepEqual(
        [cancelled_at, cancelled_by, refunded_amount, push_state],
        ['2027-01-28T11:00:00+00:00', 'source', '10.00', 'pushed'],
    )
    const { qty_ordered, qty_pushed, qty_fulfilled, qty_refunded, qty_restocked } = Lines![0]!
    assert.deepEqual([qty_ordered, qty_pushed, qty_fulfilled, qty_refunded, qty_restocked], [2, 2, 1, 1, 1])
})

test('with a commission the sheet Settlement says what is owed, to the minor unit', async (t) => {
    const { house, connection } = await cornerShop(t)
    for (const id of [1, 2, 3]) {
        const more = id === 3 ? { cancelled_at: '2027-01-28T12:00:00Z' } : {}
        await house.order({ id, at: NOON, lines: [mug()], more })
        const parts = [{ line: id * 1000 + 1, units: 2, price: '12.49' }]
        await seedPush(house, { connection, order: id, twin: 500 + id, parts })
    }
    const { corner_shop } = house.stores
    const refund = {
        store_id: corner_shop,
        refund_id: 1,
        order_id: 2,
        created_at: NOON,
        updated_at: NOON,
        amount: '10.0',
    }
    await house.rows('staging.refunds', [refund])
    await house.rows('staging.refund_lines', [
        {
            store_id: corner_shop,
            refund_line_id: 1,
            refund_id: 1,
            line_item_id: 2001,
            quantity: 1,
            restock_type: 'RETURN',
        },
    ])
    const owed = async (commission: string) => {
        const { Settlement, Summary } = await sheetsOf(
            house,
            'order-push',
            range(connection, undefined, undefined, { commission }),
        )
        const figures = figuresOf(Summary!)
        return {
            rows: Settlement!.map((row) => [row.gross, row.deductions, row.commission, row.due, row.status]),
            sums: [figures['money: commission'], figures['money: amount due']],
        }
    }
    assert.deepEqual(await owed('12.5%'), {
        rows: [
            ['24.98', '0.00', '3.12', '21.86', 'open'],
            ['24.98', '12.49', '1.56', '10.93', 'open'],
            ['24.98', '0.00', '0.00', '0.00', 'cancelled'],
        ],
        sums: ['4.68', '32.79'],
    })
    assert.deepEqual((await owed('2')).sums, ['4.00', '33.47'])
    const { Settlement, Summary } = await sheetsOf(house, 'order-push', range(connection))
    assert.deepEqual([Settlement, figuresOf(Summary!)['money: commission']], [undefined, undefined])
})
