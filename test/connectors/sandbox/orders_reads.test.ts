import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, sandboxFor } from '../../helpers/sandbox.ts'
import { ended, linesAt, runQuery } from '../../helpers/sandbox_bulk.ts'
import { act, asked, gidOf, sellMugs, stockMugs, TWO_PLACES } from '../../helpers/sandbox_orders.ts'

const ORDER = `id legacyResourceId name createdAt updatedAt processedAt cancelledAt cancelReason closedAt closed test
    displayFinancialStatus displayFulfillmentStatus currencyCode presentmentCurrencyCode taxesIncluded tags note
    customAttributes { key value } email phone customer { id displayName firstName }
    shippingAddress { name address1 city zip countryCodeV2 } billingAddress { city }
    shippingLine { title originalPriceSet { shopMoney { amount } } } sourceName sourceIdentifier
    subtotalPriceSet { shopMoney { amount currencyCode } } totalPriceSet { shopMoney { amount } }
    currentTotalPriceSet { shopMoney { amount } } totalDiscountsSet { shopMoney { amount } }
    totalShippingPriceSet { shopMoney { amount } } totalRefundedSet { shopMoney { amount } }
    totalOutstandingSet { shopMoney { amount } } netPaymentSet { presentmentMoney { amount } }
    metafield(namespace: "crossdock", key: "origin") { value }
    lineItems(first: 10) { nodes { id sku title variantTitle quantity currentQuantity unfulfilledQuantity
        refundableQuantity nonFulfillableQuantity variant { id } product { id } requiresShipping
        originalUnitPriceSet { shopMoney { amount } } discountedUnitPriceSet { shopMoney { amount } }
        taxLines { title rate } discountAllocations { allocatedAmountSet { shopMoney { amount } } }
        customAttributes { key value } } }
    refunds { id createdAt note refundLineItems(first: 5) { nodes { quantity restockType restocked location { name }
        lineItem { id } subtotalSet { shopMoney { amount } } } } transactions(first: 5) { nodes { kind } } }
    fulfillments { id status trackingInfo { company number url } fulfillmentLineItems(first: 5) { nodes { quantity lineItem { id } } } }
    fulfillmentOrders(first: 5) { nodes { id status orderId assignedLocation { name location { id } }
        lineItems(first: 5) { nodes { id totalQuantity remainingQuantity inventoryItemId lineItem { id } } } } }
    returns(first: 5) { nodes { id status returnLineItems(first: 5) { nodes { id quantity } } } }
    transactions { id kind status gateway amountSet { shopMoney { amount } } }`

test('an order is read whole: its money, lines, fulfillment orders, parcels, refunds and returns', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const address = {
        firstName: 'Ada',
        lastName: 'Byron',
        address1: '1 Mill Lane',
        city: 'York',
        zip: 'YO1',
        countryCode: 'GB',
    }
    const { id, lineId, gid } = await sellMugs(talk, 3, {
        ...{ customer: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' }, shippingAddress: address },
        ...{ tags: ['b', 'a'], note: 'ring twice', shipping: '4.50', gateway: 'bogus' },
        metafields: [{ namespace: 'crossdock', key: 'origin', type: 'id', value: 'x1' }],
    })
    await act(talk, 'order.ship', { id, lines: [{ lineId, quantity: 2 }], tracking: { number: 'T1', company: 'UPS' } })
    await act(talk, 'order.return', { id, lines: [{ lineId, quantity: 1 }] })
    await act(talk, 'order.return', { id, step: 'process' })
    const order = (await asked(talk, `query($id: ID!) { order(id: $id) { ${ORDER} } }`, { id: gid }))('order')
    const read = (...path: (string | number)[]) => at(order, ...path)
    assert.deepEqual(read('tags'), ['a', 'b'])
    assert.deepEqual(read('customer', 'displayName'), 'Ada Byron')
    assert.deepEqual(read('shippingAddress', 'name'), 'Ada Byron')
    assert.deepEqual(read('totalPriceSet', 'shopMoney', 'amount'), '34.5')
    assert.deepEqual(read('currentTotalPriceSet', 'shopMoney', 'amount'), '24.5')
    assert.deepEqual(read('totalRefundedSet', 'shopMoney', 'amount'), '10.0')
    assert.deepEqual(read('metafield', 'value'), 'x1')
    const line = read('lineItems', 'nodes', 0) as Record<string, unknown>
    const { quantity, currentQuantity, unfulfilledQuantity, sku } = line
    assert.deepEqual([sku, quantity, currentQuantity, unfulfilledQuantity], ['MUG', 3, 2, 1])
    assert.deepEqual(read('refunds', 0, 'refundLineItems', 'nodes', 0), {
        ...{ quantity: 1, restockType: 'RETURN', restocked: true, location: { name: 'Attic' } },
        ...{ lineItem: { id: gidOf('LineItem', lineId) }, subtotalSet: { shopMoney: { amount: '10.0' } } },
    })
    assert.deepEqual(read('fulfillmentOrders', 'nodes', 0, 'status'), 'IN_PROGRESS')
    assert.deepEqual(read('fulfillmentOrders', 'nodes', 0, 'lineItems', 'nodes', 0, 'remainingQuantity'), 1)
    assert.deepEqual(read('fulfillments', 0, 'trackingInfo'), [{ company: 'UPS', number: 'T1', url: null }])
    assert.deepEqual(read('returns', 'nodes', 0, 'returnLineItems', 'nodes', 0, 'quantity'), 1)
})

