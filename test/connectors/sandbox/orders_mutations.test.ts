import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTHWIND, sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import {
    act,
    asked,
    gidOf,
    plainOrder,
    sellMugs,
    shelves,
    stockMugs,
    TWO_PLACES,
} from '../../helpers/sandbox_orders.ts'

const REFUND = `mutation Refund($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
    refund { id note totalRefundedSet { shopMoney { amount } } refundLineItems(first: 5) { nodes { quantity restocked } } }
    order { displayFinancialStatus } userErrors { field message } } }`
const CANCEL = `mutation Cancel($id: ID!, $restock: Boolean!, $note: String, $method: OrderCancelRefundMethodInput) {
    orderCancel(orderId: $id, reason: OTHER, restock: $restock, staffNote: $note, refundMethod: $method) {
        job { id done } orderCancelUserErrors { field message code } userErrors { field message } } }`
const FULFIL = `mutation Fulfil($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id status trackingInfo { number url company } fulfillmentLineItems(first: 5) { nodes { id quantity } } }
    userErrors { field message } } }`

async function sold(talk: Talk, quantity: number, more: object = {}) {
    await stockMugs(talk)
    const order = await sellMugs(talk, quantity, more)
    const read = await asked(
        talk,
        'query($id: ID!) { order(id: $id) { transactions { id } fulfillmentOrders(first: 2) { nodes { id lineItems(first: 2) { nodes { id } } } } } }',
        { id: order.gid },
    )
    const row = read('order', 'fulfillmentOrders', 'nodes', 0) as { id: string; lineItems: { nodes: { id: string }[] } }
    return {
        ...order,
        paymentId: read('order', 'transactions', 0, 'id') as string,
        row,
        partId: row.lineItems.nodes[0]!.id,
    }
}

test('a refund needs a key, is made once under it, and gives back no more than came', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const { id, gid, lineId, paymentId } = await sold(talk, 3)
    const units = { lineItemId: gidOf('LineItem', lineId), quantity: 1, restockType: 'CANCEL' }
    const money = (amount: string) => ({ orderId: gid, parentId: paymentId, kind: 'REFUND', gateway: 'manual', amount })
    const input = { orderId: gid, note: 'key-1', refundLineItems: [units], transactions: [money('10.00')] }
    const first = (await asked(talk, REFUND, { input, key: 'key-1' }))('refundCreate')
    const second = (await asked(talk, REFUND, { input, key: 'key-1' }))('refundCreate')
    assert.deepEqual(second, first)
    assert.equal((await shelves(talk)).Attic, '8/2/10')
    assert.equal((await plainOrder(talk, id)).refunds.length, 1)
    const messages = async (more: object) => {
        const answer = await asked(talk, REFUND, { input: { orderId: gid, ...more }, key: JSON.stringify(more) })
        return (answer('refundCreate', 'userErrors') as { message: string }[]).map(({ message }) => message)
    }
    assert.deepEqual(await messages({ transactions: [money('999.00')] }), [
        'Refund amount $999.00 is greater than net payment received $20.00',
    ])
    assert.deepEqual(await messages({ refundLineItems: [{ ...units, quantity: 9 }] }), [
        'Quantity cannot refund more items than were purchased',
    ])
    assert.deepEqual(await messages({ transactions: [{ ...money('1.00'), parentId: null }] }), [
        'Transactions require a parent_id associated with the order',
    ])
    // units alone: no money moves
    assert.deepEqual(await messages({ refundLineItems: [{ ...units, restockType: 'NO_RESTOCK' }] }), [])
    const { lines, financialStatus } = await plainOrder(talk, id)
    assert.deepEqual([lines[0]?.currentQuantity, financialStatus], [1, 'PARTIALLY_REFUNDED'])
    const { body } = await talk.ask(REFUND.replace('@idempotent(key: $key)', '').replace(', $key: String!', ''), {
        input,
    })
    assert.match(JSON.stringify(body.errors), /The @idempotent directive is required/)
})

test('a cancelled order says so at once, its units and money follow a while later, and it is final', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const { id, gid } = await sold(talk, 3)
    await talk.control('shop.set', { shop: NORTHWIND, set: { cancelMs: 5000 } })
    const method = { originalPaymentMethodsRefund: true }
    const accepted = await asked(talk, CANCEL, { id: gid, restock: true, method })
    assert.deepEqual(accepted('orderCancel', 'job', 'done'), false)
    const marked = await plainOrder(talk, id)
    assert.notEqual(marked.cancelledAt, null)
    assert.deepEqual([marked.fulfillmentOrders[0]?.status, marked.lines[0]?.currentQuantity], ['CLOSED', 3])
    assert.equal((await shelves(talk)).Attic, '7/3/10')
    await talk.control('clock.advance', { seconds: 6 })
    const { financialStatus, lines, fulfillmentOrders } = await plainOrder(talk, id)
    assert.deepEqual(
        [financialStatus, lines[0]?.currentQuantity, fulfillmentOrders[0]?.status],
        ['REFUNDED', 0, 'CLOSED'],
    )
    assert.equal((await shelves(talk)).Attic, '10/0/10')
    const again = await asked(talk, CANCEL, { id: gid, restock: true })
    const message = 'Cannot cancel an order that has already been canceled'
    assert.deepEqual(again('orderCancel', 'orderCancelUserErrors'), [{ field: ['orderId'], message, code: 'INVALID' }])
})

