import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP, NORTHWIND } from './town.ts'

/** The town, and at its source one product of every sort that the first connection can have. */
async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    await db.send(`
        update connections set compared_at = now();
        insert into staging.products (account_id, store_id, product_id, title, tags, read_at)
        values (1, 1, 901, 'New', '{for-1}', now()), (1, 1, 902, 'Bare', '{for-1}', now()), (1, 1, 903, 'Elsewhere', '{}', now()),
            (1, 1, 904, 'Hidden', '{for-1,crossdock-hidden}', now()), (1, 1, 905, 'Half', '{for-1}', now());
        insert into staging.variants (account_id, store_id, variant_id, product_id, option1, sku, inventory_item_id, position, read_at)
        select 1, 1, 9050 + n, 905, 'Size ' || n, 'HALF-' || n, 9060 + n, n, now() from generate_series(1, 2) as n;
        insert into variant_links (
            account_id, connection_id, source_variant_id, source_product_id, destination_store_id, destination_variant_id,
            destination_product_id, matched_by, created_by_us
        )
        values (1, 1, 9051, 905, 2, 9951, 9950, 'sku', true);
        insert into problems (account_id, connection_id, code, entity, item_id, other_id, source_product_id, detail)
        values (1, 1, 'missing_sku', 'variant', 1, 0, 902, 'no'), (1, 1, 'missing_sku', 'variant', 2, 0, 902, 'no'),
            (1, 1, 'variant_count_differs', 'product', 905, 0, 905, 'one less'), (1, 1, 'missing_sku', 'variant', 3, 0, 903, 'no'),
            (1, 1, 'duplicate_at_destination', 'variant', 4, 0, null, 'of the destination alone')`)
    const { browser } = await siteFor(t, db)
    const people = (store_id: number) => peopleOf(db, browser(), { account_id: 1, store_id })
    return {
        ann: await operatorOf(db, browser(), 1),
        north: await people(NORTHWIND),
        corner: await people(CORNER_SHOP),
    }
}

const listed = async (browser: Browser, address: string) =>
    [...(await browser.open(address)).html.matchAll(/name="product" value="(\d+)"/g)]
        .map((match) => match[1]!)
        .toSorted()

const NORTH = '/stores/northwind.example'
const CORNER = '/stores/corner-shop.example'

test('items with a problem are counted as products in sight, and the link lists exactly them', async (t) => {
    const { north, corner } = await town(t)
    for (const [browser, at, products] of [
        [north, NORTH, ['902', '903', '905']],
        [corner, CORNER, ['902', '905']],
    ] as const) {
        for (const page of [`${at}/connections/1`, at]) {
            const { html } = await browser.open(page)
            const [, to, number] = /Items with a problem<\/dt><dd><a href="([^"]*connections\/1\/[^"]*)">(\d+)</.exec(
                html,
            )!
            assert.equal(number, String(products.length), page)
            assert.deepEqual(await listed(browser, to!), products)
        }
    }
})

test('products that are partly linked are listed by themselves', async (t) => {
    const { north, corner } = await town(t)
    assert.deepEqual(await listed(north, `${NORTH}/connections/1/products?state=partly`), ['905'])
    assert.deepEqual(await listed(corner, `${CORNER}/connections/1/products?state=partly`), ['905'])
})

test('the way to a place’s products keeps what was asked for', async (t) => {
    const { north } = await town(t)
    assert.deepEqual(await listed(north, `${NORTH}/products?state=partly`), ['905'])
    assert.deepEqual(await listed(north, `${NORTH}/products?search=Bare`), ['902'])
})

test("the dashboard's counts by gate lead to lists of exactly those products", async (t) => {
    const { north, corner, ann } = await town(t)
    for (const [browser, at, least] of [
        [north, NORTH, 5],
        [corner, CORNER, 3],
        [ann, '/account', 5],
    ] as const) {
        const html = /Why products are not synced[\s\S]*?<\/details>/.exec((await browser.open(at)).html)![0]
        const links = [
            ...html.matchAll(/<a href="([^"]*\/connections\/1\/products\?state=[^"]*)">(?:[^<]*: )?(\d+)<\/a>/g),
        ]
        const gates = links.map(([, to, number]) => [to!, Number(number)] as const)
        assert.ok(gates.length >= least, `${at}: ${gates.length}`)
        for (const [to, number] of gates) assert.equal((await listed(browser, to)).length, number, to)
    }
    const page = await north.open(`${NORTH}/connections/1/products?state=missing_sku`)
    assert.match(page.html, /<option value="missing_sku" selected>A variant has no SKU/)
    assert.deepEqual(await listed(north, `${NORTH}/connections/1/products?state=missing_sku&search=bar`), ['902'])
    assert.deepEqual(
        await listed(corner, `${CORNER}/connections/1/products?state=hidden`),
        [],
        'of no business of theirs',
    )
})
