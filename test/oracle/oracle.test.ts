import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOracle } from './oracle.ts'
import { cornerShop, northwind, product, variant } from './small_shops.ts'
import type { ShopState } from './state.ts'

const ORIGIN = { namespace: 'crossdock', key: 'origin', type: 'id', value: 'northwind.example/1' }

/** A source with one mug, an empty destination, and what a right run makes there. */
function story() {
    const media = [
        { id: 7, alt: 'front' },
        { id: 8, alt: null },
    ]
    const mug = { title: 'Mug', handle: 'mug', vendor: 'Northwind', media, tags: ['sale'] }
    const source = northwind(product(1, { ...mug, variants: [variant(10, { sku: 'MUG', available: 5 })] }))
    const there = variant(1_000_010, { sku: 'MUG', price: '8.00', available: 5 })
    const pictures = media.map((it) => ({ id: it.id + 2_000_000, alt: it.alt }))
    const right = product(1_000_001, { ...mug, metafields: [ORIGIN], media: pictures, variants: [there] })
    const shops = new Map<string, ShopState>([source, cornerShop()].map((it) => [it.domain, it]))
    const oracle = createOracle({
        connections: [
            {
                ...{ id: 1, source: source.domain, destination: 'corner-shop.example' },
                settings: { orders: 'none', rates: [{ from: 'USD', to: 'GBP', rate: '0.8' }] },
                acceptedAt: '2026-02-01T00:00:00Z',
            },
        ],
        stateOf: async (domain) => shops.get(domain)!,
        now: () => Date.parse('2026-02-02T00:00:00Z'),
    })
    let asked = false
    const run = async (act: (products: ShopState['products']) => void, approved: number[] = []) => {
        await oracle.before()
        // A person approves what an earlier run has left to approve.
        if (approved.length > 0 && !asked) await oracle.after()
        asked = true
        shops.set('corner-shop.example', structuredClone(shops.get('corner-shop.example')!))
        act(shops.get('corner-shop.example')!.products)
        return (await oracle.after({ approved })).differences.map((it) => `${it.item} ${it.field}`.trim())
    }
    return { oracle, run, right, source: source.products[0]! }
}

test('a first set that waits changes nothing and is listed as waiting', async () => {
    const { run, oracle } = story()
    assert.deepEqual(await run(() => {}), [])
    const held = [{ entity: 'product', item_id: '1', field: '' }]
    assert.deepEqual(oracle.compareLists(1, { deviations: [], problems: [], held }), [])
    assert.equal(oracle.compareLists(1, { deviations: [], problems: [], held: [] }).length, 1)
})

test('a right creation is no difference; a missing, doubled or changed one is', async () => {
    assert.deepEqual(await story().run((there) => there.push(story().right), [1]), [])
    assert.equal((await story().run(() => {}, [1])).length, 1)
    const twice = await story().run((there) => there.push(story().right, { ...story().right, id: 1_000_002 }), [1])
    assert.ok(twice.includes('mug'))
    const dear = story().right
    dear.variants[0]!.price = '10.00'
    assert.deepEqual(await story().run((there) => there.push(dear), [1]), ['mug MUG price'])
    const bare = story().right
    bare.media.pop()
    assert.deepEqual(await story().run((there) => there.push(bare), [1]), ['mug images'])
    const empty = story().right
    empty.variants[0]!.levels[0]!.available = 0
    assert.deepEqual(await story().run((there) => there.push(empty), [1]), ['mug MUG available at 2001'])
})

test("a text kept in the shop's own way is right, and is not to be written again", async () => {
    const { run, right } = story()
    right.title = 'Mug\u200a'
    assert.deepEqual(await run((there) => there.push(right), [1]), [])
    assert.deepEqual(await run(() => {}), [])
    assert.deepEqual(await run((there) => Object.assign(there[0]!, { title: 'Mug!' })), ['mug title'])
})

test('a hand edit stands on follow and is listed; the next change of the source overwrites it', async () => {
    const { run, right, source, oracle } = story()
    await run((there) => there.push(right), [1])
    right.title = 'Cup'
    assert.deepEqual(await run(() => {}), [])
    const deviations = [{ entity: 'product', item_id: '1000001', field: 'title' }]
    assert.deepEqual(oracle.compareLists(1, { deviations, problems: [], held: [] }), [])
    source.title = 'Beaker'
    assert.deepEqual(await run((there) => Object.assign(there[0]!, { title: 'Beaker' })), [])
})

test('rule 87: a rolled back creation is a draft, and stays one however often is run', async () => {
    const untouched = story()
    await untouched.run((there) => there.push(untouched.right), [1])
    await untouched.oracle.before()
    const { differences } = await untouched.oracle.afterRollback({ connection: 1, kind: 'catalogue' })
    assert.deepEqual(
        differences.map((it) => it.field),
        ['status'],
    )
    const { run, oracle, right } = story()
    await run((there) => there.push(right), [1])
    await oracle.before()
    right.status = 'DRAFT'
    assert.deepEqual((await oracle.afterRollback({ connection: 1, kind: 'catalogue' })).differences, [])
    for (let times = 0; times < 5; times += 1) assert.deepEqual(await run(() => {}), [])
})
