import assert from 'node:assert/strict'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { reports } from '../../reports/index.ts'
import { reasons } from '../../reports/reasons.ts'
import { withSheet, writeReport } from '../../reports/write.ts'
import { readXlsx } from '../connectors/spreadsheet/read_xlsx.ts'
import { testDatabase } from '../helpers/database.ts'
import { textOf } from '../helpers/sources.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { opened, type ReadRow, reportNamed, sheetsOf } from './reading.ts'
import { type House, seedHouse } from './seed.ts'
import { seedPush } from './seed_push.ts'

const NOON = '2027-01-25T12:00:00Z'
const asked = (connection: number) => ({
    ...{ connection: String(connection), from: '2027-01-20', to: '2027-01-30', commission: '10%' },
})

/** Orders whose texts try to be formulas, numbers and rows of their own. */
async function oddHouse(t: TestContext): Promise<{ house: House; connection: number; folder: string }> {
    const { db } = await testDatabase(t)
    const house = await seedHouse(db)
    const connection = await house.connect('northwind', { order_details: ['customer'] })
    const skus = ['00123', '1E5', '=1+1', '-12', "'quoted", 'a,b;c', 'two\nlines', ' blank ', '1234567890123456']
    for (const [n, sku] of skus.entries()) {
        await house.item(n + 1, sku, connection)
        const lines = [{ sku, quantity: 1, price: '1234.5', more: { title: `${sku} <&">` } }]
        await house.order({ id: n + 1, at: NOON, lines, more: { tags: [sku, '@all'], shipping_title: sku } })
    }
    const parts = [{ line: 1001, units: 1, price: '1543.13' }]
    await seedPush(house, { connection, order: 1, twin: 501, parts })
    const folder = await temporaryFolder('report')
    t.after(() => rm(folder, { recursive: true }))
    return { house, connection, folder }
}

test('csv, xlsx and json show the same rows, cell by cell', async (t) => {
    const { house, connection, folder } = await oddHouse(t)
    const report = reportNamed('order-push')
    const sheets = await sheetsOf(house, 'order-push', asked(connection))
    const write = (format: 'csv' | 'xlsx' | 'json', path: string) =>
        opened(house, 'order-push', asked(connection), (open) => writeReport(report, open, format, join(folder, path)))
    const written = await write('csv', 'sheets')
    await write('xlsx', 'all.xlsx')
    await write('json', 'all.json')
    const json = JSON.parse(await readFile(join(folder, 'all.json'), 'utf8'))
    const xlsx = await readXlsx(await readFile(join(folder, 'all.xlsx')))
    assert.deepEqual(
        xlsx.map(({ name }) => name),
        ['Summary', 'Orders', 'Lines', 'Exceptions', 'Settlement', 'Legend'],
    )
    assert.deepEqual(
        written.map((path) => path.slice(folder.length)),
        xlsx.map(({ name }) => `/sheets/${name.toLowerCase()}.csv`),
    )
    // When a report was made is the one thing in which two of them differ.
    const settled = (rows: ReadRow[]) => rows.filter(({ what }) => what !== 'made at')
    for (const { name, rows } of xlsx) {
        const expected = settled(sheets[name]!)
        assert.deepEqual(settled(json.sheets[name]), expected, `json ${name}`)
        assert.deepEqual(settled(ofXlsx(rows)), expected.map(asInXlsx), `xlsx ${name}`)
        const csv = await readFile(join(folder, 'sheets', `${name.toLowerCase()}.csv`), 'utf8')
        assert.equal(csv.codePointAt(0), 0xfeff, 'by it Excel knows UTF-8')
        assert.deepEqual(settled(ofCsv(csv)), expected.map(asInCsv), `csv ${name}`)
    }
    assert.deepEqual(await readdir(folder), ['all.json', 'all.xlsx', 'sheets'], 'no half of a file is left')
})

/** Amounts are number cells, which show their decimals by their format. */
const asInXlsx = (row: ReadRow): ReadRow =>
    mapCells(row, (value, column) => {
        if (value === '') return null
        return isAmount(column, value) ? Number(value) : value
    })
const asInCsv = (row: ReadRow): ReadRow => mapCells(row, (value) => (value === null ? '' : String(value)))

const AMOUNTS =
    /^(dest_total|value_pushed|shipping_charged|discount_total|refunded_amount|source_value|unit_price_.*|line_discount|gross|deductions|due|commission|amount)$/