test('lists: the newest processed last, filters by status, tag, name, source and metafield, counts', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    await sellMugs(talk, 1, { tags: ['wholesale'], sourceIdentifier: 'conn-1' })
    const pending = await sellMugs(talk, 1, { payment: 'pending', test: true })
    const gone = await sellMugs(talk, 1, { metafields: [{ namespace: 'crossdock', key: 'origin', value: 'k9' }] })
    await act(talk, 'order.cancel', { id: gone.id })
    const names = async (query: string | null) => {
        const answer = await asked(
            talk,
            'query($query: String) { orders(first: 10, query: $query) { nodes { name } } ordersCount(query: $query) { count } }',
            { query },
        )
        const found = (answer('orders', 'nodes') as { name: string }[]).map(({ name }) => name)
        assert.equal(answer('ordersCount', 'count'), found.length)
        return found.join(' ')
    }
    assert.equal(await names(null), '#1001 #1002 #1003')
    assert.equal(await names('financial_status:pending'), '#1002')
    assert.equal(await names('test:true'), '#1002')
    assert.equal(await names('tag:wholesale'), '#1001')
    assert.equal(await names('name:1002'), '#1002')
    assert.equal(await names(`id:${pending.id}`), '#1002')
    assert.equal(await names('status:cancelled'), '#1003')
    assert.equal(await names('status:open'), '#1001 #1002')
    assert.equal(await names('source_identifier:conn-1'), '#1001')
    assert.equal(await names('metafields.crossdock.origin:k9'), '#1003')
    assert.equal(await names("updated_at:>='2020-01-01T00:00:00Z'"), '#1001 #1002 #1003')
    assert.equal(await names('misspelt:true'), '#1001 #1002 #1003')
})

test('fulfillment orders are listed for themselves, closed ones only when asked for', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    await sellMugs(talk, 1)
    const { id } = await sellMugs(talk, 1)
    await act(talk, 'order.ship', { id })
    const count = async (args: string) =>
        (
            (await asked(talk, `{ fulfillmentOrders(first: 9${args}) { nodes { id order { id } orderId } } }`))(
                'fulfillmentOrders',
                'nodes',
            ) as unknown[]
        ).length
    assert.deepEqual([await count(''), await count(', includeClosed: true')], [1, 2])
    assert.equal(await count(', includeClosed: true, query: "status:closed"'), 1)
})

test('a bulk query reads orders with lines and returns, and fulfillment orders with parcels', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { id, lineId, gid } = await sellMugs(talk, 2)
    await sellMugs(talk, 1)
    await act(talk, 'order.ship', { id })
    await act(talk, 'order.return', { id, lines: [{ lineId, quantity: 1 }] })
    const read = async (query: string) => linesAt((await ended(talk, await runQuery(talk, query))).url)
    const orders = await read(`{ orders { edges { node { id name refunds { id note } fulfillments { id }
        lineItems { edges { node { id sku currentQuantity } } }
        returns { edges { node { id status returnLineItems { edges { node { id quantity } } } } } } } } } }`)
    assert.equal(orders.length, 2 + 2 + 1 + 1)
    assert.equal(orders.filter((line) => line.__parentId === gid).length, 2)
    const rows = await read(`{ fulfillmentOrders(includeClosed: true) { edges { node { id orderId status
        assignedLocation { location { id } } lineItems { edges { node { id totalQuantity lineItem { id } } } }
        fulfillments { edges { node { id fulfillmentLineItems { edges { node { id quantity } } } } } } } } } }`)
    assert.equal(rows.length, 2 + 2 + 1 + 1)
    const refused = await runQuery(
        talk,
        '{ orders { edges { node { id refunds { refundLineItems { edges { node { quantity } } } } } } } }',
    )
    assert.deepEqual(
        refused.userErrors.map(({ message }) => message),
        [
            'Queries that contain a connection field within a list field are not currently supported.',
            "Connection fields in a bulk query must return types that implement 'Node'. Invalid connection fields: 'refundLineItems'.",
        ],
    )
})

test('everything in an order has an id of its own that leads back to it', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { id, lineId, gid } = await sellMugs(talk, 2)
    const shipped = await act(talk, 'order.ship', { id })
    const ids = [gid, gidOf('LineItem', lineId), gidOf('Fulfillment', shipped.id), gidOf('Order', 42)]
    const nodes = (await asked(talk, 'query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', { ids }))('nodes')
    assert.deepEqual(
        (nodes as ({ id: string } | null)[]).map((node) => node?.id ?? null),
        [...ids.slice(0, 3), null],
    )
})
