import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { decide, type Replacement } from '../../jobs/decide.ts'
import { linesOf, setsOf } from '../../sql/changes/changes.ts'
import { CORNER_SHOP, NORTHWIND, OUTLET, single, sized } from '../helpers/cast.ts'
import { plain, type Story, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { Decided } from '../oracle/oracle.ts'

const selling = (settings = {}) => ({
    goods: { [NORTHWIND]: [sized('Tee', 'TEE', ['S', 'M']), single('Mug', 'MUG-1')] },
    connections: [{ destination: OUTLET, settings: plain(settings) }],
})

/** The open line of a field, or of a creation, as a person finds it in the list. */
async function lineOf({ db, account_id }: Story, entity: string, label: string, field = '') {
    for (const set of await setsOf(db, account_id, { state: 'held' })) {
        const page = { limit: 1, offset: 0 }
        const [line] = await linesOf(
            db,
            account_id,
            set.change_set_id,
            { entity, label },
            { limit: 100, offset: 0 },
        ).then((lines) => lines.filter((it) => it.field === field).slice(0, page.limit))
        if (line) return { ...line, set: set.change_set_id }
    }
    throw new Error(`Expected an open line ${entity} ${label} ${field}, got none.`)
}

type Said = { decision: 'reject' | 'keep' } | { decision: 'replace'; value: Replacement }

/** A person decides a line; returned as the oracle is told of it. */
async function say(story: Story, entity: 'product' | 'variant' | 'level', label: string, field: string, said: Said) {
    const { db, account_id, connections } = story
    const line = await lineOf(story, entity, label, field)
    await decide(db, { account_id, who: 'the person', set: line.set, filter: { lines: [line.change_id] }, ...said })
    const place = { entity, item: Number(line.item_id), location: Number(line.location_id), field }
    return [{ connection: connections.get(OUTLET)!, ...place, ...said }] satisfies Decided[]
}

/** A mug that both shops have, at two prices, and the first set that would overwrite the destination's. */
async function waiting(t: TestContext) {
    const goods = { [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { price: '12.00' } })] }
    const there = { [OUTLET]: [single('Mug', 'MUG-1', { variant: { price: '9.00' } })] }
    const settings = plain({ existing_items: 'overwrite' })
    const story = await startStory(t, {
        goods: { ...goods, ...there },
        connections: [{ destination: OUTLET, settings }],
    })
    await story.edit(NORTHWIND, 'product.edit', { handle: 'mug', set: { title: 'Big mug' } })
    await story.nightly()
    return story
}

const priceOf = async (story: Story) => (await story.variant(OUTLET, 'MUG-1')).price

test('D1: a line that waits since both sides changed is written when a person approves it', async (t) => {
    const story = await syncedStory(t, selling({ on_both: 'hold' }))
    await story.edit(OUTLET, 'variant.edit', { sku: 'MUG-1', set: { price: '9.00' } })
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'MUG-1', set: { price: '12.00' } })
    await story.nightly()
    const item = Number((await lineOf(story, 'variant', 'MUG-1', 'price')).item_id)
    const place = { connection: story.connections.get(OUTLET)!, entity: 'variant', item, field: 'price' } as const
    await story.approveAll([{ ...place, decision: 'approve' }])
    assert.equal(await priceOf(story), '12.00')
})

test('rule 88: a rejected line is not proposed again until its desired value changes', async (t) => {
    const story = await waiting(t)
    const decisions = await say(story, 'variant', 'MUG-1', 'price', { decision: 'reject' })
    await story.approveAll(decisions)
    await story.nightly()
    assert.equal(await priceOf(story), '9.00')
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'MUG-1', set: { price: '13.00' } })
    await story.nightly()
    assert.equal(await priceOf(story), '13.00')
})

/** Twenty items, of which the source sells out three at once; a person rejects the line of one, which goes on being sold. */
async function soldOn(t: TestContext) {
    const skus = Array.from({ length: 20 }, (_, n) => `SKU-${n}`)
    const goods = { [NORTHWIND]: skus.map((sku) => single(sku, sku)) }
    const story = await syncedStory(t, { goods, connections: [{ destination: OUTLET, settings: plain() }] })
    const count = (sku: string, available: number) => story.edit(NORTHWIND, 'level.set', { sku, available })
    for (const sku of skus.slice(0, 3)) await count(sku, 0)
    await story.nightly()
    await story.approveAll(await say(story, 'level', 'SKU-1', 'available', { decision: 'reject' }))
    await story.nightly()
    const shown = async () => (await story.variant(OUTLET, 'SKU-1')).levels[0]!.available
    assert.equal(await shown(), 15)
    return { story, shown, count: (available: number) => count('SKU-1', available) }
}

test('rules 86 and 88: a figure of stock that was rejected is written when the source falls to it a second time', async (t) => {
    const { story, shown, count } = await soldOn(t)
    await count(15)
    await story.hourly()
    await count(0)
    await story.hourly()
    assert.equal(await shown(), 0)
})

