import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import exceljs from 'exceljs'
import { NORTHWIND, OUTLET, single } from '../helpers/cast.ts'
import { withoutChromium } from './chromium.ts'
import { openWorld } from './world.ts'

const goods = {
    [NORTHWIND]: [
        single('Mug', 'MUG-1', { variant: { available: 50, price: '12.00' } }),
        single('Lamp', 'LAMP-1'),
        single('Kettle', 'KETTLE-1'),
        single('Socks', 'SOCK-1', { variant: { available: 18 } }),
    ],
    [OUTLET]: [single('Our socks', 'OUR-SOCKS', { variant: { available: 30 } })],
}

const buyer = {
    ...{ firstName: 'Ada', lastName: 'Byron', address1: '1 Mill Lane', city: 'London', zip: 'N1 1AA' },
    countryCode: 'GB',
}

/** The shops, and somebody of each who came in. */
async function begin(t: TestContext) {
    const world = await openWorld(t, goods)
    const available = async (sku: string) => (await world.variant(OUTLET, sku)).levels[0]?.available
    return {
        world,
        north: await world.comeIn(NORTHWIND, 'nora'),
        outlet: await world.comeIn(OUTLET, 'otto'),
        available,
        stocks: () => Promise.all(['MUG-1', 'LAMP-1', 'OUR-SOCKS'].map(available)),
        async ordersAt(domain: string) {
            const lines = ((await world.state(domain)).orders ?? []).flatMap(({ lines }) => lines)
            return (lines as unknown as { sku: string; quantity: number }[]).map(
                ({ sku, quantity }) => `${quantity} ${sku}`,
            )
        },
    }
}

type Chapter = (cast: Awaited<ReturnType<typeof begin>>) => Promise<void>

