import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, NORTHWIND, sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import { act, asked, plainState, shelves, stockMugs, TWO_PLACES } from '../../helpers/sandbox_orders.ts'

const CREATE = `mutation Push($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
    orderCreate(order: $order, options: $options) {
        order { id name displayFinancialStatus displayFulfillmentStatus sourceIdentifier tags discountCodes
            totalPriceSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } }
            totalDiscountsSet { shopMoney { amount } } totalOutstandingSet { shopMoney { amount } }
            lineItems(first: 5) { nodes { title sku quantity originalUnitPriceSet { shopMoney { amount } } } }
            fulfillmentOrders(first: 5) { nodes { status assignedLocation { name } } }
            metafield(namespace: "crossdock", key: "origin") { value } }
        userErrors { field message code }
    }
}`
type Created = {
    order: Record<string, unknown> | null
    userErrors: { field: string[]; message: string; code: string }[]
}

async function create(talk: Talk, order: object, inventoryBehaviour?: string): Promise<Created> {
    const options = inventoryBehaviour === undefined ? undefined : { inventoryBehaviour }
    return (await asked(talk, CREATE, { order, options }))('orderCreate') as Created
}

const shopMoney = (amount: string) => ({ shopMoney: { amount, currencyCode: 'USD' } })

async function mugVariant(talk: Talk): Promise<string> {
    const answer = await asked(talk, '{ productVariants(first: 1) { nodes { id } } }')
    return answer('productVariants', 'nodes', 0, 'id') as string
}

test('an order that is created bypasses stock unless it is told not to', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const lineItems = [{ variantId: await mugVariant(talk), quantity: 3, priceSet: shopMoney('8.00') }]
    const transactions = [{ kind: 'SALE', status: 'SUCCESS', amountSet: shopMoney('24.00'), gateway: 'manual' }]
    const { order } = await create(talk, { lineItems, transactions, sourceIdentifier: 'conn-7', tags: ['b', 'a'] })
    assert.deepEqual(await shelves(talk), { Attic: '10/0/10', Barn: '5/0/5' })
    assert.deepEqual([order?.displayFinancialStatus, order?.displayFulfillmentStatus], ['PAID', 'UNFULFILLED'])
    assert.deepEqual([order?.sourceIdentifier, order?.tags], ['conn-7', ['a', 'b']])
    assert.deepEqual(at(order, 'lineItems', 'nodes', 0), {
        ...{ title: 'Mug', sku: 'MUG', quantity: 3, originalUnitPriceSet: { shopMoney: { amount: '8.0' } } },
    })
    assert.deepEqual(at(order, 'fulfillmentOrders', 'nodes'), [{ status: 'OPEN', assignedLocation: { name: 'Attic' } }])
    await create(talk, { lineItems }, 'DECREMENT_IGNORING_POLICY')
    assert.deepEqual(await shelves(talk), { Attic: '7/3/10', Barn: '5/0/5' })
    const unpaid = await create(talk, { lineItems: [{ title: 'Engraving', quantity: 1, priceSet: shopMoney('4') }] })
    assert.equal(unpaid.order?.displayFinancialStatus, null)
})

test('obeying the policy, an order for more than there is fails to claim it', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const lineItems = [{ variantId: await mugVariant(talk), quantity: 11 }]
    const refused = await create(talk, { lineItems }, 'DECREMENT_OBEYING_POLICY')
    assert.deepEqual([refused.order, refused.userErrors[0]?.code], [null, 'INVENTORY_CLAIM_FAILED'])
    assert.deepEqual((await plainState(talk)).orders, [])
    await act(talk, 'variant.edit', { sku: 'MUG', set: { inventoryPolicy: 'CONTINUE' } })
    await create(talk, { lineItems }, 'DECREMENT_OBEYING_POLICY')
    assert.equal((await shelves(talk)).Attic, '-1/11/10')
})

test('totals: shipping, tax by line, and one discount code that falls to the lines to the cent', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const tax = (amount: string) => [{ title: 'VAT', rate: '0.1', priceSet: shopMoney(amount) }]
    const lineItems = [
        { title: 'A', quantity: 2, priceSet: shopMoney('12.00'), taxLines: tax('2.40') },
        { title: 'B', quantity: 1, priceSet: shopMoney('1.00') },
    ]
    const shippingLines = [{ title: 'Ground', priceSet: shopMoney('5.00'), taxLines: tax('0.50') }]
    const discountCode = { itemFixedDiscountCode: { code: 'TEN', amountSet: shopMoney('10.00') } }
    const { order } = await create(talk, { lineItems, shippingLines, discountCode })
    const amount = (name: string) => at(order, name, 'shopMoney', 'amount')
    assert.deepEqual(['totalPriceSet', 'totalTaxSet', 'totalDiscountsSet', 'totalOutstandingSet'].map(amount), [
        '22.9',
        '2.9',
        '10.0',
        '22.9',
    ])
    assert.deepEqual(order?.discountCodes, ['TEN'])
})

test('what an order must not be made of is refused as recorded', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const fault = async (order: object) => {
        const { userErrors } = await create(talk, order)
        return userErrors.map(({ field, code }) => `${field.join('.')} ${code}`)
    }
    const line = { title: 'A', quantity: 1, priceSet: shopMoney('1') }
    assert.deepEqual(await fault({ lineItems: [] }), ['order.lineItems INVALID'])
    assert.deepEqual(await fault({ lineItems: [{ variantId: 'gid://shopify/ProductVariant/1', quantity: 1 }] }), [
        'order.lineItems.0.variantId INVALID',
    ])
    const customer = { toUpsert: { email: 'ada@example.com' } }
    assert.deepEqual(await fault({ lineItems: [line], customer, customerId: 'gid://shopify/Customer/1' }), [
        'order REDUNDANT_CUSTOMER_FIELDS',
    ])
    assert.deepEqual(await fault({ lineItems: [line], processedAt: '2099-01-01T00:00:00Z' }), [])
})

