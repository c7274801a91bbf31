import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { decide } from '../../jobs/decide.ts'
import { linesOf, setsOf } from '../../sql/changes/changes.ts'
import { NORTHWIND, OUTLET, single } from '../helpers/cast.ts'
import { plain, type Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'

const sku = (n: number) => `SKU-${n}`
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Northwind and the outlet with so many goods, after a first sync. */
async function stocked(t: TestContext, goods: number, settings = {}) {
    const things = numbers(1, goods).map((n) => single(`Thing ${n}`, sku(n)))
    const connections = [{ destination: OUTLET, settings: plain(settings) }]
    return syncedStory(t, { goods: { [NORTHWIND]: things }, connections })
}

async function sellOut(story: Story, from: number, to: number) {
    for (const n of numbers(from, to)) await story.edit(NORTHWIND, 'level.set', { sku: sku(n), available: 0 })
}

const reprice = (story: Story, n: number, price: string) =>
    story.edit(NORTHWIND, 'variant.edit', { sku: sku(n), set: { price } })

async function empties(story: Story): Promise<number> {
    const { products } = await story.state(OUTLET)
    return products.flatMap((it) => it.variants).filter((it) => it.levels[0]?.available === 0).length
}

const priceOf = async (story: Story, n: number) => (await story.variant(OUTLET, sku(n))).price

test('rule 86: stock to zero for a tenth of the items is written, for more it is held, with its lines shown first', async (t) => {
    const story = await stocked(t, 20)
    await sellOut(story, 1, 2)
    await story.nightly()
    assert.equal(await empties(story), 2)
    await story.approveAll()
    await story.daysPass(8)
    await sellOut(story, 3, 4)
    await story.edit(NORTHWIND, 'level.set', { sku: sku(5), available: 7 })
    await story.nightly()
    const said = 'stock to zero since a person last approved for 4 of 20 items that had some: more than 10 %'
    assert.deepEqual(await story.held(OUTLET), { stock: said })
    assert.equal(await empties(story), 2, 'nothing of the kind is written')
    const { db, account_id } = story
    const [set] = await setsOf(db, account_id, { state: 'held' })
    const lines = await linesOf(db, account_id, set!.change_set_id, {}, { limit: 9, offset: 0 })
    const shown = lines.map(({ label, brake, status }) => `${label} ${brake} ${status}`)
    assert.deepEqual(
        shown.slice(0, 2).toSorted(),
        [3, 4].map((n) => `${sku(n)} zero held`),
    )
    assert.deepEqual(shown.slice(2), [`${sku(5)} null held`])
})

test('rule 86: slow ruin trips: nights that take 6 %, 4 % and 6 % to zero', async (t) => {
    const story = await stocked(t, 50)
    await sellOut(story, 1, 3)
    await story.nightly()
    await story.daysPass(2)
    assert.deepEqual(await story.held(OUTLET), {})
    await sellOut(story, 4, 5)
    await story.nightly()
    await story.daysPass(2)
    assert.deepEqual([await empties(story), await story.held(OUTLET)], [5, {}])
    await sellOut(story, 6, 8)
    await story.nightly()
    const said = 'stock to zero within 7 days for 8 of 50 items that had some: more than 10 %'
    assert.deepEqual([await empties(story), await story.held(OUTLET)], [5, { stock: said }])
})

test('rule 86: what a person approved is the measure from then on', async (t) => {
    const story = await stocked(t, 20)
    await sellOut(story, 1, 3)
    await story.nightly()
    const said = 'stock to zero for 3 of 20 items that had some: more than 10 %'
    assert.deepEqual([await empties(story), await story.held(OUTLET)], [0, { stock: said }])
    await story.approveAll()
    assert.equal(await empties(story), 3)
    await sellOut(story, 4, 4)
    await story.nightly()
    assert.deepEqual([await empties(story), await story.held(OUTLET)], [4, {}])
    await sellOut(story, 5, 5)
    await story.nightly()
    const again = 'stock to zero within 24 hours for 2 of 17 items that had some: more than 10 %'
    assert.deepEqual([await empties(story), await story.held(OUTLET)], [4, { stock: again }])
})

test('rule 86: fewer than ten items trip no brake that goes by share', async (t) => {
    const story = await stocked(t, 9)
    await sellOut(story, 1, 9)
    for (const n of numbers(1, 9)) await reprice(story, n, '20.00')
    for (const n of numbers(1, 9)) await story.edit(NORTHWIND, 'product.unpublish', { handle: `thing-${n}` })
    await story.nightly()
    assert.deepEqual([await empties(story), await story.held(OUTLET)], [9, {}])
})

test('rule 86: a price moved by 30 % is written, by more it is held; a held price set does not hold stock', async (t) => {
    const story = await stocked(t, 20)
    await reprice(story, 1, '13.00')
    await story.nightly()
    assert.equal(await priceOf(story, 1), '13.00')
    await reprice(story, 2, '13.10')
    await sellOut(story, 3, 3)
    await story.nightly()
    const said = 'price moved by more than 30 % for 1 of 20 items: more than 1 %'
    assert.deepEqual(await story.held(OUTLET), { price: said })
    assert.deepEqual([await priceOf(story, 2), await empties(story)], ['10.00', 1])
    await story.approveAll()
    assert.equal(await priceOf(story, 2), '13.10')
})

test('rule 86: a price that creeps is held when it has gone too far', async (t) => {
    const story = await stocked(t, 20)
    for (const price of ['12.00', '13.00']) {
        await reprice(story, 1, price)
        await story.nightly()
        await story.daysPass(1)
    }
    assert.equal(await priceOf(story, 1), '13.00')
    await reprice(story, 1, '14.00')
    await story.nightly()
    const said = 'price moved by more than 30 % within 7 days for 1 of 20 items: more than 1 %'
    assert.deepEqual([await priceOf(story, 1), await story.held(OUTLET)], ['13.00', { price: said }])
})

test('rule 86: any price to 0 or under a tenth is held, of however few items', async (t) => {
    const story = await stocked(t, 2)
    await reprice(story, 1, '1.00')
    await story.nightly()
    assert.deepEqual([await priceOf(story, 1), await story.held(OUTLET)], ['1.00', {}])
    await story.daysPass(8)
    await reprice(story, 2, '0.00')
    await story.nightly()
    const said = 'price to 0 or under a tenth for 1 items: none may'
    assert.deepEqual([await priceOf(story, 2), await story.held(OUTLET)], ['10.00', { price: said }])
})

test('rule 86: unpublishing a twentieth is written, more is held', async (t) => {
    const story = await stocked(t, 20)
    await story.edit(NORTHWIND, 'product.unpublish', { handle: 'thing-1' })
    await story.nightly()
    assert.deepEqual((await story.product(OUTLET, 'thing-1')).publishedOn, [])
    await story.edit(NORTHWIND, 'product.unpublish', { handle: 'thing-2' })
    await story.nightly()
    const said = '2 of 20 products deleted or taken off sale within 24 hours: more than 5 %'
    assert.deepEqual(await story.held(OUTLET), { catalogue: said })
    assert.notDeepEqual((await story.product(OUTLET, 'thing-2')).publishedOn, [])
})

test('rule 86: creations over the number that is let through are held', async (t) => {
    const story = await stocked(t, 1, { brakes: { create_most: 2 } })
    for (const n of numbers(2, 3)) await story.edit(NORTHWIND, 'product.create', single(`Thing ${n}`, sku(n)))
    await story.nightly()
    assert.equal((await story.state(OUTLET)).products.length, 3)
    await story.edit(NORTHWIND, 'product.create', single('Thing 4', sku(4)))
    await story.nightly()
    assert.deepEqual(await story.held(OUTLET), { catalogue: '3 products created within 24 hours: more than 2' })
    await story.approveAll()
    assert.equal((await story.state(OUTLET)).products.length, 4)
})

test('rule 88: a line approved in a held set is written by the next run, whichever comparison comes between', async (t) => {
    const story = await stocked(t, 20)
    await sellOut(story, 1, 3)
    await story.nightly()
    const { db, account_id } = story
    const [set] = await setsOf(db, account_id, { state: 'held' })
    const filter = { label: sku(1) }
    await decide(db, { account_id, who: 'ann', set: set!.change_set_id, filter, decision: 'approve' })
    await story.run('nightly')
    assert.equal((await story.variant(OUTLET, sku(1))).levels[0]?.available, 0)
    // what is left are two of twenty, which no brake holds
    assert.deepEqual([await empties(story), await story.held(OUTLET)], [3, {}])
})