const chapters: { [what: string]: Chapter } = {
    async 'a source gives its code, a destination asks by it, and the source agrees'({ north, outlet }) {
        await north.open('/join')
        const code = await north.page.locator('.code code').innerText()
        await outlet.open('/join')
        await outlet.page.getByLabel("The source's join code").fill(code)
        await outlet.press('Join')
        await outlet.sees(/You asked northwind\.example\. It decides/)
        await outlet.open('/connections')
        await outlet.sees('Nothing is connected yet.')
        await north.open('/join')
        await north.press('Agree')
        assert.equal(await north.seesRun('connect_stores'), 'done')
        for (const who of [outlet, north]) {
            await who.open('/connections')
            assert.deepEqual((await who.row(OUTLET)).slice(0, 3), [NORTHWIND, OUTLET, 'connected'])
        }
    },

    async 'every part of the site that its head names shows how things stand, before anything is written'({
        world,
        outlet,
    }) {
        assert.equal(await outlet.runNow(), 'held')
        assert.deepEqual(await world.titles(OUTLET), ['Our socks'])
        const head = outlet.page.getByRole('navigation', { name: 'Parts of Crossdock' })
        const names = await head.getByRole('link').allInnerTexts()
        assert.ok(names.length > 7)
        for (const name of names) {
            await head.getByRole('link', { name }).click()
            await outlet.page.locator('nav.parts a[aria-current]', { hasText: name }).waitFor()
            assert.equal(await outlet.page.locator('h1').count(), 1, name)
        }
        await outlet.open('/products')
        assert.equal((await outlet.row('MUG-1'))[5], 'not synced')
        await outlet.follow('Mug')
        await outlet.sees(/^Why it is not/)
    },

    async 'one product is pushed from its page, once its lines were looked at'({ world, outlet }) {
        await outlet.press('Push this product')
        assert.deepEqual(await outlet.row('new product'), [
            'mug',
            'new product',
            'empty',
            'Mug, 1 variant',
            'first sync',
        ])
        await outlet.tick(/I have looked at what stands above/)
        await outlet.press('Push Mug now')
        assert.equal(await outlet.ended(), 'held', 'the others wait still')
        assert.deepEqual(await world.titles(OUTLET), ['Mug', 'Our socks'])
        await outlet.open('/products')
        assert.equal((await outlet.row('MUG-1'))[4], '1 of 1')
        assert.equal((await outlet.row('LAMP-1'))[4], '0 of 1')
    },

    async 'of the first change sets what is approved is written, and what is rejected is not'({
        world,
        outlet,
        available,
    }) {
        await outlet.openHeld('catalogue')
        await outlet.tick('new product of socks')
        await outlet.tick('published of socks')
        await outlet.press('Reject')
        await outlet.sees('2 lines: rejected.')
        await outlet.press(/^Approve [\d,]+ lines? that waits?$/)
        await outlet.sees(/\d lines: approved\./)
        await outlet.openHeld('stock')
        await outlet.press(/^Approve [\d,]+ lines? that waits?$/)
        await outlet.sees(/1 line: approved\. The first sync is decided/)
        await outlet.load()
        assert.deepEqual(await world.titles(OUTLET), ['Kettle', 'Lamp', 'Mug', 'Our socks'])
        assert.equal(await outlet.runNow(), 'done')
        assert.deepEqual([await available('MUG-1'), await available('LAMP-1')], [50, 15])
        await outlet.open('/products')
        assert.deepEqual((await outlet.row('MUG-1')).slice(4), ['1 of 1', 'synced', ''])
        assert.deepEqual((await outlet.row('SOCK-1')).slice(4), ['0 of 1', 'not synced', 'A person rejected it Set 3'])
    },

    async 'a new title goes by itself; prices that fell too far wait, and are approved line by line'({
        world,
        outlet,
    }) {
        await world.edit(NORTHWIND, 'product.edit', { handle: 'mug', set: { title: 'Big mug' } })
        const set = { price: '0.50' }
        for (const sku of ['LAMP-1', 'KETTLE-1']) await world.edit(NORTHWIND, 'variant.edit', { sku, set })
        const prices = () =>
            Promise.all(['LAMP-1', 'KETTLE-1'].map(async (sku) => (await world.variant(OUTLET, sku)).price))
        assert.equal(await outlet.runNow(), 'held')
        assert.deepEqual(await world.titles(OUTLET), ['Big mug', 'Kettle', 'Lamp', 'Our socks'])
        assert.deepEqual(await prices(), ['10.00', '10.00'])
        await outlet.openHeld('price')
        const [, ...line] = await outlet.row('0.50')
        assert.deepEqual(line, ['price', '10.00', '0.50', 'source changed', 'default: follow', 'held'])
        await outlet.tick('price of LAMP-1')
        await outlet.press('Approve')
        await outlet.sees('1 line: approved.')
        assert.deepEqual(await prices(), ['10.00', '10.00'], 'an approval writes to no store')
        await outlet.load()
        assert.deepEqual(await prices(), ['0.50', '10.00'])
    },

    async 'a mapping with a fault is looked at, mended by its own result, and applied'({ world, outlet, available }) {
        const wrong = 'destination: no variant of outlet.example is OUR-SOX'
        await outlet.open('/uploads')
        await outlet.choose('map.csv', 'source_sku,dest_sku\nSOCK-1,OUR-SOX\n')
        await outlet.press('Upload and look at it')
        await outlet.sees('1 row is wrong, so nothing can be applied.')
        assert.deepEqual((await outlet.row('OUR-SOX')).slice(0, 3), ['2', 'error', wrong])
        assert.equal(await outlet.page.getByRole('button', { name: 'Apply it' }).count(), 0)
        const { name, bytes } = await outlet.download('Result as .csv')
        assert.equal(name, 'map-result.csv')
        const result = `source_sku,dest_sku,result,message,row_no\nSOCK-1,OUR-SOX,error,${wrong},2\n`
        assert.equal(bytes.toString().replace('\uFEFF', '').replaceAll('\r\n', '\n'), result)
        await outlet.open('/uploads')
        await outlet.choose(name, bytes.toString().replace('SOCK-1,OUR-SOX', 'SOCK-1,OUR-SOCKS'))
        await outlet.press('Upload and look at it')
        await outlet.sees('Every row can be applied.')
        await outlet.press('Apply it')
        await outlet.sees('The next comparison looks at everything with the new links')
        assert.equal(await available('OUR-SOCKS'), 30, 'an upload writes to no store')
        await outlet.runNow()
        assert.equal(await available('OUR-SOCKS'), 18)
        assert.deepEqual(await world.titles(OUTLET), ['Big mug', 'Kettle', 'Lamp', 'Our socks'], 'of stock alone')
        await outlet.open('/products')
        assert.deepEqual((await outlet.row('SOCK-1')).slice(4), ['1 of 1', 'synced', ''])
    },

    async 'what was loaded is taken back, and stays so'({ world, outlet }) {
        await outlet.open('/changes?state=loaded')
        const sets = outlet.page.getByRole('row').filter({ hasText: 'catalogue' })
        await sets.getByRole('link').first().click()
        await outlet.sees('Big mug')
        const set = outlet.page.url()
        await outlet.page.locator('summary', { hasText: 'Roll back' }).click()
        await outlet.press('Roll it back')
        assert.equal(await outlet.ended(), 'done')
        assert.deepEqual(await world.titles(OUTLET), ['Kettle', 'Lamp', 'Mug', 'Our socks'])
        await outlet.page.goto(set)
        assert.match(await outlet.page.getByRole('heading', { level: 1 }).innerText(), /catalogue\s+rolled back$/)
        assert.equal((await outlet.row('source changed')).at(-1), 'rolled back')
        await outlet.runNow()
        assert.deepEqual(await world.titles(OUTLET), ['Kettle', 'Lamp', 'Mug', 'Our socks'])
    },

    async 'an order waits for a person, who pushes it, and the source has it'({ world, north, outlet, ordersAt }) {
        await outlet.open('/connections/1/order-rules')
        await outlet.page.getByRole('checkbox', { name: 'Push orders by themselves' }).uncheck()
        await outlet.page.locator('form', { hasText: 'Push orders by themselves' }).getByRole('button').click()
        await outlet.sees(/^Saved\./)
        await world.edit(OUTLET, 'order.sell', { lines: [{ sku: 'MUG-1', quantity: 2 }], shippingAddress: buyer })
        await outlet.runNow()
        assert.deepEqual(await ordersAt(NORTHWIND), [])
        await outlet.open('/orders')
        assert.match((await outlet.row('#1001')).slice(-2).join(': '), /^not pushed: pushing is switched off/)
        await outlet.page.getByRole('checkbox', { name: /^Order #/ }).check()
        await outlet.press('Push now')
        await outlet.sees(/1 order: to be pushed/)
        assert.equal(await outlet.seesRun('push_orders'), 'done')
        assert.deepEqual(await ordersAt(NORTHWIND), ['2 MUG-1'])
        assert.equal((await world.variant(NORTHWIND, 'MUG-1')).levels[0]?.available, 48)
        for (const who of [outlet, north]) {
            await who.open('/orders')
            assert.match((await who.row('#1001')).slice(-2)[0]!, /^pushed #1001/)
        }
    },

    async 'the report of pushed orders comes as a workbook that says so'({ outlet }) {
        await outlet.open('/reports')
        await outlet.follow(/^Order.?push/i)
        await outlet.page.getByLabel('From').fill(dayIn(-1))
        await outlet.page.getByLabel('to, included').fill(dayIn(1))
        await outlet.press('Show')
        assert.equal((await outlet.row('#1001'))[3], 'pushed')
        const { name, bytes } = await outlet.download('Download .xlsx')
        assert.match(name, /^order-push.*\.xlsx$/)
        const book = new exceljs.Workbook()
        await book.xlsx.load(bytes as never)
        const sheets = book.worksheets.map((sheet) => sheet.name)
        assert.deepEqual(sheets, ['Summary', 'Orders', 'Lines', 'Exceptions', 'Legend'])
        const rows = (sheet: string, ...columns: string[]) => rowsOf(book.getWorksheet(sheet)!, columns)
        assert.deepEqual(rows('Orders', 'dest_order_no', 'push_state', 'push_mode', 'units_pushed', 'value_pushed'), [
            ['#1001', 'pushed', 'manual', 2, 24],
        ])
        assert.deepEqual(rows('Lines', 'dest_order_no', 'dest_sku', 'qty_pushed', 'line_state'), [
            ['#1001', 'MUG-1', 2, 'pushed'],
        ])
        assert.deepEqual(rows('Exceptions', 'dest_order_no'), [])
    },

    async 'the source blocks, which zeroes what is sold there, and unblocks, which brings it back'({
        north,
        outlet,
        stocks,
    }) {
        await north.open('/connections/1/block')
        await north.page.getByRole('radio', { name: /^Set their stock to 0/ }).check()
        await north.press('Block')
        await north.sees(/about to be blocked/)
        assert.equal(await north.seesRun('end_connection'), 'done')
        assert.deepEqual(await stocks(), [0, 0, 0])
        await outlet.open('/connections/1')
        await outlet.sees('Only the source can unblock it.')
        await outlet.runNow()
        assert.deepEqual(await stocks(), [0, 0, 0])
        await north.open('/connections/1')
        await north.press('Unblock')
        await north.sees(/It is unblocked/)
        await north.runNow()
        assert.deepEqual(await stocks(), [48, 15, 18])
    },

    async 'the destination disconnects, leaving its items, and reconnects with the links it had'({
        world,
        outlet,
        stocks,
    }) {
        await outlet.open('/connections/1/disconnect')
        await outlet.page.getByRole('radio', { name: /^Leave them/ }).check()
        await outlet.press('Disconnect')
        await outlet.sees(/about to be disconnected/)
        assert.equal(await outlet.seesRun('end_connection'), 'done')
        await world.edit(NORTHWIND, 'level.set', { sku: 'LAMP-1', available: 11 })
        await outlet.runNow()
        assert.deepEqual(await stocks(), [48, 15, 18], 'nothing is written for it any more')
        await outlet.open('/connections/1')
        await outlet.sees('It is disconnected: nothing is written.')
        await outlet.press('Reconnect')
        await outlet.sees('It is connected again, with its links.')
        assert.equal(await outlet.runNow(), 'held')
        await outlet.openHeld('stock')
        assert.deepEqual((await outlet.row('quantity')).slice(2, 4), ['15', '11'])
        await outlet.press(/^Approve [\d,]+ lines? that waits?$/)
        await outlet.sees(/line.*: approved\./)
        await outlet.load()
        assert.deepEqual(await stocks(), [48, 11, 18])
        assert.deepEqual(await world.titles(OUTLET), ['Kettle', 'Lamp', 'Mug', 'Our socks'], 'nothing is there twice')
    },
}

test('a merchant joins, looks, pushes, approves, maps, takes back, sells, reports and parts, all by the pages of the site', {
    skip: withoutChromium,
}, async (t) => {
    const cast = await begin(t)
    for (const [what, chapter] of Object.entries(chapters)) await t.test(what, () => chapter(cast))
})

/** A day from today on: the shops' clock is a little ahead of the site's. */
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** The rows of a sheet below its head, of the columns that are named. */
function rowsOf(sheet: exceljs.Worksheet, columns: readonly string[]) {
    const [head = [], ...rows] = sheet.getSheetValues().slice(1) as unknown[][]
    return rows.map((row) => columns.map((column) => row[head.indexOf(column)]))
}
