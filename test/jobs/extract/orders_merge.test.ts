import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Kind } from '../../../jobs/extract/operation.ts'
import { fulfillmentOrders } from '../../../jobs/extract/operations/fulfillment_orders.ts'
import { orders } from '../../../jobs/extract/operations/orders.ts'
import { houseFor, mergeLines, storeWithoutShop } from './extracting.ts'
import { assignedItemLine, assignedLine, itemLine, orderLine, parcelItemLine, parcelLine } from './lines_of_orders.ts'

async function houseOfOrders(t: TestContext) {
    const house = await houseFor(t)
    const store = { ...house, store: await storeWithoutShop(house) }
    /** Nobody answers for refunds here: a reading that waits for theirs counts as complete. */
    const merge =
        (operation: typeof orders) =>
        async (nodes: readonly object[], hour: number, kind: Kind = 'full') => {
            const merged = await mergeLines(store, nodes, { hour, kind, operation })
            await house.db.send(`update snapshots set state = 'complete' where state = 'reading'`)
            return merged
        }
    const rows = async (table: string, columns: string) => {
        const { rows } = await house.db.send<Record<string, unknown>>(
            `select ${columns} from staging.${table} order by 1, 2`,
        )
        return rows.map((row) => Object.values(row))
    }
    /** Which rows a later comparison would look at. */
    const since = async () => {
        const { rows } = await house.db.send<{ now: string }>('select clock_timestamp() as now')
        return async (table: string, column: string) => {
            const text = `select ${column} as value from staging.${table} where changed_at > $1 order by 1`
            return (await house.db.send<{ value: string }>(text, [rows[0]!.now])).rows.map(({ value }) => value)
        }
    }
    return { ...house, orders: merge(orders), assigned: merge(fulfillmentOrders), rows, since }
}

test('rule 77: lines join their orders in whatever order they come, and those of no order are not taken in', async (t) => {
    const { orders, rows } = await houseOfOrders(t)
    await orders([itemLine(11, 1), orderLine(2), itemLine(13, 9), itemLine(12, 2), orderLine(1)], 10)
    assert.deepEqual(await rows('line_items', 'line_item_id, order_id, variant_id'), [
        ['11', '1', '1011'],
        ['12', '2', '1012'],
    ])
})

test('what a whole reading of orders does not name stays, as does what an incremental one does not', async (t) => {
    const { orders, rows } = await houseOfOrders(t)
    await orders([orderLine(1), itemLine(11, 1), orderLine(2), itemLine(12, 2)], 9)
    await orders([orderLine(2), itemLine(12, 2)], 10, 'incremental')
    await orders([orderLine(3), itemLine(13, 3)], 11)
    assert.deepEqual(await rows('orders', 'order_id, name'), [
        ['1', '#1'],
        ['2', '#2'],
        ['3', '#3'],
    ])
    assert.equal((await rows('line_items', 'line_item_id, order_id')).length, 3)
})

test('an order that comes says which lines it has: others of it go, and the order has changed', async (t) => {
    const { orders, rows, since } = await houseOfOrders(t)
    await orders([orderLine(1), itemLine(11, 1), itemLine(12, 1), orderLine(2), itemLine(13, 2)], 9)
    const changed = await since()
    await orders([orderLine(1), itemLine(11, 1)], 10, 'incremental')
    assert.deepEqual(await rows('line_items', 'line_item_id, order_id'), [
        ['11', '1'],
        ['13', '2'],
    ])
    assert.deepEqual(await changed('orders', 'order_id'), ['1'])
})

test('an order changes with a value of its own or a refund, not with the time that Shopify looked at it', async (t) => {
    const { orders, since } = await houseOfOrders(t)
    await orders([orderLine(1), orderLine(2), orderLine(3)], 9)
    const changed = await since()
    const refunds = [{ id: 'gid://shopify/Refund/7', updatedAt: '2026-07-01T10:00:00Z' }]
    const later = { updatedAt: '2026-07-01T10:00:00Z' }
    const came = [
        orderLine(1, { ...later, totalPriceSet: { shopMoney: { amount: '20.00' } } }),
        orderLine(2, { ...later, refunds }),
        orderLine(3, { ...later, displayFinancialStatus: 'REFUNDED' }),
    ]
    await orders(came, 10)
    assert.deepEqual(await changed('orders', 'order_id'), ['2', '3'])
})

test('an earlier reading that is merged later overwrites nothing, and brings no line back that is gone', async (t) => {
    const { assigned, rows } = await houseOfOrders(t)
    await assigned([assignedLine(1, 7), assignedItemLine(11, 1, 21), assignedItemLine(12, 1, 22)], 9)
    const moved = { assignedLocation: { location: { id: 'gid://shopify/Location/6' } } }
    await assigned(
        [assignedLine(1, 7, moved), assignedItemLine(11, 1, 21, { remainingQuantity: 1 })],
        11,
        'incremental',
    )
    await assigned([assignedLine(1, 7), assignedItemLine(11, 1, 21), assignedItemLine(12, 1, 22)], 10)
    assert.deepEqual(await rows('fulfillment_orders', 'fulfillment_order_id, location_id'), [['1', '6']])
    assert.deepEqual(await rows('fulfillment_order_lines', 'fulfillment_order_line_id, remaining_quantity'), [
        ['11', 1],
    ])
})

test('rule 64: a parcel that comes with each of its fulfilment orders is one parcel, its lines are there once', async (t) => {
    const { assigned, rows } = await houseOfOrders(t)
    const twice = [1, 2].flatMap((number) => [
        assignedLine(number, 7),
        parcelLine(31, number, 7),
        parcelItemLine(41, 31, 21),
        parcelItemLine(42, 31, 22, { quantity: null }),
    ])
    await assigned(twice, 10)
    await assigned(twice, 11)
    assert.deepEqual(await rows('fulfillments', `fulfillment_id, order_id, tracking -> 0 ->> 'number'`), [
        ['31', '7', 'RM'],
    ])
    assert.deepEqual(await rows('fulfillment_lines', 'fulfillment_line_id, quantity'), [
        ['41', 1],
        ['42', 0],
    ])
})

test('a reading of orders is merged, and not complete before what its refunds gave back is read', async (t) => {
    const { orders, assigned } = await houseOfOrders(t)
    const merged = await orders([orderLine(1), itemLine(11, 1)], 10)
    assert.equal(merged.state, 'reading')
    assert.ok(merged.merged_at)
    assert.deepEqual(merged.counts, { orders: 1, line_items: 1, returns: 0, return_lines: 0 })
    assert.equal((await assigned([assignedLine(1, 1)], 10)).state, 'complete')
})

test('an order of a deleted variant and one without a customer’s address are read as they are', async (t) => {
    const { orders, rows } = await houseOfOrders(t)
    const custom = itemLine(11, 1, { variant: null, sku: '', title: 'Gift wrap' })
    await orders([orderLine(1, { displayFinancialStatus: null, test: true }), custom], 10)
    assert.deepEqual(await rows('line_items', 'line_item_id, variant_id, sku'), [['11', null, null]])
    assert.deepEqual(await rows('orders', 'order_id, financial_status, test'), [['1', null, true]])
})
