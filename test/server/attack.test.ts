import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { testDatabase } from '../helpers/database.ts'
import { operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP, NORTHWIND } from './town.ts'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    return { db, ...(await siteFor(t, db)) }
}

test('rule 91: a source is told that the destination has nearly its SKU, its barcode or its key, and not under which', async (t) => {
    const { db, browser } = await town(t)
    await db.send(`delete from variant_links where connection_id = 1`)
    const [source, destination] = await Promise.all([
        peopleOf(db, browser(), { account_id: 1, store_id: NORTHWIND }),
        peopleOf(db, browser(), { account_id: 1, store_id: CORNER_SHOP }),
    ])
    const ann = await operatorOf(db, browser(), 1)
    for (const code of ['near_miss', 'barcode_conflict', 'duplicate_at_destination', 'taken']) {
        await db.send('delete from problems')
        await db.send(
            `insert into problems (account_id, connection_id, code, entity, item_id, source_product_id, label, detail)
            values (1, 1, $1, 'variant', 111, 101, 'SKU-1', 'the destination has PRIVATE-7')`,
            [code],
        )
        const told = await source.open('/stores/northwind.example/connections/1/products/101')
        assert.match(told.html, /SKU-1/)
        assert.doesNotMatch(told.html, /PRIVATE-7/, `${code} at the source`)
        const list = await source.open('/stores/northwind.example/connections/1/products')
        assert.doesNotMatch(list.html, /PRIVATE-7/, `${code} in the source's list`)
        const own = await destination.open('/stores/corner-shop.example/connections/1/products/101')
        assert.match(own.html, /PRIVATE-7/, `${code} at the destination`)
        assert.match((await ann.open('/account/connections/1/products/101')).html, /PRIVATE-7/)
    }
})
