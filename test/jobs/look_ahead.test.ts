import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { compareConnection } from '../../jobs/compare.ts'
import { lookAhead } from '../../jobs/stock/look.ts'
import { compared, connectionOf, loadedIn, rowsOf, type Shops, synced, twoShops } from './load/loading.ts'

const LONG_AGO = '2020-01-01T00:00:00Z'
const sales = { own: true, all: true }

/** All that was read and written came long before the last comparison, so that its times alone tell of none of it. */
async function longAgo({ db }: Shops): Promise<void> {
    for (const table of ['products', 'variants', 'images', 'levels', 'collection_products', 'locations'])
        await db.send(`update staging.${table} set changed_at = $1`, [LONG_AGO])
    await db.send('update changes set applied_at = $1 where applied_at is not null', [LONG_AGO])
}

/** A product at the source, as a reading would have brought it. */
const retitle = ({ db, source }: Shops, product: string, changedAt: string) =>
    db.send(
        `update staging.products set title = title || ' anew', changed_at = $1 where store_id = $2 and product_id = $3`,
        [changedAt, source.store_id, product],
    )

/** Two shops that agree, in a run of its own; `links` are source products that are paired. */
async function agreed(t: TestContext) {
    const shops = await twoShops(t, { catalogue: { products: 6, seed: 1 }, settings: { orders: 'adjust' } })
    await synced(shops)
    const context = await compared(shops)
    await loadedIn(context, shops)
    const links = await rowsOf<{ id: string }>(shops, 'select source_product_id as id from product_links order by 1')
    await longAgo(shops)
    return { shops, context, connection: await connectionOf(shops), links: links.map(({ id }) => id) }
}

test('a pair is held against its baseline once a pass: what that look names and what moves after it are both compared', async (t) => {
    const { shops, context, connection, links } = await agreed(t)
    const [before, after] = links
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

/** Paired levels with units at both ends that agree: the product of each, its item at either end. */
const LEVEL = `
    select l.source_product_id as product, s.inventory_item_id as source_item, d.inventory_item_id as item, a.location_id
    from variant_links as l
    join staging.variants as s on s.store_id = 1 and s.variant_id = l.source_variant_id
    join staging.variants as d on d.store_id = 2 and d.variant_id = l.destination_variant_id and d.inventory_policy = 'DENY'
    join staging.levels as a on a.store_id = 1 and a.inventory_item_id = s.inventory_item_id and a.available > 5
    join staging.levels as b on b.store_id = 2 and b.inventory_item_id = d.inventory_item_id and b.available = a.available
    order by s.inventory_item_id`

type Level = { product: string; source_item: string; item: string; location_id: string }

test('a whole pass finds a figure that is not as it was settled though nothing says that it moved, at either end or by a sale', async (t) => {
    const { shops, context, connection } = await agreed(t)
    const { db } = shops
    const levels = await rowsOf<Level>(shops, LEVEL)
    const [atSource, atDestination, sold, untouched] = [...Map.groupBy(levels, (it) => it.product).values()].map(
        ([first]) => first!,
    )
    await db.send('update staging.levels set available = available + 1 where store_id = 1 and inventory_item_id = $1', [
        atSource!.source_item,
    ])
    await db.send('update staging.levels set available = available - 1 where store_id = 2 and inventory_item_id = $1', [
        atDestination!.item,
    ])
    await db.send(
        `insert into stock_movements (account_id, connection_id, kind, origin, origin_id, location_id, source_item_id,
            destination_item_id, source_location_id, factor, units, known_at, changed_at)
        values (1, 1, 'sale', 'line_item', 1, 1, $1, 1, $2, 1, -2, now(), $3)`,
        [sold!.source_item, sold!.location_id, LONG_AGO],
    )
    const looked = await lookAhead(context, connection, { whole: true, sales })
    assert.deepEqual(
        [atSource, atDestination, sold, untouched].map((it) => looked.besides?.includes(it!.product)),
        [true, true, true, false],
    )
    await compareConnection(context, connection, looked)
    const lines = await rowsOf<{ id: string; after: number }>(
        shops,
        `select source_product_id as id, after from changes where entity = 'level' and status <> 'applied' order by source_product_id`,
    )
    assert.ok(lines.some(({ id }) => id === sold!.product))
})
