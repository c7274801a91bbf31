import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transaction } from '../../sql/database.ts'
import { releaseMirrors } from '../../sql/mirror/mirrors.ts'
import { CORNER_SHOP, NORTHWIND, OUTLET, single } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import {
    figures,
    mirrors,
    movements,
    type Order,
    pushed,
    refunds,
    twinOf,
    twinsAgree,
    unjudged,
} from '../helpers/mirroring.ts'
import { type Pushing, pushing } from '../helpers/pushing.ts'

const both = { destinations: [CORNER_SHOP, OUTLET] }
const units = ({ lines }: Order) => lines.map(({ sku, currentQuantity }) => `${sku} ${currentQuantity}`)

test('rule 67: units that an edit takes off come off the twin, once, and are on sale again', async (t) => {
    const story = await pushing(t, both)
    const { sold } = await pushed(story, [{ sku: 'MUG', quantity: 3 }])
    await story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG', quantity: 1 }] })
    await story.hourly()
    assert.deepEqual(units(await twinOf(story, sold.id)), ['MUG 1'])
    assert.deepEqual(await figures(story), [49, 49, 49])
    await later(story)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [49, 49, 49])
    assert.deepEqual(await movements(story), ['sale -3 shown', 'edit 2 shown'])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    await twinsAgree(story)
})

test('rules 67 and 68: units that one store refunds while an edit of the other takes them off come back once', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 3 }])
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: [{ sku: 'MUG', quantity: 1, restock: 'cancel' }] })
    await story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG', quantity: 0 }] })
    await story.hourly()
    assert.deepEqual(await mirrors(story), [
        'refund to destination: adopted EDITED',
        'edit to source: answered',
        'refund_money to destination: proposed MONEY',
    ])
    await later(story)
    await story.hourly()
    assert.deepEqual(units(await twinOf(story, sold.id)), ['MUG 0'])
    assert.deepEqual(await figures(story), [50, 50, 50])
    await twinsAgree(story)
})

test('rule 67: more units, and a line that is added, go to the source once they are paid', async (t) => {
    const story = await pushing(t, both)
    const { sold } = await pushed(story, [{ sku: 'MUG', quantity: 1, price: '10.00' }])
    await story.edit(CORNER_SHOP, 'order.edit', {
        id: sold.id,
        set: [{ sku: 'MUG', quantity: 2 }],
        add: [{ sku: 'VASE', quantity: 1 }],
    })
    await story.hourly()
    assert.deepEqual(units(await twinOf(story, sold.id)), ['MUG 1'])
    await story.edit(CORNER_SHOP, 'order.pay', { id: sold.id })
    await story.hourly()
    assert.deepEqual(units(await twinOf(story, sold.id)), ['MUG 2', 'VASE 1'])
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [48, 48, 48])
    assert.deepEqual(await figures(story, 'VASE'), [49, 49, 49])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    // what was added is a line of the twin like others
    await story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'VASE', quantity: 0 }] })
    await story.hourly()
    assert.deepEqual(units(await twinOf(story, sold.id)), ['MUG 2', 'VASE 0'])
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story, 'VASE'), [50, 50, 50])
})

test('rule 67: an edit that is taken back before the source heard of it leaves nothing behind', async (t) => {
    const story = await pushing(t, both)
    const { sold } = await pushed(story, [{ sku: 'MUG', quantity: 1, price: '10.00' }])
    const becomes = (quantity: number) =>
        story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG', quantity }] })
    await becomes(3)
    await story.edit(CORNER_SHOP, 'order.pay', { id: sold.id })
    await story.settings(CORNER_SHOP, { mirror: { edits: false } } as Pushing)
    await story.hourly()
    assert.deepEqual(await movements(story), ['sale -1 shown', 'edit -2 open'])
    await story.settings(CORNER_SHOP, { mirror: { edits: true } } as Pushing)
    await becomes(1)
    await story.hourly()
    assert.deepEqual(await movements(story), ['sale -1 shown'])
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [49, 49, 49])
})

