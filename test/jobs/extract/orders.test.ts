import assert from 'node:assert/strict'
import { test } from 'node:test'
import { neededScopes, orderScopes } from '../../../connectors/shopify/scopes.ts'
import { asksOfOrders } from '../../../jobs/extract/asks_of_orders.ts'
import { areOrdersRead, extractStore, isRead } from '../../../jobs/extract.ts'
import { storeByDomain } from '../../../sql/stores/stores.ts'
import { named, runOf, states } from './extracting.ts'
import { cornerShop, dyingBefore, grant, sale } from './selling.ts'

const READ = { orders: 'full complete', fulfillment_orders: 'full complete' }

test('a whole reading puts into staging what was sold, where it ships from, what was shipped and what came back', async (t) => {
    const selling = await cornerShop(t)
    const { act, read, rows, shop } = selling
    const { id, lineIds } = await sale(selling, [2, 1])
    await act('order.ship', { id, lines: [{ lineId: lineIds[0], quantity: 2 }], tracking: { number: 'T-1' } })
    await act('order.return', { id, lines: [{ lineId: lineIds[0], quantity: 1 }] })
    await act('order.refund', { id, lines: [{ lineId: lineIds[1], quantity: 1, restock: 'cancel' }], note: 'sorry' })
    assert.deepEqual(states(await read('full')), READ)
    const [order] = (await shop()).orders
    const { name, financialStatus, fulfillmentStatus, currency, total } = order!
    assert.deepEqual(
        await rows('select order_id, name, financial_status, fulfillment_status, currency, total from staging.orders'),
        [
            {
                ...{ order_id: String(id), name, financial_status: financialStatus },
                ...{ fulfillment_status: fulfillmentStatus, currency, total },
            },
        ],
    )
    assert.deepEqual(
        await rows('select line_item_id, sku, quantity, current_quantity from staging.line_items order by 1'),
        order!.lines.map((line) => ({
            ...{ line_item_id: String(line.id), sku: line.sku },
            ...{ quantity: line.quantity, current_quantity: line.currentQuantity },
        })),
    )
    const [assigned] = order!.fulfillmentOrders
    assert.deepEqual(await rows('select fulfillment_order_id, location_id, status from staging.fulfillment_orders'), [
        {
            fulfillment_order_id: String(assigned!.id),
            location_id: String(assigned!.locationId),
            status: assigned!.status,
        },
    ])
    assert.deepEqual(
        await rows(
            'select line_item_id, total_quantity, remaining_quantity from staging.fulfillment_order_lines order by 1',
        ),
        assigned!.lines.map(({ lineId, totalQuantity, remainingQuantity }) => ({
            ...{ line_item_id: String(lineId), total_quantity: totalQuantity, remaining_quantity: remainingQuantity },
        })),
    )
    assert.deepEqual(
        await rows(`select f.status, f.tracking -> 0 ->> 'number' as number, l.line_item_id, l.quantity
            from staging.fulfillments as f join staging.fulfillment_lines as l using (account_id, store_id, fulfillment_id)`),
        [{ status: 'SUCCESS', number: 'T-1', line_item_id: String(lineIds[0]), quantity: 2 }],
    )
    assert.deepEqual(
        await rows(`select r.note, l.line_item_id, l.quantity, l.restock_type
            from staging.refunds as r join staging.refund_lines as l using (account_id, store_id, refund_id)`),
        [{ note: 'sorry', line_item_id: String(lineIds[1]), quantity: 1, restock_type: 'CANCEL' }],
    )
    assert.deepEqual(
        await rows(`select r.order_id, r.status, l.quantity
            from staging.returns as r join staging.return_lines as l using (account_id, store_id, return_id)`),
        [{ order_id: String(id), status: 'OPEN', quantity: 1 }],
    )
})

