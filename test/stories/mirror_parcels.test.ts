import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, single } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import { mirrors, orderAt, parcels, pushed } from '../helpers/mirroring.ts'
import { pushing } from '../helpers/pushing.ts'

const UPS = (number: string) => ({ company: 'UPS', number, url: `https://ups.example/${number}` })

test('rule 64: a fulfilment in two parcels arrives with both tracking numbers, each once', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [
        { sku: 'MUG', quantity: 2 },
        { sku: 'VASE', quantity: 1 },
    ])
    const status = async () => (await orderAt(story, CORNER_SHOP, sold.id)).fulfillmentStatus
    await story.edit(NORTHWIND, 'order.ship', { id: twin, lines: [{ sku: 'MUG', quantity: 1 }], tracking: UPS('1Z1') })
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), ['1 by 1Z1, mails 1'])
    assert.equal(await status(), 'PARTIALLY_FULFILLED')
    await story.edit(NORTHWIND, 'order.ship', { id: twin, tracking: UPS('1Z2') })
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), ['1 by 1Z1, mails 1', '2 by 1Z2, mails 1'])
    assert.equal(await status(), 'FULFILLED')
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    await story.nightly()
    assert.equal((await parcels(story, CORNER_SHOP, sold.id)).length, 2)
})

test('rule 64: two parcels of one hour arrive as two', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 3 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, lines: [{ sku: 'MUG', quantity: 1 }], tracking: UPS('1Z1') })
    await story.edit(NORTHWIND, 'order.ship', { id: twin, tracking: UPS('1Z2') })
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), ['1 by 1Z1, mails 1', '2 by 1Z2, mails 1'])
})

test('rule 65: tracking that was edited at the source is edited at the destination, and no second mail is sent', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 1 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, tracking: UPS('1Z1') })
    await story.hourly()
    await story.edit(NORTHWIND, 'order.track', { id: twin, tracking: UPS('1Z9') })
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), ['1 by 1Z9, mails 1'])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
})

test('rule 64: a parcel that never left is taken back, and what is shipped instead arrives', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, tracking: UPS('1Z1') })
    await story.hourly()
    await story.edit(NORTHWIND, 'order.unship', { id: twin })
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), [])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, tracking: UPS('1Z2') })
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), ['2 by 1Z2, mails 1'])
})

test('rule 66: a parcel that is entered at the destination by hand is not entered again, and listed', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, tracking: UPS('1Z1') })
    await story.edit(CORNER_SHOP, 'order.ship', { id: sold.id, tracking: UPS('BY HAND') })
    await story.hourly()
    await later(story)
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), ['2 by BY HAND, mails 0'])
    assert.deepEqual(await mirrors(story), ['fulfillment to destination: refused ALREADY_EXISTS'])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 64: one parcel of the source goes from each location of the destination that has its units, with one mail', async (t) => {
    const locations = [{ name: 'East' }, { name: 'West' }]
    const story = await pushing(t, {
        shops: { [NORTHWIND]: { locations }, [CORNER_SHOP]: { locations } },
        settings: { locations: locations.map(({ name }) => ({ source: name, destination: name })) },
    })
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG', location: 'West', available: 9 })
    await story.hourly()
    const { sold, twin } = await pushed(story, [
        { sku: 'MUG', quantity: 1, location: 'East' },
        { sku: 'MUG', quantity: 2, location: 'West' },
    ])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, tracking: UPS('1Z1') })
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), ['1 by 1Z1, mails 1', '2 by 1Z1, mails 0'])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
})

test('rule 63: parcels of less than a pack wait, and go with the one that completes it', async (t) => {
    const six = single('Six mugs', 'MUG-6', { variant: { available: 3, price: '60.00' } })
    const story = await pushing(t, {
        goods: { [CORNER_SHOP]: [six] },
        settings: { mappings: [{ source_sku: 'MUG', destination_sku: 'MUG-6', factor: 6 }] },
    })
    const { sold, twin } = await pushed(story, [{ sku: 'MUG-6', quantity: 1 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, lines: [{ sku: 'MUG', quantity: 4 }], tracking: UPS('1Z1') })
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), [])
    assert.deepEqual(await mirrors(story), ['fulfillment to destination: waiting PART_OF_PACK'])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, tracking: UPS('1Z2') })
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), ['1 by 1Z2 and 1Z1, mails 1'])
    assert.deepEqual(await mirrors(story, ['waiting']), [])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
})