test('an order with a parcel out cannot be cancelled, a note has its length', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const { id, gid } = await sold(talk, 2)
    await act(talk, 'order.ship', { id })
    const first = async (more: object) =>
        (await asked(talk, CANCEL, { id: gid, restock: false, ...more }))('orderCancel', 'userErrors', 0, 'message')
    assert.equal(await first({}), 'Cannot cancel an order that has outstanding fulfillments')
    assert.equal(await first({ note: 'x'.repeat(256) }), 'Staff note is too long. Maximum length is 255 characters.')
})

test('parcels: made by the lines of fulfillment orders, refused as recorded, tracked, and taken back', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const { row, partId } = await sold(talk, 3)
    const group = (quantity?: number, id = row.id) => ({
        fulfillmentOrderId: id,
        ...(quantity === undefined ? {} : { fulfillmentOrderLineItems: [{ id: partId, quantity }] }),
    })
    const fulfil = async (...groups: object[]) => {
        const trackingInfo = { company: 'UPS', number: '1Z1', url: 'https://ups.example/1Z1' }
        return asked(talk, FULFIL, { fulfillment: { lineItemsByFulfillmentOrder: groups, trackingInfo } })
    }
    const message = async (one: object) => (await fulfil(one))('fulfillmentCreate', 'userErrors', 0, 'message')
    assert.equal(await message(group(0)), 'Quantity must be greater than 0')
    assert.equal(await message(group(1, 'gid://shopify/FulfillmentOrder/9')), 'Fulfillment order does not exist.')
    assert.equal(await message(group(4)), 'Invalid fulfillment order line item quantity requested.')
    const made = await fulfil(group(1))
    assert.equal(made('fulfillmentCreate', 'fulfillment', 'trackingInfo', 0, 'number'), '1Z1')
    assert.equal((await shelves(talk)).Attic, '7/2/9')
    const fulfillmentId = made('fulfillmentCreate', 'fulfillment', 'id')
    const tracked = await asked(
        talk,
        `mutation($fulfillmentId: ID!, $info: FulfillmentTrackingInput!) {
            fulfillmentTrackingInfoUpdate(fulfillmentId: $fulfillmentId, trackingInfoInput: $info) {
                fulfillment { trackingInfo { number url } } userErrors { message } }
        }`,
        { fulfillmentId, info: { numbers: ['A', 'B'], urls: ['https://a.example/', 'https://b.example/'] } },
    )
    assert.deepEqual(tracked('fulfillmentTrackingInfoUpdate', 'fulfillment', 'trackingInfo'), [
        { number: 'A', url: 'https://a.example/' },
        { number: 'B', url: 'https://b.example/' },
    ])
    const cancel =
        'mutation($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { status } userErrors { field message } } }'
    const cancelled = await asked(talk, cancel, { id: fulfillmentId })
    assert.equal(cancelled('fulfillmentCancel', 'fulfillment', 'status'), 'CANCELLED')
    assert.equal((await shelves(talk)).Attic, '7/3/10')
    const unknown = await asked(talk, cancel, { id: 'gid://shopify/Fulfillment/9' })
    assert.deepEqual(unknown('fulfillmentCancel', 'userErrors'), [{ field: ['id'], message: 'Fulfillment not found.' }])
    await fulfil(group())
    const closed = `Fulfillment order ${row.id.split('/').at(-1)} has an unfulfillable status= closed.`
    assert.equal(await message(group()), closed)
})

