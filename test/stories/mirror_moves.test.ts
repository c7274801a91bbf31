import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import { parcels, pushed } from '../helpers/mirroring.ts'
import { pushing } from '../helpers/pushing.ts'

const UPS = (number: string) => ({ company: 'UPS', number })

/** A parcel that left long ago: whatever becomes of it does not lie within the minutes that a reading reaches back. */
async function shipped(t: Parameters<typeof pushing>[0]) {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, tracking: UPS('1Z1') })
    await story.hourly()
    await later(story)
    await story.hourly()
    await later(story)
    return { story, sold, twin }
}

test('rule 65: tracking that is edited long after the parcel left arrives within the hour', async (t) => {
    const { story, sold, twin } = await shipped(t)
    await story.edit(NORTHWIND, 'order.track', { id: twin, tracking: UPS('1Z2') })
    await later(story)
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), ['2 by 1Z2, mails 1'])
})

test('rule 64: a parcel that is taken back long after it was entered is taken back within the hour', async (t) => {
    const { story, sold, twin } = await shipped(t)
    await story.edit(NORTHWIND, 'order.unship', { id: twin })
    await later(story)
    await story.hourly()
    assert.deepEqual(await parcels(story, CORNER_SHOP, sold.id), [])
})