test('D5: orders older than the connection are not asked for', async (t) => {
    const selling = await cornerShop(t, { acceptedDaysAgo: 2 })
    await sale(selling, [1], { createdSecondsAgo: 3 * 86_400 })
    const { id } = await sale(selling)
    await selling.read('full')
    assert.deepEqual(await selling.rows('select order_id from staging.orders'), [{ order_id: String(id) }])
    const [row] = await selling.rows(`select filter from snapshots where operation = 'orders'`)
    assert.match(String(row!.filter), /^created_at:>='/)
})

test('D4: orders are read of a destination unless its orders count for nothing', async (t) => {
    const none = await cornerShop(t, { settings: { orders: 'none' } })
    await sale(none)
    assert.deepEqual(await none.read('full'), [])
    await none.db.send(`update connections set settings = '{"orders": "adjust"}'`)
    assert.deepEqual(states(await none.read('full')), READ)
})

test('D4: of a source orders are asked for where they are pushed to it, of a blocked connection too', async (t) => {
    const { db, account_id, store } = await cornerShop(t)
    const source = (await storeByDomain(db, account_id, 'northwind.example'))!
    const asked = async (settings: object, state = 'connected') => {
        await db.send('update connections set settings = $1, state = $2', [JSON.stringify(settings), state])
        return Promise.all([store, source].map(async (row) => (await asksOfOrders(db, row)).needed))
    }
    assert.deepEqual(await asked({ orders: 'order_push' }), [true, true])
    assert.deepEqual(await asked({ orders: 'adjust' }), [true, false])
    assert.deepEqual(await asked({ orders: 'two_way' }), [true, false])
    assert.deepEqual(await asked({ orders: 'order_push' }, 'blocked'), [true, true])
    assert.deepEqual(await asked({ orders: 'order_push' }, 'disconnected'), [false, false])
    assert.deepEqual(await asked({ orders: 'none' }), [false, false])
})

test('an incremental reading brings the orders that moved, and takes nothing away', async (t) => {
    const selling = await cornerShop(t)
    const { act, read, rows, control } = selling
    const first = await sale(selling)
    const second = await sale(selling, [1])
    await control('clock.advance', { seconds: 3600 })
    await read('full')
    await act('order.cancel', { id: second.id })
    const third = await sale(selling, [1])
    const snapshots = await read('incremental')
    assert.equal(named(snapshots, 'orders').kind, 'incremental')
    assert.equal(named(snapshots, 'orders').counts.orders, 2)
    assert.deepEqual(
        await rows('select order_id, cancelled_at is not null as cancelled from staging.orders order by 1'),
        [first, second, third].map(({ id }) => ({ order_id: String(id), cancelled: id === second.id })),
    )
    assert.deepEqual(
        await rows(`select line_item_id, current_quantity from staging.line_items where order_id = ${second.id}`),
        [{ line_item_id: String(second.lineIds[0]), current_quantity: 0 }],
    )
    // What a cancellation gave back stands in the lines of the refund it made.
    assert.deepEqual(await rows('select line_item_id, restock_type from staging.refund_lines'), [
        { line_item_id: String(second.lineIds[0]), restock_type: 'CANCEL' },
    ])
})

test('an edited order comes with its new lines and quantities', async (t) => {
    const selling = await cornerShop(t)
    const { act, read, rows, sku } = selling
    const { id, lineIds } = await sale(selling, [2])
    await read('full')
    const edited = await act('order.edit', {
        id,
        add: [{ sku, quantity: 3 }],
        set: [{ lineId: lineIds[0], quantity: 1 }],
    })
    await read('incremental')
    assert.deepEqual(await rows('select line_item_id, current_quantity from staging.line_items order by 1'), [
        { line_item_id: String(lineIds[0]), current_quantity: 1 },
        { line_item_id: String(edited.lineIds[0]), current_quantity: 3 },
    ])
})

test('orders that have left the window of the scopes stay, as a whole reading does not tell that they are gone', async (t) => {
    const selling = await cornerShop(t)
    const { read, rows, control } = selling
    await sale(selling)
    await read('full')
    grant(selling, [...neededScopes.destination, ...orderScopes])
    await control('clock.advance', { seconds: 61 * 86_400 })
    const { id } = await sale(selling, [1])
    const again = await read('full')
    assert.deepEqual(states(again), READ)
    assert.equal(named(again, 'orders').counts.orders, 1)
    assert.equal((await rows('select from staging.orders')).length, 2)
    assert.equal((await rows('select from staging.line_items')).length, 2)
    const [newest] = await rows('select max(order_id) as order_id from staging.orders')
    assert.equal(newest!.order_id, String(id))
})

test('rule 76: a run that dies before the refunds are read has not read the orders, and the next reads what is missing', async (t) => {
    const selling = await cornerShop(t)
    const { act, read, rows, context } = selling
    const { id, lineIds } = await sale(selling, [3])
    await act('order.refund', { id, lines: [{ lineId: lineIds[0], quantity: 1, restock: 'cancel' }] })
    await selling.control('clock.advance', { seconds: 3600 })
    const died = await read('full', dyingBefore(context, 'Refunds'))
    assert.equal(named(died, 'orders').state, 'broken')
    assert.equal(areOrdersRead(died), false)
    assert.equal((await rows('select from staging.orders')).length, 1)
    assert.deepEqual(await rows('select from staging.refunds'), [])
    // The order has not moved since, and is older than what an incremental reading asks for.
    await selling.db.send(`update snapshots set state = 'complete' where operation = 'orders'`)
    const again = await read('incremental')
    assert.equal(named(again, 'orders').counts.orders, 0)
    assert.equal(named(again, 'orders').counts.refund_lines, 1)
    assert.equal(areOrdersRead(again), true)
    assert.deepEqual(await rows('select line_item_id, quantity from staging.refund_lines'), [
        { line_item_id: String(lineIds[0]), quantity: 1 },
    ])
})

test('rules 17 and 75: orders left between their rows and their refunds are read again by the next run, with the lines they lack', async (t) => {
    const selling = await cornerShop(t)
    const { act, read, rows, db, account_id, context } = selling
    const { id, lineIds } = await sale(selling, [3])
    await act('order.refund', { id, lines: [{ lineId: lineIds[0], quantity: 2, restock: 'no_restock' }] })
    const died = await read('full', dyingBefore(context, 'Refunds'))
    await db.send(`update snapshots set state = 'reading' where operation = 'orders'`)
    const again = await read('full', await runOf(db, account_id, context.runId))
    assert.notEqual(named(again, 'orders').snapshot_id, named(died, 'orders').snapshot_id)
    assert.deepEqual(states(again), READ)
    assert.deepEqual(await rows('select quantity, restock_type from staging.refund_lines'), [
        { quantity: 2, restock_type: 'NO_RESTOCK' },
    ])
})

test('rule 76: a refund of more lines than a page holds comes whole, and refunds of one order each on their own', async (t) => {
    const selling = await cornerShop(t)
    const { act, read, rows } = selling
    const { id, lineIds } = await sale(selling, Array(31).fill(2))
    const back = (ids: readonly number[]) => ids.map((lineId) => ({ lineId, quantity: 1, restock: 'no_restock' }))
    await act('order.refund', { id, lines: back(lineIds.slice(0, 30)) })
    await act('order.refund', { id, lines: back(lineIds) })
    await read('full')
    const count = 'select refund_id, count(*)::int as lines from staging.refund_lines group by refund_id order by 2'
    assert.deepEqual(
        (await rows(count)).map(({ lines }) => lines),
        [30, 31],
    )
})

test('rule 25: a refund that moved since its lines were read is read again, one that the store does not show is passed over', async (t) => {
    const selling = await cornerShop(t)
    const { act, read, rows, db } = selling
    const { id, lineIds } = await sale(selling, [3])
    await act('order.refund', { id, lines: [{ lineId: lineIds[0], quantity: 1, restock: 'cancel' }] })
    await read('full')
    await db.send(`update staging.refunds set updated_at = updated_at - interval '1 hour', note = 'before'`)
    await db.send('update staging.refund_lines set quantity = 9')
    await db.send(
        `insert into staging.orders (account_id, store_id, order_id, created_at, updated_at, refund_headers, read_at)
        select account_id, store_id, 1, now(), now(), '[{"id": "999", "updated_at": "2026-01-01T00:00:00Z"}]', now()
        from staging.orders`,
    )
    const again = await read('incremental')
    assert.equal(areOrdersRead(again), true)
    assert.equal(named(again, 'orders').counts.refunds, 1)
    assert.deepEqual(
        await rows('select note, quantity from staging.refunds join staging.refund_lines using (refund_id)'),
        [{ note: null, quantity: 1 }],
    )
})

test('levels can be read first and orders after, and what is not asked for is left as it was', async (t) => {
    const selling = await cornerShop(t)
    const { context, store, rows } = selling
    await sale(selling)
    const levels = await extractStore(context, store, { kind: 'full', only: ['levels'] })
    assert.deepEqual(states(levels), { levels: 'full complete' })
    assert.equal(isRead(levels), true)
    assert.deepEqual(await rows('select from staging.orders'), [])
    assert.deepEqual(states(await selling.read('full')), READ)
})

test('an incremental reading is whole where the last whole one does not reach back as far as is asked now', async (t) => {
    const selling = await cornerShop(t)
    await selling.read('full')
    assert.equal(named(await selling.read('incremental'), 'orders').kind, 'incremental')
    await selling.db.send(`update connections set accepted_at = now() - interval '9 days'`)
    assert.equal(named(await selling.read('incremental'), 'orders').kind, 'full')
})
