import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTHWIND, sandboxFor } from '../../helpers/sandbox.ts'
import { act, asked, plainState, sellMugs, shelves, stockMugs, TWO_PLACES } from '../../helpers/sandbox_orders.ts'

const CREATE = `mutation Draft($input: DraftOrderInput!) { draftOrderCreate(input: $input) {
    draftOrder { id name status totalPriceSet { shopMoney { amount } } lineItems(first: 3) { nodes { title sku quantity custom } } }
    userErrors { field message } } }`
const COMPLETE = `mutation Complete($id: ID!) { draftOrderComplete(id: $id) {
    draftOrder { status order { name displayFinancialStatus sourceName } } userErrors { field message } } }`

test('a draft sets nothing aside until it is completed, and is completed once', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const variants = await asked(talk, '{ productVariants(first: 1) { nodes { id } } }')
    const lineItems = [
        { variantId: variants('productVariants', 'nodes', 0, 'id'), quantity: 2 },
        { title: 'Engraving', quantity: 1, originalUnitPriceWithCurrency: { amount: '4.00', currencyCode: 'USD' } },
    ]
    const metafields = [{ namespace: 'crossdock', key: 'origin', type: 'single_line_text_field', value: 'k1' }]
    const made = await asked(talk, CREATE, { input: { lineItems, metafields } })
    assert.equal(made('draftOrderCreate', 'draftOrder', 'totalPriceSet', 'shopMoney', 'amount'), '24.0')
    assert.equal((await shelves(talk)).Attic, '10/0/10')
    const id = made('draftOrderCreate', 'draftOrder', 'id')
    const list = await asked(
        talk,
        `{ draftOrders(first: 5, query: "created_at:>=2020-01-01") { nodes { id metafield(namespace: "crossdock", key: "origin") { value } } } }`,
    )
    assert.deepEqual(list('draftOrders', 'nodes'), [{ id, metafield: { value: 'k1' } }])
    const completed = await asked(talk, COMPLETE, { id })
    assert.deepEqual(completed('draftOrderComplete', 'draftOrder', 'order'), {
        ...{ name: '#1001', displayFinancialStatus: 'PAID', sourceName: 'shopify_draft_order' },
    })
    assert.equal((await shelves(talk)).Attic, '8/2/10')
    const again = await asked(talk, COMPLETE, { id })
    assert.deepEqual(again('draftOrderComplete', 'userErrors'), [{ field: null, message: 'This order has been paid' }])
    assert.equal((await shelves(talk)).Attic, '8/2/10')
})

test('the list of drafts lags, a draft by its id does not', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await talk.control('lag.set', { shop: NORTHWIND, ms: 300_000 })
    const price = { amount: '1.00', currencyCode: 'USD' }
    const input = { lineItems: [{ title: 'A', quantity: 1, originalUnitPriceWithCurrency: price }] }
    const id = (await asked(talk, CREATE, { input }))('draftOrderCreate', 'draftOrder', 'id')
    const count = async () =>
        (
            (await asked(talk, '{ draftOrders(first: 5, query: "created_at:>=2020-01-01") { nodes { id } } }'))(
                'draftOrders',
                'nodes',
            ) as unknown[]
        ).length
    assert.equal(await count(), 0)
    assert.equal((await asked(talk, 'query($id: ID!) { draftOrder(id: $id) { id } }', { id }))('draftOrder', 'id'), id)
    await talk.control('clock.advance', { seconds: 301 })
    assert.equal(await count(), 1)
})

test('a merchant changes a draft and completes it; whether its metafields go along is as the shop is set', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const variants = await asked(talk, '{ productVariants(first: 1) { nodes { id } } }')
    const variantId = variants('productVariants', 'nodes', 0, 'id')
    const metafields = [{ namespace: 'crossdock', key: 'origin', type: 'single_line_text_field', value: 'k1' }]
    const input = { lineItems: [{ variantId, quantity: 2 }], metafields, taxExempt: true }
    const carried = async () => {
        await asked(talk, CREATE, { input })
        await act(talk, 'draft.edit', { lines: [{ sku: 'MUG', quantity: 3 }] })
        const { orderId } = await act(talk, 'draft.complete', { payment: 'pending' })
        const order = (await plainState(talk)).orders.find(({ id }) => id === orderId)!
        return [order.financialStatus, order.lines[0]?.quantity, order.metafields.map(({ value }) => value).join()]
    }
    assert.deepEqual(await carried(), ['PENDING', 3, ''])
    await talk.control('shop.set', { shop: NORTHWIND, set: { draftMetafields: 'carried' } })
    assert.deepEqual(await carried(), ['PENDING', 3, 'k1'])
    assert.equal((await shelves(talk)).Attic, '4/6/10')
})

test('a draft is taxed unless it is exempt, and deleted unless it is completed', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await talk.control('shop.set', { shop: NORTHWIND, set: { draftTaxRate: 0.2 } })
    const price = { amount: '10.00', currencyCode: 'USD' }
    const lineItems = [{ title: 'A', quantity: 2, originalUnitPriceWithCurrency: price }]
    const made = await asked(talk, CREATE, { input: { lineItems } })
    assert.equal(made('draftOrderCreate', 'draftOrder', 'totalPriceSet', 'shopMoney', 'amount'), '24.0')
    const exempt = await asked(talk, CREATE, { input: { lineItems, taxExempt: true } })
    assert.equal(exempt('draftOrderCreate', 'draftOrder', 'totalPriceSet', 'shopMoney', 'amount'), '20.0')
    const remove = async (id: unknown) => {
        const query = 'mutation($id: ID!) { draftOrderDelete(input: { id: $id }) { deletedId userErrors { message } } }'
        return (await asked(talk, query, { id }))('draftOrderDelete', 'deletedId')
    }
    const [id, other] = [made, exempt].map((answer) => answer('draftOrderCreate', 'draftOrder', 'id'))
    await asked(talk, COMPLETE, { id })
    assert.deepEqual([await remove(id), await remove(other), await remove(other)], [null, other, null])
    const total = (await plainState(talk)).orders.map((order) => order.total)
    assert.deepEqual(total, ['24.00'])
})

test('tags are added to an order one by one, as to a product', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { gid } = await sellMugs(talk, 1, { tags: ['b'] })
    const added = await asked(
        talk,
        'mutation($id: ID!) { tagsAdd(id: $id, tags: ["a"]) { node { ... on Order { tags } } userErrors { message } } }',
        { id: gid },
    )
    assert.deepEqual(added('tagsAdd', 'node'), { tags: ['a', 'b'] })
})