const isAmount = (column: string, value: unknown) => value !== null && AMOUNTS.test(column)

function mapCells(
    row: ReadRow,
    map: (value: string | number | null, column: string) => string | number | null,
): ReadRow {
    return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, map(value, column)]))
}

function ofXlsx([header, ...rows]: Awaited<ReturnType<typeof readXlsx>>[0]['rows']): ReadRow[] {
    return rows.map((cells) =>
        Object.fromEntries(header!.map(({ value }, place) => [String(value), cells[place]?.value ?? null])),
    )
}

/** As an upload reads it: one ' is taken off before what would begin a formula (spec §3.5). */
function ofCsv(text: string): ReadRow[] {
    const rows: ReadRow[] = parse(text, { bom: true, columns: true })
    return rows.map((row) => mapCells(row, (value) => String(value).replace(/^'(?=[=+\-@\t\r'])/, '')))
}

test('rule 85: in a csv no cell of a report begins a formula, and no amount becomes a text', async (t) => {
    const { house, connection, folder } = await oddHouse(t)
    const path = join(folder, 'lines.csv')
    await opened(house, 'order-push', asked(connection), (open) =>
        writeReport(reportNamed('order-push'), withSheet(open, 'lines'), 'csv', path),
    )
    const cells = (parse(await readFile(path, 'utf8'), { bom: true }) as string[][]).flat()
    assert.deepEqual(
        cells.filter((cell) => /^[=+\-@\t\r]/.test(cell)),
        [],
    )
    for (const cell of ["'=1+1", "'-12", '00123', '1E5', '1234.50', '1234567890123456'])
        assert.ok(cells.includes(cell), cell)
})

test('a page of a sheet is the same rows, from where it begins', async (t) => {
    const { house, connection } = await oddHouse(t)
    const { Orders } = await sheetsOf(house, 'order-push', asked(connection))
    await opened(house, 'order-push', asked(connection), async ({ sheets }) => {
        const sheet = sheets.find(({ name }) => name === 'Orders')!
        assert.equal(await sheet.count(), 9)
        const numbers = async (offset: number, limit: number) => {
            const found: unknown[] = []
            for await (const rows of sheet.batches({ offset, limit })) found.push(...rows.map((row) => row[1]))
            return found
        }
        const all = Orders!.map((row) => row.dest_order_no)
        assert.deepEqual(await numbers(0, 4), all.slice(0, 4))
        assert.deepEqual(await numbers(4, 4), all.slice(4, 8))
        assert.deepEqual(await numbers(8, 4), all.slice(8))
        assert.deepEqual([await numbers(9, 4), await numbers(0, 0)], [[], []])
    })
})

test('a sheet that a report does not have is refused with the names of those it has', async (t) => {
    const { house, connection } = await oddHouse(t)
    await opened(house, 'order-push', asked(connection), async (open) => {
        assert.throws(
            () => withSheet(open, 'Products'),
            /^Error: Expected one of the sheets Summary, Orders, Lines, Exceptions, Settlement, Legend, got Products\.$/,
        )
    })
})