test('the same unique metafield twice is refused or not, as the shop is set; it is found at once', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const definition = { name: 'Origin', namespace: 'crossdock', key: 'origin', type: 'id', ownerType: 'ORDER' }
    await asked(
        talk,
        'mutation($definition: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $definition) { userErrors { message } } }',
        { definition },
    )
    const metafields = [{ namespace: 'crossdock', key: 'origin', type: 'id', value: 'order-1' }]
    const input = { lineItems: [{ title: 'A', quantity: 1, priceSet: shopMoney('1') }], metafields }
    const first = await create(talk, input)
    const found = await asked(
        talk,
        'query($customId: UniqueMetafieldValueInput!) { orderByIdentifier(identifier: { customId: $customId }) { id } }',
        { customId: { namespace: 'crossdock', key: 'origin', value: 'order-1' } },
    )
    assert.equal(found('orderByIdentifier', 'id'), first.order?.id)
    const again = await create(talk, input)
    assert.deepEqual(again.userErrors[0]?.field, ['order', 'metafields', '0', 'value'])
    await talk.control('shop.set', { shop: NORTHWIND, set: { uniqueOrderMetafields: 'ignored' } })
    assert.equal((await create(talk, input)).order?.name, '#1002')
})

test('an order is marked later by metafieldsSet, which refuses a mark that another has, as the shop is set', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const definition = { name: 'Origin', namespace: 'crossdock', key: 'origin', type: 'id', ownerType: 'ORDER' }
    await asked(
        talk,
        'mutation($definition: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $definition) { userErrors { message } } }',
        { definition },
    )
    const lineItems = [{ title: 'A', quantity: 1, priceSet: shopMoney('1') }]
    const [one, other] = [await create(talk, { lineItems }), await create(talk, { lineItems })]
    const mark = async ({ order }: Created) => {
        const metafields = [{ ownerId: order?.id, namespace: 'crossdock', key: 'origin', type: 'id', value: 'order-1' }]
        const query =
            'mutation($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { userErrors { code } } }'
        return (await asked(talk, query, { metafields }))('metafieldsSet', 'userErrors')
    }
    assert.deepEqual([await mark(one), await mark(one)], [[], []])
    assert.deepEqual(await mark(other), [{ code: 'CAPABILITY_VIOLATION' }])
    await talk.control('shop.set', { shop: NORTHWIND, set: { uniqueOrderMetafields: 'ignored' } })
    assert.deepEqual(await mark(other), [])
})

test('money is shown as the customer paid it, also of what was only given in the shop’s', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    const both = (amount: string, seen: string) => ({
        ...shopMoney(amount),
        presentmentMoney: { amount: seen, currencyCode: 'EUR' },
    })
    const lineItems = [
        {
            title: 'A',
            quantity: 3,
            priceSet: both('10.00', '9.11'),
            taxLines: [{ title: 'VAT', rate: '0.1', priceSet: shopMoney('3') }],
        },
        { title: 'B', quantity: 1, priceSet: shopMoney('20.00') },
    ]
    const order = { lineItems, presentmentCurrency: 'EUR', transactions: [{ amountSet: both('53.00', '48.28') }] }
    assert.equal((await create(talk, order)).order?.displayFinancialStatus, 'PAID')
    const MONEY = '{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }'
    const read = await asked(
        talk,
        `{ orders(first: 1) { nodes { presentmentCurrencyCode totalPriceSet ${MONEY} totalReceivedSet ${MONEY}
            lineItems(first: 2) { nodes { originalUnitPriceSet ${MONEY} taxLines { priceSet ${MONEY} } } } } } }`,
    )
    const money = (...path: (string | number)[]) => {
        const bag = read('orders', 'nodes', 0, ...path)
        return `${at(bag, 'shopMoney', 'amount')} ${at(bag, 'presentmentMoney', 'amount')} ${at(bag, 'presentmentMoney', 'currencyCode')}`
    }
    assert.equal(read('orders', 'nodes', 0, 'presentmentCurrencyCode'), 'EUR')
    assert.deepEqual(
        [
            money('totalPriceSet'),
            money('totalReceivedSet'),
            money('lineItems', 'nodes', 0, 'originalUnitPriceSet'),
            money('lineItems', 'nodes', 0, 'taxLines', 0, 'priceSet'),
            money('lineItems', 'nodes', 1, 'originalUnitPriceSet'),
        ],
        ['53.0 48.28 EUR', '53.0 48.28 EUR', '10.0 9.11 EUR', '3.0 2.73 EUR', '20.0 18.22 EUR'],
    )
    const wrong = await create(talk, { lineItems: [{ title: 'A', quantity: 1, priceSet: both('1', '1') }] })
    assert.deepEqual(wrong.userErrors[0]?.field, ['order', 'lineItems', '0', 'priceSet', 'presentmentMoney'])
    const foreign = { shopMoney: { amount: '1', currencyCode: 'EUR' } }
    const other = await create(talk, { lineItems: [{ title: 'A', quantity: 1, priceSet: foreign }] })
    assert.deepEqual(other.userErrors[0]?.field, ['order', 'lineItems', '0', 'priceSet', 'shopMoney'])
})
