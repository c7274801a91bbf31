import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rollBack } from '../../jobs/rollback.ts'
import { runOf } from './extract/extracting.ts'
import { dyingAt, Killed } from './load/dying.ts'
import { at, DESTINATION, rowsOf, type Shops, shopState, synced } from './load/loading.ts'
import { atDestination, atSource, changeEverything, storyOf } from './load/story.ts'

async function lastSet(shops: Shops, kind: string): Promise<string> {
    const [set] = await rowsOf<{ change_set_id: string }>(
        shops,
        `select change_set_id from change_sets where kind = '${kind}' and state = 'loaded' order by change_set_id desc limit 1`,
    )
    return set!.change_set_id
}

const product = async (shops: Shops, sku: string) =>
    (await shopState(shops)).products.find(({ variants }) => variants.some((variant) => variant.sku === sku))!

const runFor = (shops: Shops) => runOf(shops.db, shops.account_id)

test('rule 87: fields go back where they still are what the change wrote, the others are listed with the reason', async (t) => {
    const shops = await storyOf(t)
    await atSource(shops, 'product.edit', {
        handle: 'mug',
        set: { title: 'Big mug', vendor: 'Potter', tags: ['clay'] },
    })
    await synced(shops)
    const set = await lastSet(shops, 'catalogue')
    await atDestination(shops, 'product.edit', { handle: 'mug', set: { vendor: 'Our own' } })
    const told = await rollBack(await runFor(shops), set)
    const mug = await product(shops, 'MUG')
    assert.deepEqual([mug.title, mug.vendor, mug.tags], ['Mug', 'Our own', []])
    assert.equal(told.rolled_back, 2)
    assert.deepEqual(
        told.left.map(({ field, reason }) => [field, /Our own.*Potter/.test(reason)]),
        [['vendor', true]],
    )
    const [row] = await rowsOf(shops, `select state from change_sets where change_set_id = ${set}`)
    assert.equal(row?.state, 'rolled_back')
})

test('rule 87: a rollback followed by five runs stays rolled back, until the source changes', async (t) => {
    const shops = await storyOf(t)
    await atSource(shops, 'product.edit', { handle: 'mug', set: { title: 'Big mug' } })
    await atSource(shops, 'variant.edit', { sku: 'MUG', set: { price: '9' } })
    await synced(shops)
    await rollBack(await runFor(shops), await lastSet(shops, 'catalogue'))
    await rollBack(await runFor(shops), await lastSet(shops, 'price'))
    for (let run = 1; run <= 5; run++) assert.deepEqual(await synced(shops), {}, `run ${run}`)
    const mug = await product(shops, 'MUG')
    assert.deepEqual([mug.title, mug.variants[0]?.price], ['Mug', '8.00'])
    await atSource(shops, 'product.edit', { handle: 'mug', set: { title: 'Giant mug' } })
    await synced(shops)
    assert.equal((await product(shops, 'MUG')).title, 'Giant mug')
})

test('rule 87: a creation becomes a draft and is never deleted; what was published is taken off again', async (t) => {
    const shops = await storyOf(t)
    await changeEverything(shops)
    await synced(shops)
    const set = await lastSet(shops, 'catalogue')
    const told = await rollBack(await runFor(shops), set)
    const [teapot, mug, lamp] = [
        await product(shops, 'TEAPOT'),
        await product(shops, 'MUG'),
        await product(shops, 'LAMP'),
    ]
    assert.deepEqual([teapot.status, teapot.publishedOn.length], ['DRAFT', 0])
    assert.deepEqual([mug.publishedOn.length, lamp.publishedOn.length], [0, 1], 'an unpublish is published again')
    const reasons = Object.groupBy(told.left, ({ entity, action }) => `${entity} ${action}`)
    assert.deepEqual(Object.keys(reasons).toSorted(), [
        'image create',
        'image delete',
        'variant create',
        'variant delete',
    ])
    assert.match(reasons['variant delete']![0]!.reason, /deletion cannot be taken back/)
    for (let run = 1; run <= 2; run++) assert.deepEqual(await synced(shops), {}, `run ${run}`)
    assert.equal((await product(shops, 'TEAPOT')).status, 'DRAFT')
})

test('rule 87: stock is left out unless asked for', async (t) => {
    const shops = await storyOf(t)
    await atSource(shops, 'level.set', { sku: 'MUG', available: 12 })
    await synced(shops)
    const set = await lastSet(shops, 'stock')
    const figure = async () => (await product(shops, 'MUG')).variants[0]!.levels.map(({ available }) => available)
    const told = await rollBack(await runFor(shops), set)
    assert.deepEqual([told.rolled_back, told.left[0]?.reason], [0, 'stock was not asked for'])
    assert.ok((await figure()).includes(12))
    const asked = await rollBack(await runFor(shops), set, { stock: true })
    assert.deepEqual([asked.rolled_back, asked.left], [1, []])
    assert.ok((await figure()).includes(3))
    assert.deepEqual(await synced(shops), {})
})

test('rule 89: a rollback that was killed or lost an answer is finished by being asked for again', async (t) => {
    const shops = await storyOf(t)
    await changeEverything(shops)
    await synced(shops)
    const set = await lastSet(shops, 'catalogue')
    for (const name of ['productUpdate', 'tagsAdd', 'fileUpdate']) {
        await at(shops, 'fail.next', { kind: 'timeout_after', shop: DESTINATION, name })
    }
    for (const step of [4, 9, 15]) await assert.rejects(rollBack(dyingAt(await runFor(shops), step), set), Killed)
    await rollBack(await runFor(shops), set)
    const [teapot, mug] = [await product(shops, 'TEAPOT'), await product(shops, 'MUG')]
    assert.deepEqual([teapot.status, mug.publishedOn.length], ['DRAFT', 0])
    const shirt = await product(shops, 'SHIRT-S')
    assert.deepEqual([shirt.title, shirt.tags.toSorted()], ['Shirt', ['kept', 'old']])
    assert.deepEqual(await rowsOf(shops, `select name, state from calls where state <> 'answered'`), [])
})

test('only a loaded set can be rolled back, and the refusal says what to do', async (t) => {
    const shops = await storyOf(t)
    const context = await runFor(shops)
    await assert.rejects(rollBack(context, '999'), /Expected a loaded change set to roll back, got 999.*changes list/)
})
