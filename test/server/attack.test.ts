import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { testDatabase } from '../helpers/database.ts'
import { operatorOf, PASSWORD, peopleOf, siteFor } from '../helpers/site.ts'
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

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}'`

test('what stores, buyers and files say stands on the pages as text: no tag, no attribute, no template comes of it', async (t) => {
    const { db, browser } = await town(t)
    const set = (table: string, ...columns: string[]) =>
        db.send(`update ${table} set ${columns.map((column) => `${column} = $1`).join(', ')}`, [HOSTILE])
    await set('staging.products', 'title', 'handle', 'vendor')
    await set('staging.variants', 'option1', 'sku')
    await set('staging.orders', 'name')
    await set('staging.line_items', 'title', 'sku')
    await set('changes', 'label', 'rule', 'message')
    await set('uploads', 'file_name', 'who')
    await set('upload_rows', 'message')
    await set('notices', 'text')
    await set('audit_events', 'who')
    await set('joins', 'asked_by', 'fault')
    await set('join_keys', 'made_by')
    await set('runs', 'error')
    const ann = await operatorOf(db, browser(), 1)
    const below = [
        '',
        '/products',
        '/products/101',
        '/orders',
        '/orders/131',
        '/push?product=101',
        '/uploads',
        '/uploads/1',
    ]
    const paths = ['', '/changes', '/changes/1', '/runs', '/runs/1', '/activity', '/connections', '/join']
    let shown = 0
    for (const path of [...paths, ...below.map((path) => `/connections/1${path}`)]) {
        const { html, status } = await ann.open(`/account${path}`)
        assert.equal(status, 200, path)
        assert.doesNotMatch(html, /<img src=x|<script>alert|">&lt;img|\b49\b'/, path)
        if (html.includes('&lt;script&gt;alert(1)')) shown += 1
    }
    assert.ok(shown >= 8, `it stands on ${shown} pages`)
    const words = await ann.open(`/account/connections/1/products?search=${encodeURIComponent(HOSTILE)}`)
    assert.doesNotMatch(words.html, /<img src=x|<script>alert/)
})

test('after the sign-in nobody is led elsewhere', async (t) => {
    const { db, browser, url } = await town(t)
    await operatorOf(db, browser(), 1)
    const others = [
        '//evil.example',
        '/\\evil.example',
        'https://evil.example',
        '/account//evil.example',
        '/account@evil.example',
    ]
    for (const next of [
        ...others,
        '/stores/..//evil.example',
        '/account\r\nLocation: https://evil.example',
        'javascript:alert(1)',
    ]) {
        const one = browser()
        await one.open(`/sign-in?next=${encodeURIComponent(next)}`)
        const { headers, status } = await one.sendOnly('/sign-in', {
            name: 'ann',
            password: PASSWORD,
            account: '1',
            next,
        })
        assert.equal(status, 303, next)
        assert.equal(new URL(headers.get('location')!, url).href, `${url}/account`, next)
    }
})

test('the name of a file that came stands in no header but as letters, digits, dots and dashes', async (t) => {
    const { db, browser } = await town(t)
    await db.send('update uploads set file_name = $1', ['x"; filename=evil.exe\r\nSet-Cookie: a=b; ä.csv'])
    const ann = await operatorOf(db, browser(), 1)
    const { headers, status } = await ann.ask('/account/connections/1/uploads/1/result.csv')
    assert.equal(status, 200)
    assert.match(headers.get('content-disposition')!, /^attachment; filename="[\w.-]+\.csv"$/)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
})
