import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, single } from '../helpers/cast.ts'
import { buy, pushing, squared, twins } from '../helpers/pushing.ts'

const attributesOf = ({ customAttributes }: { customAttributes: { key: string; value: string | null }[] }) =>
    Object.fromEntries(customAttributes.map(({ key, value }) => [key, value]))

test('rule 63: a pushed line carries the price that was really paid, to the cent, converted at the frozen rate', async (t) => {
    const story = await pushing(t)
    // 29.99 less 5.00 is 24.99 GBP, at 1.25 31.24 USD for three: two at 10.41 and one at 10.42.
    await buy(story, [{ sku: 'MUG', quantity: 3, price: '10.00', discount: '5.01' }])
    await story.hourly()
    const [twin] = await twins(story)
    assert.deepEqual(
        twin!.lines.map(({ quantity, price }) => `${quantity} × ${price}`),
        ['2 × 10.41', '1 × 10.42'],
    )
    assert.equal(twin!.total, '31.24')
    assert.equal(twin!.received, '31.24')
    assert.equal(attributesOf(twin!.lines[0]!).Discount, '5.01 GBP')
    assert.equal(attributesOf(twin!)['Exchange rate'], '1.25')
    await squared(story)
})

test('rule 63: a six-pack pushes six units and keeps its total', async (t) => {
    const pack = single('Six mugs', 'MUG-6PK', { variant: { available: 0, price: '50.00' } })
    const mappings = [{ source_sku: 'MUG', destination_sku: 'MUG-6PK', factor: 6 }]
    const story = await pushing(t, { settings: { mappings }, goods: { [CORNER_SHOP]: [pack] } })
    await buy(story, [{ sku: 'MUG-6PK', quantity: 1, price: '40.00' }])
    await story.hourly()
    const [twin] = await twins(story)
    assert.deepEqual(
        twin!.lines.map(({ sku, quantity, price }) => `${quantity} ${sku} × ${price}`),
        ['4 MUG × 8.33', '2 MUG × 8.34'],
    )
    assert.equal(twin!.total, '50.00')
    assert.equal((await story.variant(NORTHWIND, 'MUG')).levels[0]!.available, 44)
    await squared(story)
})

test('rule 62: the highest threshold that is met says what shipping costs; below all of them it costs nothing', async (t) => {
    const shipping = [
        { from: '20', cost: '4' },
        { from: '100', cost: '10' },
    ]
    const story = await pushing(t, { settings: { push: { shipping } } })
    // At 1.25 these are 100.00, 99.99 and 12.50 USD.
    await buy(story, [{ sku: 'MUG', quantity: 1, price: '80.00' }])
    await buy(story, [{ sku: 'MUG', quantity: 1, price: '79.99' }])
    await buy(story, [{ sku: 'MUG', quantity: 1, price: '10.00' }])
    await story.hourly()
    const made = await twins(story)
    assert.deepEqual(made.map(({ total }) => total).sort(), ['103.99', '110.00', '12.50'])
    await squared(story)
})

for (const taxesIncluded of [false, true]) {
    test(`rule 63: the tax of a line travels with it, ${taxesIncluded ? 'within' : 'beside'} its price, also of one in two parts`, async (t) => {
        const story = await pushing(t)
        await buy(story, [{ sku: 'MUG', quantity: 3, price: '10.00', discount: '5.01', taxRate: 0.2 }], {
            taxesIncluded,
        })
        await story.hourly()
        const [twin] = await twins(story)
        const taxes = twin!.lines.flatMap(({ taxLines }) => taxLines.map(({ price }) => price))
        // 20 % of 24.99 GBP are 5.00, within the price 4.17; at 1.25 that is 6.25 and 5.21.
        assert.deepEqual(taxes, taxesIncluded ? ['3.48', '1.73'] : ['4.17', '2.08'])
        assert.equal(twin!.total, taxesIncluded ? '31.24' : '37.49')
        assert.equal(twin!.received, twin!.total)
        await squared(story)
    })
}

test('rules 60 and 61: tags, attributes and the note say which order it stands for; a tag that is too long is not lost', async (t) => {
    const long = 'a tag with which somebody sorts orders by hand'
    const story = await pushing(t)
    const { id, name } = await buy(story, [{ sku: 'MUG', quantity: 1 }], { tags: [long, 'gift'], taxesIncluded: true })
    await story.hourly()
    const [twin] = await twins(story)
    assert.deepEqual([...twin!.tags].sort(), [name, 'corner-shop.example', 'crossdock', 'gift'].sort())
    const attributes = attributesOf(twin!)
    assert.equal(attributes.Tags, long)
    assert.equal(attributes['Destination order id'], String(id))
    assert.match(twin!.note ?? '', new RegExp(`Order ${name} of corner-shop.example`))
    assert.match(twin!.note ?? '', /Prices include tax/)
    await squared(story)
})

test('rule 71: only what is ticked leaves the destination', async (t) => {
    const marks: string[] = []
    const story = await pushing(t, { settings: { order_details: ['customer'], push: { marks } } })
    const buyers = {
        ...{ note: 'Ring twice', tags: ['vip'], email: 'ada@byron.example', phone: '+44 20 7946 0000' },
        customer: { firstName: 'Ada', lastName: 'Byron', email: 'ada@byron.example' },
        customAttributes: [{ key: 'Gift', value: 'yes' }],
    }
    const line = { sku: 'MUG', quantity: 1, customAttributes: [{ key: 'Engraving', value: 'A.B.' }] }
    await buy(story, [line], buyers)
    await story.hourly()
    const [twin] = await twins(story)
    assert.deepEqual(attributesOf(twin!), { Customer: 'Ada Byron' })
    assert.deepEqual([twin!.note, twin!.tags, twin!.email, twin!.shippingAddress], ['', [], null, null])
    assert.deepEqual(
        twin!.lines[0]!.customAttributes.map(({ key }) => key),
        ['_crossdock', 'Paid there'],
    )
    const { rows } = await story.db.send('select email, phone, note, attributes from staging.order_people')
    assert.deepEqual(rows, [{ email: null, phone: null, note: null, attributes: null }])
    await squared(story)
})

test('rules 70 and 71: what is ticked travels, and the mails of the source go to whom the settings name', async (t) => {
    const story = await pushing(t, { settings: { push: { contact: 'buyer', name: '{store}-{number}' } } })
    const line = { sku: 'MUG', quantity: 1, customAttributes: [{ key: 'Engraving', value: 'A.B.' }] }
    await buy(story, [line], { note: 'Ring twice', email: 'ada@byron.example', name: '#1007' })
    await story.hourly()
    const [twin] = await twins(story)
    assert.equal(twin!.email, 'ada@byron.example')
    assert.equal(twin!.name, 'corner-shop.example-1007')
    assert.match(twin!.note ?? '', /Ring twice$/)
    assert.equal(twin!.shippingAddress?.address1, '1 Mill Lane')
    assert.equal(attributesOf(twin!.lines[0]!).Engraving, 'A.B.')
    await squared(story)
})
