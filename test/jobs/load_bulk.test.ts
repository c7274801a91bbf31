import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { loadConnection } from '../../jobs/load.ts'
import { dyingAt, Killed } from './load/dying.ts'
import {
    at,
    compared,
    connectionOf,
    DESTINATION,
    loadedIn,
    rowsOf,
    type Shops,
    SOURCE,
    shopState,
    synced,
    twoShops,
} from './load/loading.ts'
import { agree } from './load/story.ts'

/** More products than are sent one by one. */
const catalogue = { products: 170, seed: 3, oddities: false, variants: { ordinary: 2, large: 2 }, images: 2 }

const manyShops = (t: TestContext) => twoShops(t, { catalogue })

const calls = (shops: Shops) =>
    rowsOf<{ name: string; transport: string; state: string; calls: number }>(
        shops,
        'select name, transport, state, count(*)::integer as calls from calls group by 1, 2, 3 order by 1, 2, 3',
    )

async function created(shops: Shops): Promise<number> {
    const { products } = await shopState(shops)
    const marks = products.map(({ metafields }) => metafields.find(({ namespace }) => namespace === 'crossdock')?.value)
    assert.equal(new Set(marks).size, products.length, 'each is there once')
    return products.length
}

test('rule 77: thousands are created by a bulk mutation whose shuffled answers are joined by line', async (t) => {
    const shops = await manyShops(t)
    await synced(shops)
    assert.deepEqual(
        (await calls(shops)).filter(({ name }) => name === 'product_create'),
        [{ name: 'product_create', transport: 'bulk', state: 'answered', calls: 1 }],
    )
    await agree(shops, 'Main warehouse')
    const [links] = await rowsOf<{ right: boolean }>(
        shops,
        `select bool_and(s.sku is not distinct from d.sku) as right
        from variant_links as l
        join staging.variants as s on s.store_id = ${shops.source.store_id} and s.variant_id = l.source_variant_id
        join staging.variants as d on d.store_id = l.destination_store_id and d.variant_id = l.destination_variant_id`,
    )
    assert.equal(links?.right, true, 'each variant is linked with its own')
    assert.deepEqual(await synced(shops), {})
})

for (const { kind, name, says } of [
    { kind: 'bulk_lost_lines', says: 'lines are missing from the answers' },
    { kind: 'bulk_failed_partial', says: 'the operation fails half way' },
    { kind: 'timeout_after', name: 'bulkOperationRunMutation', says: 'the answer to its start is lost' },
    { kind: 'timeout_before', name: 'bulkOperationRunMutation', says: 'its start never arrives' },
    { kind: 'cut_download', says: 'the download of its answers is cut' },
]) {
    test(`rule 89: a bulk creation is whole and single when ${says}`, async (t) => {
        const shops = await manyShops(t)
        const context = await compared(shops)
        await at(shops, 'fail.next', { kind, shop: DESTINATION, ...(name && { name }) })
        await loadedIn(context, shops)
        assert.equal(await created(shops), (await shopState(shops, SOURCE)).products.length)
        const open = await rowsOf(
            shops,
            `select label, status, message from changes where status not in ('applied', 'as_stored')`,
        )
        assert.deepEqual(open, [])
        await agree(shops, 'Main warehouse')
    })
}

test('rule 89: a bulk creation left by a killed process is found again by its name', async (t) => {
    const shops = await manyShops(t)
    // Planned and uploaded in about ten steps; then it is started, and nobody waits for it.
    const context = await compared(shops)
    let step = 5
    for (;;) {
        await assert.rejects(loadConnection(dyingAt(context, step), await connectionOf(shops)), Killed)
        const [bulk] = await rowsOf<{ state: string; bulk_operation_id: string | null }>(
            shops,
            `select state, bulk_operation_id from calls where transport = 'bulk' order by call_id desc limit 1`,
        )
        if (bulk?.state === 'sent' && (await created(shops)) > 0) break
        step += 1
    }
    await loadedIn(null, shops)
    assert.equal(await created(shops), (await shopState(shops, SOURCE)).products.length)
    const { bulkOperations } = shops.sandbox.shops.get(DESTINATION)!
    const begun = [...bulkOperations.values()].filter(({ query }) => query.includes('productSet'))
    assert.equal(begun.length, 1, 'it is not started a second time')
    await agree(shops, 'Main warehouse')
})
