import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { acceptSnapshot, extractStore } from '../../../jobs/extract.ts'
import { noticesOf } from '../../../sql/runs/notices.ts'
import { countedAs, link, named, shopFor, stagedProducts, stateOf, states } from './extracting.ts'

/** A shop that was read whole, and lost all but one of its products since. */
async function emptied(t: TestContext) {
    const house = await shopFor(t)
    const { context, store, control } = house
    await extractStore(context, store, { kind: 'full' })
    const { products } = await stateOf(house)
    for (const { id } of products.slice(1)) await control('product.delete', { shop: store.domain, id })
    return { ...house, left: products[0]! }
}

test('rule 73: a whole reading of far less is doubtful while Shopify counts more, until a person accepts it', async (t) => {
    const house = await emptied(t)
    const { context, store, db, account_id, left } = house
    const before = await stagedProducts(house)
    const again = await extractStore(countedAs(context, 500), store, { kind: 'full' })
    const doubtful = named(again, 'catalogue')
    assert.equal(doubtful.state, 'doubtful')
    assert.match(doubtful.reason!, /1 products came, there were 12.*Shopify counts 500 products/)
    assert.deepEqual(await stagedProducts(house), before)
    const notice = (await noticesOf(db, account_id)).find(({ code }) => code === 'snapshot_doubtful_catalogue')
    assert.match(notice!.text, new RegExp(`crossdock snapshots accept ${doubtful.snapshot_id}`))
    const accepted = await acceptSnapshot(context, doubtful.snapshot_id)
    assert.equal(accepted.state, 'complete')
    assert.deepEqual(await stagedProducts(house), [{ product_id: String(left.id) }])
    const codes = (await noticesOf(db, account_id)).map(({ code }) => code)
    assert.deepEqual(codes, ['snapshot_doubtful_levels'])
    await assert.rejects(acceptSnapshot(context, doubtful.snapshot_id), /is complete: only a doubtful one/)
})

test('rule 73: a whole reading of far less is good where Shopify counts the same', async (t) => {
    const house = await emptied(t)
    const again = await extractStore(house.context, house.store, { kind: 'full' })
    assert.deepEqual(states(again), { catalogue: 'full complete', levels: 'full complete' })
    assert.equal((await stagedProducts(house)).length, 1)
})

test('rule 73: levels are judged against the variants of a good reading', async (t) => {
    const house = await emptied(t)
    // The catalogue stays as it was read, so its items are missed among the levels.
    const again = await extractStore(countedAs(house.context, 500), house.store, { kind: 'full' })
    assert.equal(named(again, 'levels').state, 'doubtful')
    assert.match(named(again, 'levels').reason!, /items, and the variants last read have/)
})

test('rule 73: a first reading of nothing is not doubtful, but for a source that is linked', async (t) => {
    const house = await shopFor(t, { products: 0 })
    const { context, store, db } = house
    const first = await extractStore(context, store, { kind: 'full' })
    assert.deepEqual(states(first), { catalogue: 'full complete', levels: 'full complete' })
    await db.send('delete from snapshots')
    await link(house)
    const linked = await extractStore(countedAs(context, 5), store, { kind: 'full' })
    assert.deepEqual(states(linked), { catalogue: 'full doubtful', levels: 'full complete' })
})

test('rule 74: a doubtful reading whose file is older than seven days is to be read again', async (t) => {
    const house = await emptied(t)
    const again = await extractStore(countedAs(house.context, 500), house.store, { kind: 'full' })
    await house.control('clock.advance', { seconds: 8 * 86_400 })
    const accepting = acceptSnapshot(house.context, named(again, 'catalogue').snapshot_id)
    await assert.rejects(accepting, /gone .*crossdock run extract --store northwind\.example/)
})
