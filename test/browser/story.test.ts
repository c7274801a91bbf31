import assert from 'node:assert/strict'
import { test } from 'node:test'
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

test('a merchant joins, approves, pushes, maps, takes back, sells, reports and parts, all by the pages of the site', {
    skip: withoutChromium,
}, async (t) => {
    const world = await openWorld(t, goods)
    const north = await world.comeIn(NORTHWIND, 'nora')
    const outlet = await world.comeIn(OUTLET, 'otto')
    const available = async (sku: string) => (await world.variant(OUTLET, sku)).levels[0]?.available

    const ordersAt = async (domain: string) => {
        const lines = ((await world.state(domain)).orders ?? []).flatMap(({ lines }) => lines)
        return (lines as unknown as { sku: string; quantity: number }[]).map(
            ({ sku, quantity }) => `${quantity} ${sku}`,
        )
    }

    await t.test('a source gives its code, a destination asks by it, and the source agrees', async () => {
        await north.open('/join')
        const code = await north.page.locator('.code code').innerText()
        await outlet.open('/join')
        await outlet.page.getByLabel("The source's join code").fill(code)
        await outlet.press('Join')
        await outlet.sees(/You asked northwind\.example\. It decides/)
        await north.open('/join')
        await north.press('Agree')
        assert.equal(await north.seesRun('connect_stores'), 'done')
        await outlet.open('/connections')
        await outlet.sees(NORTHWIND)
    })

    await t.test('the first change sets wait, and only what is approved of them is written', async () => {
        assert.equal(await outlet.runNow(), 'held')
        assert.deepEqual(await world.titles(OUTLET), ['Our socks'], 'nothing was written yet')
        await outlet.openHeld('catalogue')
        await outlet.tick('new product of socks')
        await outlet.tick('published of socks')
        await outlet.press('Reject')
        await outlet.sees('2 lines: rejected.')
        await outlet.press('Approve all that wait')
        await outlet.sees(/6 lines: approved\. The first sync is decided/)
        await outlet.load()
        assert.deepEqual(await world.titles(OUTLET), ['Kettle', 'Lamp', 'Mug', 'Our socks'])
        assert.equal(await outlet.runNow(), 'done')
        assert.deepEqual([await available('MUG-1'), await available('LAMP-1')], [50, 15])
    })

    await t.test('every part of the site that its head names shows how things stand', async () => {
        const parts = await outlet.page.getByRole('navigation', { name: 'Parts of Crossdock' }).getByRole('link').all()
        const names = await Promise.all(parts.map((part) => part.innerText()))
        assert.ok(names.length > 7)
        for (const name of names) {
            await outlet.page.getByRole('navigation', { name: 'Parts' }).getByRole('link', { name }).click()
            await outlet.page.locator(`nav.parts a[aria-current]`, { hasText: name }).waitFor()
            assert.equal(await outlet.page.locator('h1').count(), 1, name)
        }
        await outlet.open('/products')
        await outlet.follow('Socks')
        await outlet.sees(/^Why it is not/)
    })

    await t.test('one product is pushed from its page', async () => {
        await world.edit(NORTHWIND, 'product.edit', { handle: 'mug', set: { title: 'Big mug' } })
        await outlet.open('/products')
        await outlet.follow('Mug')
        await outlet.press('Push this product')
        await outlet.press(/^Push .* now$/)
        assert.equal(await outlet.ended(), 'done')
        assert.deepEqual(await world.titles(OUTLET), ['Big mug', 'Kettle', 'Lamp', 'Our socks'])
    })

    await t.test('prices that fell too far wait, and are approved line by line', async () => {
        const set = { price: '0.50' }
        for (const sku of ['LAMP-1', 'KETTLE-1']) await world.edit(NORTHWIND, 'variant.edit', { sku, set })
        assert.equal(await outlet.runNow(), 'held')
        await outlet.openHeld('price')
        await outlet.tick('price of LAMP-1')
        await outlet.press('Approve')
        await outlet.sees('1 line: approved.')
        await outlet.load()
        const prices = ['LAMP-1', 'KETTLE-1'].map(async (sku) => (await world.variant(OUTLET, sku)).price)
        assert.deepEqual(await Promise.all(prices), ['0.50', '10.00'])
    })

    await t.test('a mapping with a fault is looked at, mended by its own result, and applied', async () => {
        await outlet.open('/uploads')
        await outlet.choose('map.csv', 'source_sku,dest_sku\nSOCK-1,OUR-SOX\n')
        await outlet.press('Upload and look at it')
        await outlet.sees('1 row is wrong, so nothing can be applied.')
        const { name, bytes } = await outlet.download('Result as .csv')
        assert.equal(name, 'map-result.csv')
        await outlet.open('/uploads')
        await outlet.choose(name, bytes.toString().replace('OUR-SOX', 'OUR-SOCKS'))
        await outlet.press('Upload and look at it')
        await outlet.sees('Every row can be applied.')
        await outlet.press('Apply it')
        await outlet.sees('The next comparison looks at everything with the new links')
        assert.equal(await available('OUR-SOCKS'), 30, 'an upload writes to no store')
        await outlet.runNow()
        assert.equal(await available('OUR-SOCKS'), 18)
    })

    await t.test('what was loaded is taken back', async () => {
        await outlet.open('/changes?state=loaded')
        const sets = outlet.page.getByRole('row').filter({ hasText: 'catalogue' })
        await sets.getByRole('link').first().click()
        await outlet.sees('Big mug')
        await outlet.page.locator('summary', { hasText: 'Roll back' }).click()
        await outlet.press('Roll it back')
        assert.equal(await outlet.ended(), 'done')
        assert.deepEqual(await world.titles(OUTLET), ['Kettle', 'Lamp', 'Mug', 'Our socks'])
    })

    await t.test('an order waits for a person, who pushes it, and the source has it', async () => {
        await outlet.open('/connections/1/order-rules')
        await outlet.page.getByRole('checkbox', { name: 'Push orders by themselves' }).uncheck()
        await outlet.page.locator('form', { hasText: 'Push orders by themselves' }).getByRole('button').click()
        await outlet.sees(/^Saved\./)
        await world.edit(OUTLET, 'order.sell', { lines: [{ sku: 'MUG-1', quantity: 2 }], shippingAddress: buyer })
        await outlet.runNow()
        assert.deepEqual(await ordersAt(NORTHWIND), [])
        await outlet.open('/orders')
        await outlet.page.getByRole('checkbox', { name: /^Order #/ }).check()
        await outlet.press('Push now')
        await outlet.sees(/1 order: to be pushed/)
        assert.equal(await outlet.seesRun('push_orders'), 'done')
        assert.deepEqual(await ordersAt(NORTHWIND), ['2 MUG-1'])
        await north.open('/orders')
        await north.sees('pushed')
    })

    await t.test('the report of pushed orders comes as a workbook that says so', async () => {
        await outlet.open('/reports')
        await outlet.follow(/^Order.?push/i)
        await outlet.page.getByLabel('From').fill(dayIn(-1))
        await outlet.page.getByLabel('to, included').fill(dayIn(1))
        await outlet.press('Show')
        const { name, bytes } = await outlet.download('Download .xlsx')
        assert.match(name, /^order-push.*\.xlsx$/)
        const book = new exceljs.Workbook()
        await book.xlsx.load(bytes as never)
        assert.deepEqual(
            book.worksheets.map((sheet) => sheet.name),
            ['Summary', 'Orders', 'Lines', 'Exceptions', 'Legend'],
        )
        const rows = (sheet: string, ...columns: string[]) => rowsOf(book.getWorksheet(sheet)!, columns)
        assert.deepEqual(rows('Orders', 'dest_order_no', 'push_state', 'push_mode', 'units_pushed', 'value_pushed'), [
            ['#1001', 'pushed', 'manual', 2, 24],
        ])
        assert.deepEqual(rows('Lines', 'dest_order_no', 'dest_sku', 'qty_pushed', 'line_state'), [
            ['#1001', 'MUG-1', 2, 'pushed'],
        ])
        assert.deepEqual(rows('Exceptions', 'dest_order_no'), [])
    })

    await t.test('the source blocks, which zeroes what is sold there, and unblocks, which brings it back', async () => {
        await north.open('/connections/1/block')
        await north.page.getByRole('radio', { name: /^Set their stock to 0/ }).check()
        await north.press('Block')
        await north.sees(/about to be blocked/)
        assert.equal(await north.seesRun('end_connection'), 'done')
        assert.deepEqual([await available('LAMP-1'), await available('OUR-SOCKS')], [0, 0])
        await outlet.open('/connections/1')
        await outlet.sees('Only the source can unblock it.')
        await north.open('/connections/1')
        await north.press('Unblock')
        await north.sees(/It is unblocked/)
        await north.runNow()
        assert.deepEqual([await available('LAMP-1'), await available('OUR-SOCKS')], [15, 18])
    })

    await t.test('the destination disconnects, leaving its items, and reconnects with the links it had', async () => {
        await outlet.open('/connections/1/disconnect')
        await outlet.page.getByRole('radio', { name: /^Leave them/ }).check()
        await outlet.press('Disconnect')
        await outlet.sees(/about to be disconnected/)
        assert.equal(await outlet.seesRun('end_connection'), 'done')
        assert.equal(await available('LAMP-1'), 15)
        await outlet.open('/connections/1')
        await outlet.sees('It is disconnected: nothing is written.')
        await outlet.press('Reconnect')
        await outlet.sees('It is connected again, with its links.')
    })
})

/** A day from today on: the shops' clock is a little ahead of the site's. */
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** The rows of a sheet below its head, of the columns that are named. */
function rowsOf(sheet: exceljs.Worksheet, columns: readonly string[]) {
    const [head = [], ...rows] = sheet.getSheetValues().slice(1) as unknown[][]
    return rows.map((row) => columns.map((column) => row[head.indexOf(column)]))
}
