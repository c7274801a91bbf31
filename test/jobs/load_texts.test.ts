import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, compared, DESTINATION, loadedIn, rowsOf, type Shops, shopState, synced, twoShops } from './load/loading.ts'
import { atDestination, atSource, changeEverything, storyOf } from './load/story.ts'

const mugOf = async (shops: Shops) => (await shopState(shops)).products.find(({ handle }) => handle === 'mug')!

test('rule 81: a store that alters every text it is given is written to once', async (t) => {
    const shops = await storyOf(t, { destination: { settings: { texts: 'alters_every_text' } } })
    assert.deepEqual(await synced(shops), {})
    await changeEverything(shops)
    const lines = await synced(shops)
    assert.ok(lines['product.update.as_stored'], 'what the store made of a text is said')
    for (let run = 1; run <= 2; run++) assert.deepEqual(await synced(shops), {}, `run ${run}`)
})

test('D18: tags the destination has of its own stay, and are no reason to write again', async (t) => {
    const shops = await storyOf(t)
    await atDestination(shops, 'tag.add', { handle: 'mug', tag: 'window' })
    await atSource(shops, 'tag.add', { handle: 'mug', tag: 'clay' })
    await synced(shops)
    assert.deepEqual((await mugOf(shops)).tags.toSorted(), ['clay', 'window'])
    assert.deepEqual(await synced(shops), {})
})

test('a lost answer followed by a hand edit keeps the edit where the field follows', async (t) => {
    const shops = await storyOf(t)
    await atSource(shops, 'product.edit', { handle: 'mug', set: { title: 'Big mug' } })
    const context = await compared(shops)
    // The process is gone with the answer: the next run only knows that it was sent.
    await at(shops, 'fail.next', { kind: 'timeout_after', shop: DESTINATION, name: 'productUpdate' })
    await at(shops, 'fail.next', { kind: 'access_denied', shop: DESTINATION, name: 'nodes', skip: 1 })
    await assert.rejects(loadedIn(context, shops))
    assert.equal((await mugOf(shops)).title, 'Big mug')
    await atDestination(shops, 'product.edit', { handle: 'mug', set: { title: 'Our mug' } })
    for (let run = 1; run <= 3; run++) {
        await synced(shops)
        assert.equal((await mugOf(shops)).title, 'Our mug', `run ${run}`)
    }
    const deviations = await rowsOf(shops, `select field, actual from deviations where field = 'title'`)
    assert.deepEqual(deviations, [{ field: 'title', actual: 'Our mug' }])
})

test('every write is in the outbox, before it is sent, with the lines it carries', async (t) => {
    const shops = await twoShops(t)
    await atSource(shops, 'product.create', { title: 'Jug', variants: [{ sku: 'JUG', price: '5' }] })
    await at(shops, 'fail.next', { kind: 'hold', shop: DESTINATION, name: 'productSet' })
    const loading = synced(shops)
    let sent: Record<string, unknown>[] = []
    while (sent.length === 0) {
        sent = await rowsOf(
            shops,
            `select c.name, c.state, c.variables #>> '{input,title}' as title, l.status from calls as c
            join call_lines as cl on cl.call_id = c.call_id
            join changes as l on l.change_id = any (cl.change_ids)
            where c.state = 'sent'`,
        )
    }
    assert.deepEqual(sent, [{ name: 'product_create', state: 'sent', title: 'Jug', status: 'loading' }])
    // It is written before it arrives: until then there is nothing to let go.
    while ((await at(shops, 'fail.release')).released === 0);
    await loading
    assert.deepEqual(await rowsOf(shops, 'select distinct state from calls'), [{ state: 'answered' }])
})
