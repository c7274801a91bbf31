import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse, validate } from 'graphql'
import { schemaOf } from '../../../connectors/sandbox/schemas.ts'
import { pagedDocument } from '../../../connectors/shopify/paged_document.ts'
import { fulfillmentOrders } from '../../../jobs/extract/operations/fulfillment_orders.ts'
import { orders } from '../../../jobs/extract/operations/orders.ts'
import { readOrdersNow } from '../../../jobs/extract.ts'
import type { StoreRow } from '../../../sql/stores/stores.ts'
import { states } from './extracting.ts'
import { cornerShop, sale } from './selling.ts'

const NOW = { fulfillment_orders_now: 'incremental complete', orders_now: 'incremental complete' }

test('rule 33: orders that moved are read at once with all that hangs on them, though the search lags', async (t) => {
    const selling = await cornerShop(t)
    const { context, store, control, act, read, rows, sandbox } = selling
    const old = await sale(selling, [1])
    await control('clock.advance', { seconds: 3600 })
    await read('full')
    await control('lag.set', { shop: store.domain, ms: 300_000 })
    const { id, lineIds } = await sale(selling, [2, 1])
    await act('order.ship', { id, lines: [{ lineId: lineIds[0], quantity: 1 }] })
    await act('order.refund', { id, lines: [{ lineId: lineIds[1], quantity: 1, restock: 'cancel' }] })
    const before = sandbox.shops.get(store.domain)!.bulkOperations.size
    assert.deepEqual(states(await readOrdersNow(context, store)), NOW)
    assert.equal(sandbox.shops.get(store.domain)!.bulkOperations.size, before)
    assert.deepEqual(await rows('select order_id from staging.orders order by 1'), [
        { order_id: String(old.id) },
        { order_id: String(id) },
    ])
    assert.deepEqual(
        await rows(
            `select line_item_id, quantity, current_quantity from staging.line_items where order_id = ${id} order by 1`,
        ),
        [
            { line_item_id: String(lineIds[0]), quantity: 2, current_quantity: 2 },
            { line_item_id: String(lineIds[1]), quantity: 1, current_quantity: 0 },
        ],
    )
    assert.equal((await rows(`select from staging.fulfillment_orders where order_id = ${id}`)).length, 1)
    assert.deepEqual(await rows('select quantity from staging.fulfillment_lines'), [{ quantity: 1 }])
    assert.deepEqual(await rows('select restock_type from staging.refund_lines'), [{ restock_type: 'CANCEL' }])
})

test('an order of more lines than a page comes whole, also where orders fill more than a page', async (t) => {
    const selling = await cornerShop(t)
    const { context, store, read, rows, control, shop } = selling
    await control('clock.advance', { seconds: 3600 })
    await read('full')
    const { id } = await sale(selling, Array(45).fill(1), { location: undefined })
    for (let order = 0; order < 12; order++) await sale(selling, [1])
    assert.deepEqual(states(await readOrdersNow(context, store)), NOW)
    const all = await shop()
    assert.equal((await rows('select from staging.orders')).length, all.orders.length)
    assert.equal((await rows(`select from staging.line_items where order_id = ${id}`)).length, 45)
    assert.equal(
        (await rows('select from staging.fulfillment_order_lines')).length,
        all.orders.flatMap(({ fulfillmentOrders: rows }) => rows.flatMap(({ lines }) => lines)).length,
    )
})

test('rule 71: what is read at once has the details that settings name, as it may be pushed by it', async (t) => {
    const selling = await cornerShop(t, { settings: { order_details: ['note', 'properties'] } })
    const { context, store, read, rows, act, sku, control } = selling
    await control('clock.advance', { seconds: 3600 })
    const lines = [{ sku, quantity: 1, customAttributes: [{ key: 'Engraving', value: 'A.B.' }] }]
    await act('order.sell', { lines, note: 'ring twice' })
    await read('full')
    await act('order.sell', { lines, note: 'ring once' })
    await readOrdersNow(context, store)
    const engraved = [{ key: 'Engraving', value: 'A.B.' }]
    assert.deepEqual(
        await rows(
            'select i.properties, p.note from staging.line_items as i left join staging.order_people as p using (account_id, store_id, order_id) order by line_item_id',
        ),
        [
            { properties: engraved, note: 'ring twice' },
            { properties: engraved, note: 'ring once' },
        ],
    )
})

test('what is read at once is nothing to build on: the next incremental reading reaches as far back as before', async (t) => {
    const selling = await cornerShop(t)
    const { context, store, read, rows, control } = selling
    await read('full')
    await control('clock.advance', { seconds: 3600 })
    await sale(selling)
    await readOrdersNow(context, store)
    await control('clock.advance', { seconds: 3600 })
    await read('incremental')
    const [whole] = await rows(`select read_at from snapshots where operation = 'orders' and kind = 'full'`)
    const [next] = await rows(`select filter from snapshots where operation = 'orders' and kind = 'incremental'`)
    const from = new Date(Date.parse(String(whole!.read_at)) - 600_000).toISOString().slice(0, 19)
    assert.match(String(next!.filter), new RegExp(`^updated_at:>='${from}Z' created_at:>=`))
})

test('rule 72: reading at once that breaks merges nothing and says so', async (t) => {
    const selling = await cornerShop(t)
    const { context, store, read, rows } = selling
    await read('full')
    await sale(selling)
    const before = await rows('select line_item_id, read_at from staging.line_items')
    const failing = {
        ...context,
        clientOf: () => ({ ...context.clientOf(store), send: () => Promise.reject(new Error('cut')) }),
    }
    assert.deepEqual(states(await readOrdersNow(failing, store)), {
        ...{ fulfillment_orders_now: 'incremental broken', orders_now: 'incremental broken' },
    })
    assert.deepEqual(await rows(`select from snapshots where state = 'reading'`), [])
    assert.deepEqual(await rows('select line_item_id, read_at from staging.line_items'), before)
})

test('orders that were never read whole are not read at once', async (t) => {
    const { context, store } = await cornerShop(t)
    await assert.rejects(
        readOrdersNow(context, store),
        /expected orders that were read whole, came none.*crossdock run extract/,
    )
})

for (const version of ['2026-07', '2026-10']) {
    test(`every page that is read at once is a valid query in ${version}`, () => {
        const schema = schemaOf(version)
        const asked = { store: {} as StoreRow, filter: null }
        const paged = [orders, fulfillmentOrders].map((operation) => pagedDocument(operation.document(asked)))
        const further = [
            paged[0]!.further(['orders', 'lineItems'], 'Order'),
            paged[0]!.further(['orders', 'returns', 'returnLineItems'], 'Return'),
            paged[1]!.further(['fulfillmentOrders', 'lineItems'], 'FulfillmentOrder'),
            paged[1]!.further(['fulfillmentOrders', 'fulfillments', 'fulfillmentLineItems'], 'Fulfillment'),
        ]
        for (const text of [...paged.map(({ first }) => first), ...further]) {
            assert.deepEqual(validate(schema, parse(text)), [], text)
        }
    })
}