test('a return is made of shipped units and processed to where they go', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const { id, gid } = await sold(talk, 3)
    await act(talk, 'order.ship', { id })
    const parcels = await asked(
        talk,
        'query($id: ID!) { order(id: $id) { fulfillments { location { id } fulfillmentLineItems(first: 2) { nodes { id } } } } }',
        { id: gid },
    )
    const fulfillmentLineItemId = parcels('order', 'fulfillments', 0, 'fulfillmentLineItems', 'nodes', 0, 'id')
    const create = `mutation($returnInput: ReturnInput!) { returnCreate(returnInput: $returnInput) {
        return { id status returnLineItems(first: 2) { nodes { id quantity } }
            reverseFulfillmentOrders(first: 1) { nodes { lineItems(first: 2) { nodes { id totalQuantity } } } } }
        userErrors { field message code } } }`
    const input = (quantity: number) => ({
        returnInput: { orderId: gid, returnLineItems: [{ fulfillmentLineItemId, quantity, returnReason: 'UNWANTED' }] },
    })
    const made = await asked(talk, create, input(2))
    const returnId = made('returnCreate', 'return', 'id')
    assert.equal(made('returnCreate', 'return', 'status'), 'OPEN')
    assert.equal((await asked(talk, create, input(2)))('returnCreate', 'userErrors', 0, 'code'), 'INVALID')
    const reverse = made(
        'returnCreate',
        'return',
        'reverseFulfillmentOrders',
        'nodes',
        0,
        'lineItems',
        'nodes',
        0,
        'id',
    )
    const one = { reverseFulfillmentOrderLineItemId: reverse, quantity: 1 }
    const locationId = parcels('order', 'fulfillments', 0, 'location', 'id')
    const dispositions = [
        { ...one, dispositionType: 'RESTOCKED', locationId },
        { ...one, dispositionType: 'MISSING' },
    ]
    const line = { id: made('returnCreate', 'return', 'returnLineItems', 'nodes', 0, 'id'), quantity: 2 }
    const processed = await asked(
        talk,
        `mutation($input: ReturnProcessInput!) { returnProcess(input: $input) { return { status } userErrors { message } } }`,
        { input: { returnId, returnLineItems: [{ ...line, dispositions }] } },
    )
    assert.equal(processed('returnProcess', 'return', 'status'), 'CLOSED')
    assert.equal((await shelves(talk)).Attic, '8/0/8')
    const { lines, financialStatus } = await plainOrder(talk, id)
    assert.deepEqual([lines[0]?.currentQuantity, financialStatus], [1, 'PAID'])
})

test('an edit is begun, put together and committed: nothing moves before', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await act(talk, 'product.create', {
        title: 'Cup',
        variants: [{ sku: 'CUP', price: '5', tracked: true, available: 8 }],
    })
    const { id, gid, lineId } = await sold(talk, 3)
    const begun = await asked(
        talk,
        `mutation($id: ID!) { orderEditBegin(id: $id) { orderEditSession { id } calculatedOrder { id
            lineItems(first: 5) { nodes { id quantity } } } userErrors { message } } }`,
        { id: gid },
    )
    const session = begun('orderEditBegin', 'calculatedOrder', 'id')
    assert.equal(
        begun('orderEditBegin', 'calculatedOrder', 'lineItems', 'nodes', 0, 'id'),
        gidOf('CalculatedLineItem', lineId),
    )
    const variants = await asked(talk, '{ productVariants(first: 1, query: "sku:CUP") { nodes { id } } }')
    await asked(
        talk,
        `mutation($id: ID!, $variantId: ID!, $line: ID!) {
            orderEditAddVariant(id: $id, variantId: $variantId, quantity: 2) { calculatedLineItem { quantity } userErrors { message } }
            orderEditSetQuantity(id: $id, lineItemId: $line, quantity: 1, restock: true) { userErrors { message } }
        }`,
        {
            id: session,
            variantId: variants('productVariants', 'nodes', 0, 'id'),
            line: gidOf('CalculatedLineItem', lineId),
        },
    )
    assert.equal((await shelves(talk)).Attic, '7/3/10')
    const committed = await asked(
        talk,
        `mutation($id: ID!) { orderEditCommit(id: $id) { order { id lineItems(first: 5) { nodes { sku currentQuantity } } }
            successMessages userErrors { message } } }`,
        { id: session },
    )
    assert.deepEqual(committed('orderEditCommit', 'order', 'lineItems', 'nodes'), [
        { sku: 'MUG', currentQuantity: 1 },
        { sku: 'CUP', currentQuantity: 2 },
    ])
    assert.deepEqual(
        [await shelves(talk), await shelves(talk, 'CUP')],
        [{ Attic: '9/1/10', Barn: '5/0/5' }, { Attic: '6/2/8' }],
    )
    assert.equal((await plainOrder(talk, id)).lines.length, 2)
})

test('an update replaces tags and attributes as whole lists', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const { gid } = await sold(talk, 1, { tags: ['old', 'kept'], note: 'first' })
    const input = { id: gid, tags: ['kept', 'new'], customAttributes: [{ key: 'a', value: '1' }] }
    const updated = await asked(
        talk,
        'mutation($input: OrderInput!) { orderUpdate(input: $input) { order { tags note customAttributes { key value } } userErrors { message } } }',
        { input },
    )
    assert.deepEqual(updated('orderUpdate', 'order'), {
        ...{ tags: ['kept', 'new'], note: 'first', customAttributes: [{ key: 'a', value: '1' }] },
    })
})