test('rules 86 and 88: so it is where the figure between could not be written', async (t) => {
    const { story, shown, count } = await soldOn(t)
    await count(12)
    await story.sandbox.control('fail.next', { kind: 'access_denied', shop: OUTLET, name: 'inventorySetQuantities' })
    await story.run('hourly').catch(() => undefined)
    assert.equal(await shown(), 15)
    await count(0)
    await story.run('hourly')
    assert.equal(await shown(), 0)
})

test('rule 88: a kept value stands whatever the source does', async (t) => {
    const story = await waiting(t)
    const decisions = await say(story, 'variant', 'MUG-1', 'price', { decision: 'keep' })
    await story.approveAll(decisions)
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'MUG-1', set: { price: '13.00' } })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    assert.equal(await priceOf(story), '9.00')
})

test('rule 88: a replaced value is written, and stands until the desired one changes', async (t) => {
    const story = await waiting(t)
    const decisions = await say(story, 'variant', 'MUG-1', 'price', { decision: 'replace', value: '11.11' })
    await story.approveAll(decisions)
    assert.equal(await priceOf(story), '11.11')
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'MUG-1', set: { price: '13.00' } })
    await story.nightly()
    assert.equal(await priceOf(story), '13.00')
})

test('rule 88: a creation that a person rejected is not made, and does not come back', async (t) => {
    const story = await startStory(t, selling())
    await story.nightly()
    const decisions = await say(story, 'product', 'mug', '', { decision: 'reject' })
    await story.approveAll(decisions)
    await story.nightly()
    assert.deepEqual(
        (await story.state(OUTLET)).products.map((it) => it.handle),
        ['tee'],
    )
})

async function rollBack(story: Story, kind: 'catalogue' | 'price', nth = 0) {
    const connection = story.connections.get(OUTLET)!
    const sets = await setsOf(story.db, story.account_id, { connection, state: 'loaded' })
    const set = sets.filter((it) => it.kind === kind)[nth]!
    await story.oracle.before()
    await story.run('rollback', { change_set: set.change_set_id })
    const { differences } = await story.oracle.afterRollback({ connection, kind })
    assert.deepEqual(differences, [])
}

test('rule 87: a rollback puts fields back, and through five runs they stay so until the source moves on', async (t) => {
    const story = await syncedStory(t, selling())
    await story.edit(NORTHWIND, 'product.edit', {
        handle: 'tee',
        set: { title: 'Top', vendor: 'N.', tags: ['winter'] },
    })
    await story.nightly()
    await story.edit(OUTLET, 'product.edit', { handle: 'tee', set: { vendor: 'Ours' } })
    await rollBack(story, 'catalogue')
    const back = await story.product(OUTLET, 'tee')
    assert.deepEqual([back.title, back.vendor, back.tags], ['Tee', 'Ours', ['summer']])
    for (const run of ['hourly', 'nightly', 'hourly', 'nightly', 'nightly'] as const) {
        assert.deepEqual(await story.writes(() => story[run]()), [])
    }
    await story.edit(NORTHWIND, 'product.edit', { handle: 'tee', set: { title: 'Blouse' } })
    await story.nightly()
    assert.equal((await story.product(OUTLET, 'tee')).title, 'Blouse')
})

test('rule 87: a creation rolled back is a draft, not deleted, and stays one', async (t) => {
    const story = await syncedStory(t, selling())
    await story.edit(NORTHWIND, 'product.create', single('Jug', 'JUG-1'))
    await story.nightly()
    const connection = story.connections.get(OUTLET)!
    const sets = await setsOf(story.db, story.account_id, { connection, state: 'loaded' })
    const made = sets.filter((it) => it.kind === 'catalogue')
    assert.ok(made.length >= 2)
    await rollBack(story, 'catalogue')
    assert.equal((await story.product(OUTLET, 'jug')).status, 'DRAFT')
    for (let times = 0; times < 3; times += 1) assert.deepEqual(await story.writes(() => story.nightly()), [])
    assert.equal((await story.product(OUTLET, 'jug')).status, 'DRAFT')
})

test('rule 81: a lost answer settles itself, and an edit made after it stands', async (t) => {
    const story = await syncedStory(t, selling())
    await story.edit(NORTHWIND, 'product.edit', { handle: 'tee', set: { title: 'Top' } })
    await story.sandbox.control('fail.next', { kind: 'timeout_after', shop: OUTLET, name: 'productUpdate' })
    await story.nightly()
    assert.equal((await story.product(OUTLET, 'tee')).title, 'Top')
    await story.edit(OUTLET, 'product.edit', { handle: 'tee', set: { title: 'Shirt' } })
    await story.nightly()
    assert.equal((await story.product(OUTLET, 'tee')).title, 'Shirt')
})

test('rule 89: a creation whose answer was lost is found again, not made twice', async (t) => {
    const story = await startStory(t, { ...selling(), connections: [{ destination: CORNER_SHOP, settings: plain() }] })
    await story.nightly()
    await story.sandbox.control('fail.next', { kind: 'timeout_after', shop: CORNER_SHOP, name: 'productSet' })
    await story.approveAll()
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})
