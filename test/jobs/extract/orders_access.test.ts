import assert from 'node:assert/strict'
import { test } from 'node:test'
import { neededScopes, orderScopes } from '../../../connectors/shopify/scopes.ts'
import type { RunContext } from '../../../jobs/context.ts'
import { acceptSnapshot, areOrdersRead, extractStore, isRead } from '../../../jobs/extract.ts'
import { noticesOf } from '../../../sql/runs/notices.ts'
import { countedAs, named, states } from './extracting.ts'
import { cornerShop, grant, type Selling, sale } from './selling.ts'

const codes = async ({ db, account_id }: Selling) => (await noticesOf(db, account_id)).map(({ code }) => code).sort()

test('a store that lacks the scopes of orders is refused by name before anything is asked, and its goods are read', async (t) => {
    const selling = await cornerShop(t, { scopes: [...neededScopes.destination] })
    const { context, store, sandbox } = selling
    const snapshots = await extractStore(context, store, { kind: 'full' })
    assert.deepEqual(states(snapshots), {
        ...{ catalogue: 'full complete', levels: 'full complete' },
        ...{ orders: 'full broken', fulfillment_orders: 'full broken' },
    })
    assert.equal(isRead(snapshots), true)
    assert.equal(areOrdersRead(snapshots), false)
    const missing = /missing read_orders, read_returns, read_merchant_managed_fulfillment_orders\. Grant them/
    assert.match(named(snapshots, 'orders').reason!, missing)
    const asked = [...sandbox.shops.get(store.domain)!.bulkOperations.values()].map(({ query }) => query)
    assert.equal(asked.filter((query) => /^\s*(orders|fulfillmentOrders)\b/m.test(query)).length, 0)
    assert.deepEqual(await codes(selling), [
        'orders_window',
        'snapshot_broken_fulfillment_orders',
        'snapshot_broken_orders',
    ])
})

test('scopes that were granted since are found by the next run', async (t) => {
    const selling = await cornerShop(t, { scopes: [...neededScopes.destination] })
    await selling.read('full')
    grant(selling, [...neededScopes.destination, ...orderScopes])
    assert.equal(areOrdersRead(await selling.read('full')), true)
    assert.deepEqual(await codes(selling), ['orders_window'])
})

test('a notice says that only orders of 60 days can be read, until the scope for all of them is there', async (t) => {
    const selling = await cornerShop(t, { scopes: [...neededScopes.destination, ...orderScopes] })
    await selling.read('full')
    const [notice] = await noticesOf(selling.db, selling.account_id)
    assert.equal(notice!.code, 'orders_window')
    assert.match(notice!.text, /corner-shop\.example: only orders of the last 60 days can be read.*read_all_orders/)
    grant(selling, [...neededScopes.destination, ...orderScopes, 'read_all_orders'])
    await selling.read('incremental')
    assert.deepEqual(await codes(selling), [])
})

test('the notice of the window ends where orders are not read any more', async (t) => {
    const selling = await cornerShop(t, { scopes: [...neededScopes.destination, ...orderScopes] })
    await selling.read('full')
    await selling.db.send(`update connections set settings = '{"orders": "none"}'`)
    await selling.read('incremental')
    assert.deepEqual(await codes(selling), [])
})

test('rule 73: a whole reading of fewer orders than Shopify counts is doubtful, however few there were before', async (t) => {
    const selling = await cornerShop(t)
    const { context, read, rows } = selling
    await sale(selling)
    const first = await read('full', countedAs(context, 90))
    assert.equal(named(first, 'orders').state, 'complete')
    const second = await sale(selling, [1])
    const again = await read('full', countedAs(context, 90))
    assert.equal(named(again, 'orders').state, 'doubtful')
    assert.match(named(again, 'orders').reason!, /2 orders came; Shopify counts 90/)
    assert.equal((await rows('select from staging.orders')).length, 1)
    await selling.act('order.refund', {
        id: second.id,
        lines: [{ lineId: second.lineIds[0], quantity: 1, restock: 'cancel' }],
    })
    const accepted = await acceptSnapshot(context, named(again, 'orders').snapshot_id)
    assert.equal(accepted.state, 'complete')
    assert.equal((await rows('select from staging.orders')).length, 2)
})

