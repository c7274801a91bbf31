import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import ExcelJS from 'exceljs'
import { reports } from '../../reports/index.ts'
import { type Database, transaction } from '../../sql/database.ts'
import { lookAtSkus } from '../../sql/health/look.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP, MARKET_STALL, NORTHWIND } from './town.ts'

const AT = { corner: '/stores/corner-shop.example', north: '/stores/northwind.example' }
const RANGE = 'range=30'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    return {
        db,
        ann: () => operatorOf(db, browser(), 1),
        people: (store_id: number) => peopleOf(db, browser(), { account_id: 1, store_id }),
    }
}

/** A report as csv, for somebody. */
async function csv(browser: Browser, at: string, report: string, sheet: string, query = RANGE) {
    return browser.ask(
        `${at}/connections/1/reports/${report}/download?${query}&format=csv&sheet=${encodeURIComponent(sheet)}`,
    )
}

test('every report has a page, asks for its days first, shows each of its sheets and comes as .csv and .xlsx', async (t) => {
    const { ann } = await town(t)
    const browser = await ann()
    const { html: index } = await browser.open('/account/reports')
    assert.match(index, /aria-current="page">Reports/)
    for (const { name, title, sheets, options } of reports) {
        assert.match(index, new RegExp(`connections/1/reports/${name}"><strong>${title}`))
        const path = `/account/connections/1/reports/${name}`
        if (options.some((option) => option.name === 'from')) {
            assert.match((await browser.open(path)).html, /Choose what it is to be about/)
            assert.equal((await browser.ask(`${path}/download?format=xlsx`)).status, 422)
        }
        for (const sheet of sheets.filter((one) => one !== 'Settlement')) {
            const shown = await browser.open(`${path}?${RANGE}&sheet=${encodeURIComponent(sheet)}`)
            assert.equal(shown.status, 200, `${name} ${sheet}`)
            assert.match(shown.html, new RegExp(`aria-current="page">${sheet}|${sheet} is empty`))
            const file = await csv(browser, '/account', name, sheet)
            assert.equal(file.status, 200)
            assert.match(file.headers.get('content-type')!, /text\/csv/)
            assert.match(file.headers.get('content-disposition')!, /^attachment; filename="[\w.-]+\.csv"$/)
            assert.equal(file.headers.get('cache-control'), 'no-store')
        }
    }
})

