import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, OUTLET, single } from '../helpers/cast.ts'
import { deskOf } from '../helpers/desk.ts'
import { later } from '../helpers/later.ts'
import {
    besideSoap,
    figures,
    mirrors,
    movements,
    orderAt,
    pushed,
    refunds,
    twinOf,
    twinsAgree,
} from '../helpers/mirroring.ts'
import { buy, pushing } from '../helpers/pushing.ts'

const both = { destinations: [CORNER_SHOP, OUTLET] }
const mugs = (quantity: number, restock: string) => [{ sku: 'MUG', quantity, restock }]

for (const [restock, kind, expected] of [
    ['cancel', 'CANCEL', [49, 49, 49]],
    ['no_restock', 'NO_RESTOCK', [47, 47, 47]],
] as const) {
    test(`rules 22, 23 and 68: a refund of the destination with ${restock} is repeated at the source, once`, async (t) => {
        const story = await pushing(t, both)
        const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 3, price: '10.00' }])
        await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: mugs(2, restock) })
        await story.hourly()
        // 20.00 GBP at the rate that the push froze, as the twin's payment was
        assert.deepEqual(await refunds(story, NORTHWIND, twin), [`2 ${kind}, 25.00`])
        assert.deepEqual(await figures(story), expected)
        await later(story)
        await story.hourly()
        await story.nightly()
        assert.deepEqual(await figures(story), expected)
        assert.equal((await orderAt(story, CORNER_SHOP, sold.id)).refunds.length, 1)
        assert.deepEqual(await story.writes(() => story.hourly()), [])
    })
}

test('rule 22: what was lost before the push counts from the run that pushes the rest, and still once all is cancelled', async (t) => {
    const story = await pushing(t, both)
    const sold = await buy(story, [{ sku: 'MUG', quantity: 3 }])
    await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: mugs(1, 'no_restock') })
    await story.hourly()
    assert.deepEqual(await movements(story), ['sale -2 shown', 'edit -1 open'])
    assert.deepEqual(await figures(story), [48, 47, 47])
    await later(story)
    await story.edit(CORNER_SHOP, 'order.cancel', { id: sold.id, restock: true })
    await later(story)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [50, 49, 49])
})

test('rule 22: what was lost before the push counts on, also when the source cancels the rest', async (t) => {
    const story = await pushing(t, both)
    const sold = await buy(story, [{ sku: 'MUG', quantity: 3 }])
    await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: mugs(1, 'no_restock') })
    await story.hourly()
    await story.edit(NORTHWIND, 'order.cancel', { id: (await twinOf(story, sold.id)).id, restock: true })
    await later(story)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await movements(story), ['sale -2 shown', 'edit -1 open', 'edit 2 shown'])
    assert.deepEqual(await figures(story), [50, 49, 49])
})

test('rule 22: a line that was lost whole before the push counts on, also once its order is cancelled at both stores', async (t) => {
    const story = await pushing(t, both)
    const mug = { sku: 'MUG', quantity: 1 }
    const { id, lineIds } = await buy(story, [mug, mug])
    await story.edit(CORNER_SHOP, 'order.refund', {
        id,
        lines: [{ lineId: lineIds[1]!, quantity: 1, restock: 'no_restock' }],
    })
    await story.hourly()
    assert.deepEqual(await movements(story), ['sale -1 shown', 'sale -1 open'])
    await later(story)
    await story.edit(CORNER_SHOP, 'order.cancel', { id, restock: true })
    await later(story)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [50, 49, 49])
})

test('rule 22: of a line that stands in two parts at the source, what never left is refunded of the part not shipped yet', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2, price: '10.01' }])
    const [first, second] = (await orderAt(story, NORTHWIND, twin)).lines
    assert.ok(first && second, 'an odd number of cents makes two parts of two units')
    await story.edit(NORTHWIND, 'order.ship', { id: twin, lines: [{ lineId: first.id, quantity: 1 }] })
    await story.hourly()
    await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: mugs(1, 'cancel') })
    await story.hourly()
    const { refunds: made } = await orderAt(story, NORTHWIND, twin)
    assert.deepEqual(
        made.flatMap(({ lines }) => lines.map(({ lineId, restockType }) => [lineId, restockType])),
        [[second.id, 'CANCEL']],
    )
    assert.deepEqual(await figures(story), [49, 49, 49])
})

test('rules 22 and 68: a refund of the source is repeated at the destination in units, and not carried back', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 3, price: '10.00' }])
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(1, 'cancel'), note: 'hand' })
    await story.hourly()
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), ['1 CANCEL, 0.00'])
    await later(story)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [48, 48, 48])
    assert.equal((await orderAt(story, NORTHWIND, twin)).refunds.length, 1)
    assert.deepEqual(await movements(story), ['sale -3 shown', 'restock 1 shown'])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
})