test('a report says what is wrong with what it is asked', () => {
    const given = { connection: '1', from: '2027-01-20', to: '2027-01-30' }
    const faultsOf = (more: object) => {
        const reads = ['order-push', 'order-proof', 'product-sync'].map((name) =>
            reportNamed(name).given.safeParse({ ...given, ...more }),
        )
        const faults = reads.map(({ error }) =>
            (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
        )
        if (!('commission' in more)) for (const one of faults) assert.deepEqual(one, faults[0])
        return faults[0]
    }
    assert.deepEqual(faultsOf({}), [])
    assert.deepEqual(faultsOf({ zone: 'europe/berlin' }), [])
    const noDay = 'expected a day such as 2027-01-20, from 2000-01-01 to 2100-12-31'
    for (const from of ['2027-01-0', '2027-02-30', '0000-01-01', '1999-12-31']) {
        assert.deepEqual(faultsOf({ from }), [`from: ${noDay}`])
    }
    for (const to of ['2101-01-01', '9999-12-31']) assert.deepEqual(faultsOf({ to }), [`to: ${noDay}`])
    assert.deepEqual(faultsOf({ to: '2027-01-19' }), ['to: expected a day that is not before the first one'])
    assert.deepEqual(faultsOf({ to: '2037-01-19' }), [])
    assert.deepEqual(faultsOf({ to: '2037-01-20' }), ['to: expected a day within ten years of the first one'])
    for (const zone of ['Mars/Phobos', '+01:00', '']) {
        assert.deepEqual(faultsOf({ zone }), ['zone: expected a time zone such as Europe/Berlin'])
    }
    assert.deepEqual(faultsOf({ connection: 'two', commission: '10 %' }), [
        'connection: expected the number of a connection',
        'commission: expected a share such as 12.5%, or an amount for each order such as 2.00',
    ])
})

test('every report has a question, options with a sentence each, a first sheet Summary and a last one Legend', () => {
    assert.equal(new Set(reports.map(({ name }) => name)).size, reports.length)
    for (const { name, title, question, options, sheets } of reports) {
        assert.match(name, /^[a-z]+(-[a-z]+)*$/)
        assert.match(title, /^[A-Z]/)
        assert.match(question, /^[A-Z].*\?$/)
        assert.deepEqual([sheets[0], sheets.at(-1)], ['Summary', 'Legend'])
        for (const { name, flags, does } of options)
            assert.ok(flags.startsWith(`--${name} <`) && does.length > 10, flags)
    }
})

test('every reason code of the order-push report, and of the gates, has words and a fix (spec §3.1)', () => {
    const codes =
        'NOT_PAID, ZERO_TOTAL, NO_ADDRESS, NO_LINKED_LINE, SKU_MISSING, SKU_DUPLICATE, ITEM_UNTRACKED, LOCATION_UNMAPPED, ' +
        'SOURCE_BLOCKED, DISCONNECTED, PUSH_DISABLED, TEST_ORDER, CANCELLED_BEFORE_PUSH, ALREADY_EXISTS, API_ERROR, ' +
        'BEFORE_CONNECTION, PLAN_LIMIT, FX_MISSING, HELD, STOCK_REFUSED, OUT_OF_SCOPE, PART_OF_PACK'
    const gates = ['sql/orders/gated_orders.sql', 'sql/orders/gated_lines.sql'].map(textOf).join('\n')
    const given = [...gates.matchAll(/\bthen\s+'([A-Z_]+)'/g)].map(([, code]) => code!)
    assert.ok(given.includes('NOT_PAID') && given.includes('ITEM_UNTRACKED'))
    for (const code of [...codes.split(', '), ...given]) {
        const { text, fix } = reasons[code] ?? assert.fail(`reports/reasons.ts lacks ${code}`)
        assert.match(text, /^[a-z].*[^.]$/, code)
        assert.match(fix, /^[A-Z].*\.$/, code)
    }
})

test('every column of the sheets of §3.1 is there, in its order, and explained in the legend', async (t) => {
    const { house, connection } = await oddHouse(t)
    const named = {
        Orders:
            'dest_store, dest_order_no, dest_order_id, dest_order_date, customer_name, ship_country, payment_status, dest_total, ' +
            'currency, push_state, push_mode, push_reason_code, push_reason_text, push_attempts, first_pushed_at, ' +
            'last_attempt_at, source_store, source_order_no, source_order_id, lines_total, lines_linked, lines_pushed, ' +
            'units_pushed, value_pushed, shipping_method, shipping_charged, discount_total, tax_included, tags, ' +
            'fulfilment_status, tracking_company, tracking_numbers, first_shipped_at, tracking_returned_at, cancelled_at, ' +
            'cancelled_by, refunded_amount, refund_mirrored, return_status, run_id',
        Lines:
            'dest_order_no, source_order_no, line_no, dest_sku, source_sku, matched_by, title, variant, qty_ordered, ' +
            'qty_pushed, qty_fulfilled, qty_refunded, qty_restocked, unit_price_dest, unit_price_source, line_discount, ' +
            'currency, line_state, reason_code, source_location',
        Settlement:
            'source_order_no, gross, commission_type, commission_rate, commission_level, deductions, due, status, note',
    }
    await opened(house, 'order-push', asked(connection), async ({ sheets }) => {
        for (const [name, columns] of Object.entries(named)) {
            const sheet = sheets.find((it) => it.name === name)!
            const wanted = columns.split(', ')
            const found = sheet.columns.map((column) => column.name)
            assert.deepEqual(found.slice(0, wanted.length), wanted, name)
        }
        for (const { columns } of sheets) {
            for (const { name, means, width } of columns) assert.ok(means.endsWith('.') && width > name.length, name)
        }
    })
})
