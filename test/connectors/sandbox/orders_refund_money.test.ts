import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, sandboxFor } from '../../helpers/sandbox.ts'
import { act, asked, gidOf, plainOrder, sellMugs, stockMugs, TWO_PLACES } from '../../helpers/sandbox_orders.ts'

const BOTH = '{ shopMoney { amount } presentmentMoney { amount currencyCode } }'
const SUGGEST = `query Suggest($id: ID!, $lines: [RefundLineItemInput!]) { order(id: $id) {
    suggestedRefund(refundLineItems: $lines, refundShipping: true) { amountSet ${BOTH} totalTaxSet ${BOTH} maximumRefundableSet ${BOTH}
        shipping { amountSet ${BOTH} } suggestedTransactions { gateway kind amountSet ${BOTH} parentTransaction { id } } } } }`
const REFUND = `mutation Refund($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
    refund { totalRefundedSet ${BOTH} } userErrors { field message } } }`

const amounts = (bag: unknown) => `${at(bag, 'shopMoney', 'amount')} ${at(bag, 'presentmentMoney', 'amount')}`

test('what could be given back is the price with its tax and shipping, and never more than came', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const lines = [{ sku: 'MUG', quantity: 3, price: '10.00', discount: '3.00', taxRate: 0.1 }]
    const { gid, lineId } = await sellMugs(talk, 3, { lines, shipping: '5.00' })
    const unit = (quantity: number) => [{ lineItemId: gidOf('LineItem', lineId), quantity, restockType: 'CANCEL' }]
    const suggest = async (quantity: number) =>
        (await asked(talk, SUGGEST, { id: gid, lines: unit(quantity) }))('order', 'suggestedRefund')
    const one = await suggest(1)
    assert.deepEqual(
        ['amountSet', 'totalTaxSet', 'maximumRefundableSet'].map((name) => amounts(at(one, name))),
        ['14.9 14.9', '0.9 0.9', '34.7 34.7'],
    )
    assert.equal(amounts(at(one, 'shipping', 'amountSet')), '5.0 5.0')
    await act(talk, 'order.refund', {
        id: gid,
        lines: [{ sku: 'MUG', quantity: 2, restock: 'cancel' }],
        shipping: '5.00',
    })
    const rest = await suggest(1)
    assert.deepEqual(
        [amounts(at(rest, 'amountSet')), amounts(at(rest, 'shipping', 'amountSet'))],
        ['9.9 9.9', '0.0 0.0'],
    )
})

test('an order paid in another currency is refunded in it, and says so', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const presentment = { currency: 'EUR', rate: '0.9' }
    const { id, gid, lineId } = await sellMugs(talk, 2, { presentment })
    const lines = [{ lineItemId: gidOf('LineItem', lineId), quantity: 1, restockType: 'CANCEL' }]
    const suggested = (await asked(talk, SUGGEST, { id: gid, lines }))('order', 'suggestedRefund')
    assert.equal(amounts(at(suggested, 'amountSet')), '10.0 9.0')
    const parentId = at(suggested, 'suggestedTransactions', 0, 'parentTransaction', 'id')
    const transactions = [{ orderId: gid, parentId, kind: 'REFUND', gateway: 'manual', amount: '9.00' }]
    const input = { orderId: gid, refundLineItems: lines, transactions }
    const refused = await asked(talk, REFUND, { input, key: 'one' })
    assert.deepEqual(refused('refundCreate', 'userErrors', 0, 'field'), ['currency'])
    const done = await asked(talk, REFUND, { input: { ...input, currency: 'EUR' }, key: 'two' })
    assert.equal(amounts(done('refundCreate', 'refund', 'totalRefundedSet')), '10.0 9.0')
    const order = await plainOrder(talk, id)
    assert.deepEqual([order.financialStatus, order.refunded], ['PARTIALLY_REFUNDED', '10.00'])
})

test('the customer is told of a parcel, and of new tracking, only when that is asked for', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { id } = await sellMugs(talk, 2)
    await act(talk, 'order.ship', { id, lines: [{ sku: 'MUG', quantity: 1 }], notify: true })
    await act(talk, 'order.ship', { id })
    const { fulfillments } = await plainOrder(talk, id)
    const track = `mutation($id: ID!, $notify: Boolean) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id, notifyCustomer: $notify,
        trackingInfoInput: { number: "N" }) { userErrors { message } } }`
    for (const notify of [true, false, null]) {
        await asked(talk, track, { id: gidOf('Fulfillment', fulfillments[1]!.id), notify })
    }
    const mails = (await plainOrder(talk, id)).fulfillments.map((parcel) => parcel.mails)
    assert.deepEqual(mails, [1, 1])
})