test('rules 24 and 67: of what comes back with a cancellation, units that the source was never told of give it nothing', async (t) => {
    const story = await pushing(t, { ...both, goods: { [CORNER_SHOP]: [single('Box', 'BOX')] } })
    const box = { sku: 'BOX', quantity: 1, price: '5.00' }
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 3, price: '10.00' }, box])
    await story.settings(CORNER_SHOP, { mirror: { edits: false } } as Pushing)
    await story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG', quantity: 4 }] })
    await story.edit(CORNER_SHOP, 'order.pay', { id: sold.id })
    await story.hourly()
    assert.deepEqual(await movements(story), ['sale -3 shown', 'edit -1 open'])
    await story.edit(NORTHWIND, 'order.cancel', { id: twin, restock: true })
    await later(story)
    await story.hourly()
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [50, 50, 50])
    assert.deepEqual(await movements(story), ['sale -3 shown', 'restock 3 shown'])
})

test('rule 67: what a refund took off is no edit', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 4 }])
    const lines = [{ sku: 'MUG', quantity: 1, restock: 'cancel' }]
    await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines })
    await story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG', quantity: 2 }] })
    await story.hourly()
    assert.deepEqual(units(await twinOf(story, sold.id)), ['MUG 2'])
    assert.equal((await refunds(story, NORTHWIND, twin)).length, 1)
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [48, 48])
    await twinsAgree(story)
})

test('rule 67: an edit waits for a person where the source has shipped', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 3 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, lines: [{ sku: 'MUG', quantity: 1 }] })
    await story.hourly()
    await story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG', quantity: 2 }] })
    await unjudged(story)
    assert.deepEqual(units(await twinOf(story, sold.id)), ['MUG 3'])
    assert.deepEqual(await mirrors(story, ['held']), ['edit to source: held ALREADY_SHIPPED'])
    assert.deepEqual(await figures(story), [47, 47], 'until then they are on sale nowhere')
    await transaction(story.db, (tx) => releaseMirrors(tx, story.account_id, null, null, 'a person'))
    await story.hourly()
    assert.deepEqual(units(await twinOf(story, sold.id)), ['MUG 2'])
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [48, 48])
})

test('rule 67: an edit at the source is listed for a person, once, and nothing is written for it', async (t) => {
    const story = await pushing(t, both)
    const { twin } = await pushed(story, [{ sku: 'MUG', quantity: 3 }])
    await story.edit(NORTHWIND, 'order.edit', { id: twin, set: [{ sku: 'MUG', quantity: 2 }] })
    await unjudged(story)
    assert.deepEqual(await mirrors(story), ['edit to destination: held EDITED_AT_SOURCE'])
    await later(story)
    await unjudged(story, 'nightly')
    assert.deepEqual(await mirrors(story), ['edit to destination: held EDITED_AT_SOURCE'])
    assert.deepEqual(await figures(story), [48, 48, 48])
})

test('rules 63 and 67: of packs an edit takes whole ones off', async (t) => {
    const six = single('Six mugs', 'MUG-6', { variant: { available: 3, price: '60.00' } })
    const story = await pushing(t, {
        goods: { [CORNER_SHOP]: [six] },
        settings: { mappings: [{ source_sku: 'MUG', destination_sku: 'MUG-6', factor: 6 }] },
    })
    const { sold } = await pushed(story, [{ sku: 'MUG-6', quantity: 2, price: '10.00' }])
    await story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG-6', quantity: 1 }] })
    await story.hourly()
    const { lines } = await twinOf(story, sold.id)
    assert.equal(
        lines.reduce((sum, { currentQuantity }) => sum + currentQuantity, 0),
        6,
    )
    await later(story)
    await story.hourly()
    assert.equal((await story.variant(NORTHWIND, 'MUG')).levels[0]?.available, 44)
})