test('rule 73: a whole reading that brings all orders Shopify counts is good, though they are far fewer than before', async (t) => {
    const selling = await cornerShop(t)
    await sale(selling)
    await sale(selling)
    await sale(selling, [1])
    await selling.read('full')
    await selling.db.send(`update connections set accepted_at = now() + interval '1 hour'`)
    await selling.control('clock.advance', { seconds: 7200 })
    const again = await selling.read('full')
    assert.equal(named(again, 'orders').state, 'complete')
    assert.equal(named(again, 'orders').counts.orders, 0)
})

test('rule 73: where only orders of 60 days are shown, no older ones are counted against them', async (t) => {
    const selling = await cornerShop(t, {
        acceptedDaysAgo: 90,
        scopes: [...neededScopes.destination, ...orderScopes],
    })
    await selling.read('full')
    const counts: string[] = []
    const clientOf: RunContext['clientOf'] = (store) => {
        const client = selling.context.clientOf(store)
        const query = <T>(document: string, variables?: Record<string, unknown>) => {
            if (document.includes('ordersCount')) counts.push(String(variables!.query))
            return client.query<T>(document, variables)
        }
        return { ...client, query }
    }
    const again = await selling.read('full', { ...selling.context, clientOf })
    assert.equal(named(again, 'orders').state, 'complete')
    const [asked, shown, before] = [...counts[0]!.matchAll(/created_at:[<>=]+'([^']*)'/g)].map(([, at]) =>
        Date.parse(at!),
    )
    const day = 86_400_000
    assert.deepEqual([Math.round((before! - asked!) / day), Math.round((before! - shown!) / day)], [90, 59])
})

const buyer = {
    email: 'ann@buyer.example',
    shippingAddress: { firstName: 'Ann', lastName: 'Bee', address1: '1 High St', city: 'Leeds', countryCode: 'GB' },
    customer: { firstName: 'Ann', lastName: 'Bee', email: 'ann@buyer.example' },
}

test('rule 71: personal data is asked for only where a setting names it, and kept in its own table alone', async (t) => {
    const selling = await cornerShop(t)
    await sale(selling, [1], buyer)
    await selling.read('full')
    assert.deepEqual(await selling.rows('select from staging.order_people'), [])
    const [{ document }] = (await selling.rows(`select document from snapshots where operation = 'orders'`)) as [
        { document: string },
    ]
    assert.doesNotMatch(document, /email|phone|customer|Address/)
    await selling.db.send(
        `update connections set settings = settings || '{"order_details": ["email", "shipping_address", "customer"]}'`,
    )
    await selling.read('full')
    assert.deepEqual(
        await selling.rows(`select email, phone, customer ->> 'lastName' as customer,
            shipping_address ->> 'city' as city, billing_address from staging.order_people`),
        [{ email: buyer.email, phone: null, customer: 'Bee', city: 'Leeds', billing_address: null }],
    )
})

test('rule 71: what no setting names any more is deleted by the next reading', async (t) => {
    const selling = await cornerShop(t, { settings: { order_details: ['email', 'shipping_address'] } })
    await sale(selling, [1], buyer)
    await selling.read('full')
    await selling.db.send(`update connections set settings = settings || '{"order_details": ["email"]}'`)
    await selling.read('incremental')
    assert.deepEqual(await selling.rows('select email, shipping_address from staging.order_people'), [
        { email: buyer.email, shipping_address: null },
    ])
    await selling.db.send(`update connections set settings = '{"orders": "none"}'`)
    await selling.read('incremental')
    assert.deepEqual(await selling.rows('select from staging.order_people'), [])
})