test('rule 24: a refund that people made by hand at both stores is one, and comes back once', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 3 }])
    await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: mugs(1, 'cancel') })
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(1, 'cancel') })
    await story.run('hourly')
    await later(story)
    await story.run('hourly')
    assert.deepEqual(await figures(story), [48, 48, 48])
    assert.equal((await orderAt(story, CORNER_SHOP, sold.id)).refunds.length, 1)
    assert.equal((await orderAt(story, NORTHWIND, twin)).refunds.length, 1)
    assert.deepEqual(await mirrors(story), ['refund to source: adopted', 'refund to destination: adopted'])
})

test('rules 22 and 68: what is shipped and comes back is returned at the source, where it goes on sale', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin })
    await story.hourly()
    await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: mugs(1, 'return') })
    await story.hourly()
    const [refund] = (await orderAt(story, NORTHWIND, twin)).refunds
    assert.equal(refund!.lines[0]!.restockType, 'RETURN')
    await later(story)
    await story.hourly()
    assert.deepEqual(await figures(story), [49, 49, 49])
})

for (const sold of [2, 3]) {
    test(`rules 21b and 22: of ${sold} units, one shipped from the own stock and taken back before the push, the others go to the source`, async (t) => {
        const story = await pushing(t, both)
        const { crossdock } = deskOf(story)
        await crossdock('store push', { domain: CORNER_SHOP, automatic: 'off' })
        const { id } = await buy(story, [{ sku: 'MUG', quantity: sold }])
        await story.edit(CORNER_SHOP, 'order.ship', { id, lines: [{ sku: 'MUG', quantity: 1 }] })
        await story.edit(CORNER_SHOP, 'order.refund', { id, lines: mugs(1, 'return') })
        await later(story)
        await story.hourly()
        const left = 50 - (sold - 1)
        assert.deepEqual(await figures(story), [50, left, left])
        await crossdock('store push', { domain: CORNER_SHOP, automatic: 'on' })
        await story.hourly()
        const twin = await twinOf(story, id)
        assert.deepEqual(
            twin.lines.map(({ quantity }) => quantity),
            [sold - 1],
        )
        await later(story)
        await story.hourly()
        await story.nightly()
        assert.deepEqual(await figures(story), [left, left, left])
        assert.deepEqual(await movements(story), ['restock 1 before_push', `sale -${sold - 1} shown`])
        await twinsAgree(story)
    })
}

test('rule 68: a refund of units that the source has shipped waits for a person', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await pushed(story, [{ sku: 'MUG', quantity: 2 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin })
    await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines: mugs(2, 'cancel') })
    await story.run('hourly')
    assert.deepEqual(await refunds(story, NORTHWIND, twin), [])
    assert.ok((await mirrors(story)).includes('refund to source: held ALREADY_SHIPPED'))
    await later(story)
    await story.run('hourly')
    assert.deepEqual((await figures(story)).slice(0, 2), [48, 48])
})

test('rule 63: refunds of less than a pack wait, and go with the one that completes it', async (t) => {
    const six = single('Six mugs', 'MUG-6', { variant: { available: 3, price: '60.00' } })
    const story = await pushing(t, {
        goods: { [CORNER_SHOP]: [six] },
        settings: { mappings: [{ source_sku: 'MUG', destination_sku: 'MUG-6', factor: 6 }] },
    })
    const { sold, twin } = await pushed(story, [{ sku: 'MUG-6', quantity: 2 }])
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(4, 'cancel') })
    await story.hourly()
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), [])
    assert.deepEqual(await mirrors(story, ['waiting']), ['refund to destination: waiting PART_OF_PACK'])
    await story.edit(NORTHWIND, 'order.refund', { id: twin, lines: mugs(2, 'cancel') })
    await story.hourly()
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), ['1 CANCEL, 0.00'])
    assert.deepEqual(await mirrors(story, ['waiting']), [])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
})

test('rule 53: a refund of lines that never went to the source is none of its business', async (t) => {
    const { story, sold, twin } = await besideSoap(t, 1)
    const lines = [{ sku: 'SOAP', quantity: 1, restock: 'cancel' }]
    await story.edit(CORNER_SHOP, 'order.refund', { id: sold.id, lines })
    await story.hourly()
    assert.deepEqual(await refunds(story, NORTHWIND, twin), [])
    assert.deepEqual(await mirrors(story), [])
})
