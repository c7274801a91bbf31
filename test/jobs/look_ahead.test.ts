import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareConnection } from '../../jobs/compare.ts'
import { lookAhead } from '../../jobs/stock/look.ts'
import { compared, connectionOf, loadedIn, rowsOf, type Shops, synced, twoShops } from './load/loading.ts'

const LONG_AGO = '2020-01-01T00:00:00Z'
const sales = { own: true, all: true }

/** All that was read came long before the last comparison, so that `changed_at` alone tells of none of it. */
async function longAgo({ db }: Shops): Promise<void> {
    for (const table of ['products', 'variants', 'images', 'levels', 'collection_products'])
        await db.send(`update staging.${table} set changed_at = $1`, [LONG_AGO])
}

/** A product at the source, as a reading would have brought it. */
const retitle = ({ db, source }: Shops, product: string, changedAt: string) =>
    db.send(
        `update staging.products set title = title || ' anew', changed_at = $1 where store_id = $2 and product_id = $3`,
        [changedAt, source.store_id, product],
    )

test('a pair is held against its baseline once a pass: what that look names and what moves after it are both compared', async (t) => {
    const shops = await twoShops(t, { catalogue: { products: 6, seed: 1 }, settings: { orders: 'adjust' } })
    await synced(shops)
    const context = await compared(shops)
    await loadedIn(context, shops)
    const connection = await connectionOf(shops)
    const links = await rowsOf<{ id: string }>(shops, 'select source_product_id as id from product_links order by 1')
    const [before, after] = links.map(({ id }) => id)
    await longAgo(shops)
    await retitle(shops, before!, LONG_AGO)
    const looked = await lookAhead(context, connection, { whole: true, sales })
    await retitle(shops, after!, new Date().toISOString())
    assert.equal(looked.whole, false)
    assert.deepEqual(
        [before, after].map((id) => looked.besides?.includes(id!)),
        [true, false],
    )
    const [set, ...others] = await compareConnection(context, connection, looked)
    assert.deepEqual(others, [])
    assert.deepEqual(set?.counts, { 'product update': 2 })
})
