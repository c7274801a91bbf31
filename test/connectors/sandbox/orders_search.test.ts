import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, NORTHWIND, sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import { ended, linesAt, runQuery } from '../../helpers/sandbox_bulk.ts'
import { act, asked, sellMugs, stockMugs, TWO_PLACES } from '../../helpers/sandbox_orders.ts'

const LIST = 'query($query: String) { orders(first: 20, query: $query, sortKey: UPDATED_AT) { nodes { name } } }'

async function names(talk: Talk, query: string | null): Promise<string> {
    const answer = await asked(talk, LIST, { query })
    return (answer('orders', 'nodes') as { name: string }[]).map(({ name }) => name).join(' ')
}

const later = (talk: Talk, seconds: number) => talk.control('clock.advance', { seconds })

test('the search index lags: a new order is not in it, a changed one is in it as it was', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    await talk.control('lag.set', { shop: NORTHWIND, ms: 300_000 })
    const { id, gid } = await sellMugs(talk, 1, { payment: 'pending' })
    const filter = 'status:any'
    assert.equal(await names(talk, filter), '')
    assert.equal(await names(talk, null), '#1001')
    const exact = await asked(talk, 'query($id: ID!) { order(id: $id) { name } nodes(ids: [$id]) { id } }', { id: gid })
    assert.deepEqual([exact('order', 'name'), exact('nodes', 0, 'id')], ['#1001', gid])
    await later(talk, 301)
    assert.equal(await names(talk, filter), '#1001')
    await later(talk, 3600)
    const since = new Date(talk.sandbox.clock.now() - 1000).toISOString()
    await act(talk, 'order.pay', { id })
    assert.equal(await names(talk, `updated_at:>='${since}'`), '')
    assert.equal(await names(talk, 'financial_status:paid'), '')
    assert.equal(await names(talk, 'financial_status:pending'), '#1001')
    await later(talk, 301)
    assert.equal(await names(talk, `updated_at:>='${since}'`), '#1001')
    assert.equal(await names(talk, 'financial_status:paid'), '#1001')
})

test('bulk queries and fulfillment orders lag as lists do', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    await talk.control('lag.set', { shop: NORTHWIND, ms: 300_000 })
    const { id } = await sellMugs(talk, 1)
    const lines = async (query: string) => (await linesAt((await ended(talk, await runQuery(talk, query))).url)).length
    const roots = (filter: string) => [
        `{ orders(query: "${filter}") { edges { node { id } } } }`,
        `{ fulfillmentOrders(includeClosed: true, query: "${filter}") { edges { node { id } } } }`,
    ]
    const counts = async (filter: string) => [await lines(roots(filter)[0]!), await lines(roots(filter)[1]!)]
    const recent = "updated_at:>='2020-01-01T00:00:00Z'"
    assert.deepEqual(
        [await counts(recent), await counts('')],
        [
            [0, 0],
            [1, 1],
        ],
    )
    await later(talk, 301)
    assert.deepEqual(await counts(recent), [1, 1])
    await later(talk, 3600)
    const since = new Date(talk.sandbox.clock.now() - 1000).toISOString()
    await act(talk, 'order.ship', { id })
    assert.deepEqual(await counts(`updated_at:>='${since}'`), [0, 0])
    await later(talk, 301)
    assert.deepEqual(await counts(`updated_at:>='${since}'`), [1, 1])
})

test('an order by its unique metafield is found at once, whatever the index knows', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    await talk.control('lag.set', { shop: NORTHWIND, ms: 300_000 })
    const metafield = { namespace: 'crossdock', key: 'origin', type: 'id', value: 'k1' }
    const { gid } = await sellMugs(talk, 1, { metafields: [metafield] })
    const find = `query($customId: UniqueMetafieldValueInput) {
        orderByIdentifier(identifier: { customId: $customId }) { id }
    }`
    const customId = { namespace: 'crossdock', key: 'origin', value: 'k1' }
    const { body } = await talk.ask(find, { customId })
    assert.match(JSON.stringify(body.errors), /Metafield definition of type 'id' is required/)
    await asked(
        talk,
        `mutation($definition: MetafieldDefinitionInput!) {
            metafieldDefinitionCreate(definition: $definition) { userErrors { message } }
        }`,
        { definition: { name: 'Origin', namespace: 'crossdock', key: 'origin', type: 'id', ownerType: 'ORDER' } },
    )
    assert.equal((await asked(talk, find, { customId }))('orderByIdentifier', 'id'), gid)
    assert.equal((await asked(talk, find, { customId: { ...customId, value: 'k2' } }))('orderByIdentifier'), null)
})

test('orders older than 60 days are silently absent without read_all_orders', async (t) => {
    const scopes = ['read_orders', 'read_merchant_managed_fulfillment_orders']
    const tokens = [{ token: 'narrow', scopes }, { token: `token-${NORTHWIND}` }, { token: 'none', scopes: [] }]
    const talk = await sandboxFor(t, { shops: [{ ...TWO_PLACES[0]!, tokens }] })
    await stockMugs(talk)
    const old = await sellMugs(talk, 1, { createdSecondsAgo: 61 * 86_400 })
    await sellMugs(talk, 1)
    const query = `query($id: ID!) { orders(first: 9) { nodes { name } } ordersCount { count } order(id: $id) { name }
        node(id: $id) { id } fulfillmentOrders(first: 9) { nodes { orderName } } }`
    const seen = async (token: string) => {
        const read = await asked(talk, query, { id: old.gid }, token)
        const length = (name: string) => (read(name, 'nodes') as unknown[]).length
        return [
            length('orders'),
            read('ordersCount', 'count'),
            read('order'),
            read('node'),
            length('fulfillmentOrders'),
        ]
    }
    assert.deepEqual(await seen('narrow'), [1, 1, null, null, 1])
    assert.deepEqual(await seen(`token-${NORTHWIND}`), [2, 2, { name: '#1001' }, { id: old.gid }, 2])
    const { body } = await talk.ask(query, { id: old.gid }, { token: 'none' })
    assert.match(JSON.stringify(body.errors), /ACCESS_DENIED/)
})

test('protected customer data is null with an error where it is not granted, in bulk silently', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const shippingAddress = { lastName: 'Byron', city: 'York', address1: '1 Mill Lane' }
    const { gid } = await sellMugs(talk, 1, {
        email: 'ada@example.com',
        shippingAddress,
        customer: { firstName: 'Ada' },
    })
    await talk.control('shop.set', { shop: NORTHWIND, set: { protectedData: 'denied' } })
    const fields = 'id email shippingAddress { city address1 } customer { id firstName }'
    const { body } = await talk.ask(`query($id: ID!) { order(id: $id) { ${fields} } }`, { id: gid })
    const customer = { id: at(body, 'data', 'order', 'customer', 'id'), firstName: null }
    const hidden = { id: gid, email: null, shippingAddress: { city: 'York', address1: null }, customer }
    assert.deepEqual(at(body, 'data', 'order'), hidden)
    const errors = body.errors as unknown as { path: unknown; extensions: { code: string } }[]
    assert.deepEqual(
        errors.map(({ path, extensions }) => `${(path as string[]).join('.')} ${extensions.code}`).sort(),
        ['order.customer.firstName', 'order.email', 'order.shippingAddress.address1'].map(
            (one) => `${one} ACCESS_DENIED`,
        ),
    )
    const run = await ended(talk, await runQuery(talk, `{ orders { edges { node { ${fields} } } } }`))
    assert.deepEqual([run.status, await linesAt(run.url)], ['COMPLETED', [hidden]])
})
