import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { chartOf } from '../../server/chart.ts'
import { decimalSum } from '../../server/decimals.ts'
import { daysIn, rangeOf, today } from '../../server/range.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP, MARKET_STALL, NORTHWIND } from './town.ts'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    await db.send(`
        update connections set compared_at = now();
        update order_pushes set currency = 'USD', lines_total = 15.50;
        update order_push_lines set unit_price = 15.50;
        update staging.orders set currency = 'EUR' where store_id = 3`)
    const { browser } = await siteFor(t, db)
    return { db, browser }
}

/** What a figure says: the words after its name. */
function figure(html: string, name: string): string {
    const [, text = ''] = new RegExp(`<dt>${name}</dt><dd>(.*?)</dd>`, 's').exec(html) ?? []
    return text
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim()
}

const overview = async (browser: Browser, query = '') => (await browser.open(`/${query}`)).html

test('an operator sees what all stores sold, money by currency and never in one sum', async (t) => {
    const { db, browser } = await town(t)
    const html = await overview(await operatorOf(db, browser(), 1))
    assert.equal(figure(html, 'Stores connected'), '2')
    assert.equal(figure(html, 'Orders received'), '4')
    assert.equal(figure(html, 'Value'), '36.00 EUR 36.00 GBP')
    assert.equal(figure(html, 'Orders pushed'), '2')
    assert.equal(figure(html, 'Value pushed'), '31.00 USD')
    assert.equal(figure(html, 'Units sold'), '6')
    assert.match(html, /Top suppliers[\s\S]*northwind\.example[\s\S]*Top resellers[\s\S]*corner-shop\.example/)
    assert.match(html, /<svg [^>]*role="img"[\s\S]*<title>Value by day, GBP<\/title>[\s\S]*As a table/)
    assert.doesNotMatch(html, /style=/, 'the policy allows no inline style')
})

test('rule 91: a destination sees its own sales, a source what was pushed to it, neither of another connection', async (t) => {
    const { db, browser } = await town(t)
    const corner = await overview(await peopleOf(db, browser(), { account_id: 1, store_id: CORNER_SHOP }))
    assert.equal(figure(corner, 'Orders received'), '2')
    assert.equal(figure(corner, 'Value'), '36.00 GBP')
    assert.match(corner, /Top suppliers/)
    assert.doesNotMatch(corner, /Top resellers|EUR|market-stall|Travelled 2/)
    const north = await overview(await peopleOf(db, browser(), { account_id: 1, store_id: NORTHWIND }))
    assert.equal(figure(north, 'Orders received'), '2', 'those that were pushed')
    assert.equal(figure(north, 'Value of their goods'), '31.00 USD')
    assert.doesNotMatch(north, /GBP|Stayed|Waits 1|Top suppliers/)
    const stall = await overview(await peopleOf(db, browser(), { account_id: 1, store_id: MARKET_STALL }))
    assert.doesNotMatch(stall, /corner-shop|GBP|SKU-1|Travelled 1/)
})

test('products are counted by the first gate that says no; a destination is told of what it is offered alone', async (t) => {
    const { db, browser } = await town(t)
    await db.send(`
        delete from changes;
        insert into staging.products (account_id, store_id, product_id, title, tags, read_at)
        values (1, 1, 191, 'New', '{for-1}', now()), (1, 1, 192, 'No SKU', '{for-1}', now()), (1, 1, 193, 'Other', '{}', now()),
            (1, 1, 194, 'Hidden', '{for-1,crossdock-hidden}', now());
        insert into problems (account_id, connection_id, code, entity, item_id, source_product_id, detail)
        values (1, 1, 'missing_sku', 'variant', 1, 192, 'no sku')`)
    const corner = await overview(await peopleOf(db, browser(), { account_id: 1, store_id: CORNER_SHOP }))
    assert.equal(figure(corner, 'Available'), '3')
    assert.equal(figure(corner, 'Synced'), '1')
    assert.equal(figure(corner, 'Not synced'), '2')
    assert.match(corner, /identifier<\/th><td>A variant has no SKU/)
    assert.doesNotMatch(corner, /hide tag/)
    const north = await overview(await peopleOf(db, browser(), { account_id: 1, store_id: NORTHWIND }))
    assert.match(north, /hide tag<\/th>/)
})

test('an order that was cancelled where it was taken is worth nothing, neither as received nor as pushed', async (t) => {
    const { db, browser } = await town(t)
    await db.send(`update staging.orders set cancelled_at = now() where order_id = 131`)
    const corner = await overview(await peopleOf(db, browser(), { account_id: 1, store_id: CORNER_SHOP }))
    assert.equal(figure(corner, 'Orders received'), '1')
    assert.equal(figure(corner, 'Value'), '12.00 GBP')
    assert.equal(figure(corner, 'Orders pushed'), '0')
    assert.equal(figure(corner, 'Value pushed'), '–')
    assert.match(corner, /Cancelled orders are left out/)
    const north = await overview(await peopleOf(db, browser(), { account_id: 1, store_id: NORTHWIND }))
    assert.equal(figure(north, 'Orders received'), '1')
    assert.equal(figure(north, 'Units sold'), '1')
    assert.match(north, /Orders that their reseller cancelled are left out/)
})

test('a product of which some variants alone are linked is partly synced', async (t) => {
    const { db, browser } = await town(t)
    await db.send(`
        delete from changes;
        insert into staging.variants (account_id, store_id, variant_id, product_id, option1, sku, price, inventory_item_id, position, read_at)
        values (1, 1, 113, 101, 'Blue', 'SKU-1-B', 10.00, 123, 2, now())`)
    const north = await peopleOf(db, browser(), { account_id: 1, store_id: NORTHWIND })
    const html = await overview(north)
    const counted = ['Available', 'Synced', 'Partly synced', 'Not synced'].map((name) => figure(html, name))
    assert.deepEqual(counted, ['2', '1', '1', '0'])
    assert.match(html, /A product counts once for each connection that takes it/)
})

test('products of a connection that is not connected are not counted', async (t) => {
    const { db, browser } = await town(t)
    await db.send(`delete from changes; update connections set state = 'blocked' where connection_id = 2`)
    const html = await overview(await operatorOf(db, browser(), 1))
    assert.equal(figure(html, 'Available'), '1')
    assert.equal(figure(html, 'Synced'), '1')
})

test('where more connections are there than are counted, the page says how many', async (t) => {
    const { db, browser } = await town(t)
    await db.send(`
        insert into stores (account_id, domain, role, origin, api_version, credentials, currency, zone)
        select 1, format('shop-%s.example', n), 'destination', 'http://127.0.0.1:9', '2026-07', '', 'EUR', 'Europe/Berlin'
        from generate_series(1, 11) as n;
        insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state)
        select s.account_id, 1, s.store_id, 'CD-' || s.store_id, c.settings, 'connected'
        from stores as s
        join connections as c on c.connection_id = 1
        where s.domain like 'shop-%'`)
    const html = await overview(await operatorOf(db, browser(), 1))
    assert.match(html, /Counted are 12 of 13 connections/)
})

test('a linked product whose changes wait is not counted as synced, and none is where the connection stands still', async (t) => {
    const { db, browser } = await town(t)
    await db.send(`update stores set state = 'stopped' where store_id = 3`)
    const corner = await overview(await peopleOf(db, browser(), { account_id: 1, store_id: CORNER_SHOP }))
    assert.equal(figure(corner, 'Available'), '1')
    assert.equal(figure(corner, 'Synced'), '0')
    assert.match(corner, /change set<\/th><td>Changes wait in a change set/)
    const stall = await overview(await peopleOf(db, browser(), { account_id: 1, store_id: MARKET_STALL }))
    assert.equal(figure(stall, 'Available'), '1')
    assert.equal(figure(stall, 'Synced'), '0')
    assert.match(stall, /connection<\/th><td>The access to the destination was lost/)
})

test('rule 84: the days are those of the place, both included, by preset or chosen one by one', async (t) => {
    const { db, browser } = await town(t)
    await db.send(`update staging.orders set created_at = '2027-01-30T23:30:00Z' where order_id = 131`)
    const corner = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER_SHOP })
    const at = '/stores/corner-shop.example'
    const html = (await corner.open(`${at}?range=custom&from=2027-01-30&to=2027-01-30`)).html
    assert.equal(figure(html, 'Orders received'), '1', 'London')
    const next = (await corner.open(`${at}?range=custom&from=2027-01-31&to=2027-01-31`)).html
    assert.match(next, /Nothing was sold on these days/)
})

const asked = (query: Record<string, string>) => ({ query: (name: string) => query[name] ?? '' })
const NOW = new Date('2027-03-01T02:00:00Z')

test('presets are counted back from the day that it is in the zone; what is no day counts for nothing', () => {
    assert.equal(today('America/New_York', NOW), '2027-02-28')
    const range = (query: Record<string, string>, zone = 'Europe/London') => {
        const { from, to } = rangeOf(asked(query), zone, '30', NOW)
        return `${from} ${to}`
    }
    assert.equal(range({ range: 'today' }, 'America/New_York'), '2027-02-28 2027-02-28')
    assert.equal(range({ range: 'yesterday' }), '2027-02-28 2027-02-28')
    assert.equal(range({ range: '7' }), '2027-02-23 2027-03-01')
    assert.equal(range({ range: 'this_month' }), '2027-03-01 2027-03-01')
    assert.equal(range({ range: 'last_month' }), '2027-02-01 2027-02-28')
    assert.equal(range({ range: 'last_3_months' }), '2026-12-01 2027-02-28')
    assert.equal(range({ range: 'custom', from: '2027-01-20', to: '2027-01-30' }), '2027-01-20 2027-01-30')
    const usual = '2027-01-31 2027-03-01'
    const wrongs: Record<string, string>[] = [
        { from: '2027-02-30', to: '2027-03-01' },
        { from: '2027-02-02', to: '2027-02-01' },
        { from: "1'" },
    ]
    for (const wrong of wrongs) {
        assert.equal(range({ range: 'custom', ...wrong }), usual)
    }
    assert.deepEqual(daysIn({ from: '2027-02-27', to: '2027-03-01' }), ['2027-02-27', '2027-02-28', '2027-03-01'])
})

test('days before 2000, after 2100 or more than ten years of them count for nothing, also on the page', async (t) => {
    const range = (from: string, to: string) => rangeOf(asked({ range: 'custom', from, to }), 'UTC', '30', NOW)
    const { from: first, to: last } = range('2090-01-01', '2099-12-31')
    assert.deepEqual([first, last], ['2090-01-01', '2099-12-31'])
    assert.equal(range('2000-01-01', '2000-01-01').name, 'custom')
    assert.equal(range('2100-12-31', '2100-12-31').name, 'custom')
    const wrongs = [
        ['9999-12-31', '9999-12-31'],
        ['0000-01-01', '2027-01-01'],
        ['1999-12-31', '2000-01-01'],
        ['2100-12-31', '2101-01-01'],
        ['2020-01-01', '2029-12-31T'],
        ['2017-01-01', '2027-01-02'],
    ]
    for (const [from, to] of wrongs) assert.equal(range(from!, to!).name, '30', `${from} to ${to}`)
    const { db, browser } = await town(t)
    const ann = await operatorOf(db, browser(), 1)
    for (const [from, to] of wrongs) {
        const { status, html } = await ann.open(`/account?range=custom&from=${from}&to=${to}`)
        assert.equal(status, 200)
        assert.match(html, /Last 30 days/)
    }
})

test('sums keep every digit, and a chart says in words what it shows', () => {
    assert.equal(decimalSum(['10.00', '2.5', '-0.25']), '12.25')
    assert.equal(decimalSum(['-1', '0.999999999999999999']), '-0.000000000000000001')
    assert.equal(decimalSum([]), '0')
    const points = ['2027-01-01', '2027-01-02'].map((label, n) => ({ label, value: n * 2, text: `${n * 2}` }))
    const chart = chartOf('Orders by day', points)!
    assert.deepEqual(
        chart.bars.map(({ height }) => height),
        [100],
    )
    assert.match(chart.description, /From 2027-01-01 to 2027-01-02; the most, 2, on 2027-01-02/)
    assert.equal(chartOf('Orders by day', points.slice(0, 1)), null, 'one day is no course')
})