test('rule 84: the days of a page are whole days of the chosen zone, and a fault in what is asked is told', async (t) => {
    const { db, people } = await town(t)
    await db.send(`update staging.orders set created_at = '2027-01-30T23:30:00Z' where order_id = 131`)
    const corner = await people(CORNER_SHOP)
    const path = `${AT.corner}/connections/1/reports/order-push`
    const days = 'range=custom&from=2027-01-20&to=2027-01-30'
    assert.match((await corner.open(`${path}?${days}`)).html, /#PUSHED-1/)
    assert.doesNotMatch((await corner.open(`${path}?${days}&zone=Europe/Berlin`)).html, /#PUSHED-1/, 'the 31st there')
    const { html } = await corner.open(`${path}?${days}&zone=Nowhere`)
    assert.match(html, /zone: expected a time zone such as Europe\/Berlin/)
    for (const query of ['range=30&zone=//evil.example', 'zone=Nowhere']) {
        const { status } = await corner.open(`${path}?${query}`)
        assert.equal(status, 200, `${query}: a sentence beside the form, and no page that failed`)
    }
    assert.match((await corner.open(`${path}?${days}&commission=lots`)).html, /commission: expected a share/)
})

test('a page that takes a moment is kept for a minute, for those who saw it, and says when it was made; a file is not', async (t) => {
    const { db, ann, people } = await town(t)
    const [browser, corner] = [await ann(), await people(CORNER_SHOP)]
    const report = 'connections/1/reports/order-push'
    const page = async (of: Browser, at: string) => (await of.open(`${at}/${report}?${RANGE}`)).html
    assert.match(await page(browser, '/account'), /As of \d+ [\s\S]*#PUSHED-1/)
    await db.send(`update staging.orders set name = '#RENAMED' where name = '#PUSHED-1'`)
    assert.match(await page(browser, '/account'), /#PUSHED-1/)
    assert.match(await page(corner, AT.corner), /#RENAMED/)
    assert.match((await csv(browser, '/account', 'order-push', 'Orders')).html, /#RENAMED/)
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 })
    assert.match(await page(browser, '/account'), /#RENAMED/)
})

test('a workbook opens in a spreadsheet, with the summary first; what a spreadsheet would run is text in a csv', async (t) => {
    const { db, ann } = await town(t)
    await db.send(`update staging.line_items set title = '=cmd()' where line_item_id = 141`)
    const browser = await ann()
    const { html } = await browser.open(`/account/connections/1/reports/order-push?${RANGE}`)
    const to = /href="([^"]*format&#x3D;xlsx[^"]*)"/.exec(html)![1]!.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(await browser.bytes(to))
    assert.deepEqual(
        workbook.worksheets.map(({ name }) => name),
        ['Summary', 'Orders', 'Lines', 'Exceptions', 'Legend'],
    )
    const { html: lines } = await csv(browser, '/account', 'order-push', 'Lines')
    assert.match(lines, /'=cmd\(\)/)
})

test('rule 91: a source sees of order-push the orders that were pushed to it, their lines, and no whole of an order', async (t) => {
    const { db, people } = await town(t)
    await db.send(`
        insert into staging.order_people (account_id, store_id, order_id, customer, shipping_address, read_at)
        values (1, 2, 131, '{"firstName": "Jane", "lastName": "Buyer"}', '{"countryCodeV2": "GB"}', now())`)
    const north = await people(NORTHWIND)
    const orders = (await csv(north, AT.north, 'order-push', 'Orders')).html
    assert.match(orders, /#PUSHED-1/)
    assert.doesNotMatch(orders, /#KEPT-1|24\.00|Jane|dest_total|discount_total|tags|refunded_amount/)
    const lines = (await csv(north, AT.north, 'order-push', 'Lines')).html
    assert.match(lines, /Travelled 1/)
    assert.doesNotMatch(lines, /Stayed 1|Waits 1/)
    for (const sheet of ['Summary', 'Orders', 'Lines']) {
        const { html } = await north.open(`${AT.north}/connections/1/reports/order-push?${RANGE}&sheet=${sheet}`)
        assert.doesNotMatch(html, /#KEPT-1|Stayed 1|24\.00/)
    }
    assert.equal(
        (await csv(north, AT.north, 'order-proof', 'Orders')).status,
        404,
        'it tells of orders that were not pushed',
    )
    assert.equal((await north.open(`${AT.north}/connections/1/reports/order-proof?${RANGE}`)).status, 404)
    await db.send(
        `update connections set settings = settings || '{"order_details": ["customer"]}' where connection_id = 1`,
    )
    const named = (await csv(north, AT.north, 'order-push', 'Orders')).html
    assert.match(named, /Jane Buyer/, 'what the settings forward, the source has anyway')
    const corner = await people(CORNER_SHOP)
    assert.match((await csv(corner, AT.corner, 'order-push', 'Orders')).html, /#KEPT-1[\s\S]*/)
})

/** What each end has for itself: items, stock and amounts that the other must not see, in whatever report could tell of them. */
async function belongingsOfEachEnd(db: Database): Promise<void> {
    await db.send(`
        update connections set compared_at = now();
        insert into staging.locations (account_id, store_id, location_id, name, active, read_at)
        values (1, 1, 11, 'Depot', true, now()), (1, 2, 12, 'Counter', true, now());
        insert into location_links (account_id, connection_id, source_location_id, destination_location_id) values (1, 1, 11, 12);
        insert into staging.levels (account_id, store_id, inventory_item_id, location_id, available, read_at)
        values (1, 1, 123, 11, 7654, now()), (1, 2, 124, 12, 8765, now());
        insert into staging.products (account_id, store_id, product_id, title, handle, tags, read_at)
        values
            (1, 1, 181, 'Not offered', 'not-offered', '{}', now()),
            (1, 1, 182, 'Tag-hidden', 'tag-hidden', '{for-1,crossdock-hidden}', now()),
            (1, 2, 183, 'Own of the corner', 'own-of-the-corner', '{}', now());
        insert into staging.variants (account_id, store_id, variant_id, product_id, inventory_item_id, sku, position, read_at)
        values
            (1, 1, 184, 181, 187, 'KEPT-BACK', 1, now()), (1, 1, 185, 182, 188, 'HIDDEN-SKU', 1, now()),
            (1, 1, 113, 101, 123, 'NEAR-9', 2, now()), (1, 2, 114, 102, 124, 'near-9', 2, now()),
            (1, 1, 192, 101, 193, null, 3, now()),
            (1, 2, 186, 183, 189, 'CORNERS-OWN', 1, now()), (1, 2, 190, 183, 191, null, 2, now());
        insert into deviations (
            account_id, connection_id, entity, item_id, field, source_product_id, label, desired, actual, origin, mode, rule
        )
        values
            (1, 1, 'variant', 112, 'price', 101, 'SKU-1', '"10.00"', '"12.00"', 'dest_edited', 'follow', 'edited'),
            (1, 2, 'variant', 212, 'price', 201, 'SKU-2', '"10.00"', '"12.00"', 'dest_edited', 'follow', 'edited')`)
    await transaction(db, (tx) => lookAtSkus(tx, { account_id: 1, connection_id: 1 }, '1'))
}

/** Whatever a report says to somebody: each of its sheets, as a page with all columns and as a file. */
async function told(browser: Browser, at: string, { name, sheets }: (typeof reports)[number]): Promise<string> {
    const said = []
    for (const sheet of sheets) {
        const query = `${RANGE}&sheet=${encodeURIComponent(sheet)}&columns=all`
        const { status, html } = await browser.ask(`${at}/connections/1/reports/${name}?${query}`)
        // what is not for this side, or is only there if it is asked for, is shown as another sheet
        const file = await csv(browser, at, name, sheet)
        said.push(html.slice(html.indexOf('<form class="filter"')), file.html)
        for (const one of [status, file.status]) assert.ok([200, 404, 422].includes(one), `${name} ${sheet}: ${one}`)
    }
    return said.join('\n')
}

/** What an operator is told of, by the end whose alone it is, and what of another connection nobody reads here. */
const OWN = {
    source: ['7654', 'KEPT-BACK', 'HIDDEN-SKU', 'Not offered', 'Tag-hidden', 'SKU-2', 'Offered to 2'],
    destination: ['#KEPT-1', 'Stayed 1', 'OWN-1', 'Waits 1', '24.00', 'CORNERS-OWN', 'Own of the corner'],
}
const ELSEWHERE = ['market-stall', '#PUSHED-2', '#KEPT-2', 'Travelled 2', 'Stayed 2']
/** What each report has to say to both ends, so that it is not silence that passes. */
const HAS: Record<string, RegExp> = {
    'order-push': /#PUSHED-1/,
    'order-proof': /#PUSHED-1/,
    'product-sync': /SKU-1/,
    'sku-health': /Offered to 1/,
    drift: /SKU-1/,
}

test("rule 91: no sheet of any report tells an end of a connection what is the other end's alone", async (t) => {
    const { db, people, ann } = await town(t)
    await belongingsOfEachEnd(db)
    const ends = [
        { side: 'source', at: AT.north, browser: await people(NORTHWIND), unseen: OWN.destination },
        { side: 'destination', at: AT.corner, browser: await people(CORNER_SHOP), unseen: OWN.source },
    ] as const
    for (const { side, at, browser, unseen } of ends) {
        for (const report of reports) {
            const said = await told(browser, at, report)
            const leaked = [...unseen, ...ELSEWHERE].filter((word) => said.includes(word))
            assert.deepEqual(leaked, [], `${report.name} for the ${side}`)
            if (report.seenBy.includes(side)) assert.match(said, HAS[report.name]!, `${report.name} for the ${side}`)
            else assert.doesNotMatch(said, /SKU-1|#PUSHED-1/, `${report.name} for the ${side}`)
        }
    }
    const operator = await ann()
    const all: string[] = []
    for (const report of reports) all.push(await told(operator, '/account', report))
    const known = (word: string) => all.some((said) => said.includes(word))
    assert.deepEqual(
        [...OWN.source, ...OWN.destination].filter((word) => !known(word)),
        [],
        'no report has it at all',
    )
})

test('rule 91: no report of a connection is for whoever is not part of it, as a page or as a file', async (t) => {
    const { people } = await town(t)
    const stall = await people(MARKET_STALL)
    const at = '/stores/market-stall.example'
    for (const { name } of reports) {
        for (const path of [name, `${name}/download`]) {
            const { status, html } = await stall.ask(`${at}/connections/1/reports/${path}?${RANGE}&format=xlsx`)
            assert.equal(status, 404)
            assert.doesNotMatch(html, /SKU-1|corner/)
        }
    }
    assert.doesNotMatch((await stall.open(`${at}/reports`)).html, /corner-shop/)
})

test('a finding of SKU health is put aside, comes last, and is looked at again; a source cannot put aside what it does not see', async (t) => {
    const { db, people } = await town(t)
    await db.send(`
        insert into staging.products (account_id, store_id, product_id, title, handle, read_at) values (1, 2, 190, 'Own', 'own', now());
        insert into staging.variants (account_id, store_id, variant_id, product_id, inventory_item_id, sku, read_at)
        values (1, 2, 191, 190, 191, null, now()), (1, 2, 192, 190, 192, 'MINE', now())`)
    await transaction(db, (tx) => lookAtSkus(tx, { account_id: 1, connection_id: 1 }, '1'))
    const corner = await people(CORNER_SHOP)
    const path = `${AT.corner}/connections/1/reports/sku-health`
    const { html } = await corner.open(path)
    assert.match(html, /score<\/dt><dd>100/)
    const [first] = [...html.matchAll(/name="finding" value="(\d+)"/g)].map((match) => match[1]!)
    const set = `${AT.corner}/connections/1/findings`
    assert.match((await corner.send(set, { days: '30' })).html, /Choose findings first/)
    const ignored = await corner.send(set, { finding: first!, days: '30' })
    assert.match(ignored.html, /1 finding: ignored for 30 days/)
    assert.notEqual(/name="finding" value="(\d+)"/.exec(ignored.html)![1], first)
    const north = await people(NORTHWIND)
    await north.open(`${AT.north}/connections/1/reports/sku-health`)
    assert.match(
        (await north.send(`${AT.north}/connections/1/findings`, { finding: first!, days: '0' })).html,
        /0 findings/,
    )
    await corner.open(path)
    assert.match((await corner.send(set, { finding: first!, days: '0' })).html, /1 finding: looked at again/)
})
