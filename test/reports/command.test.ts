import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { readXlsx } from '../connectors/spreadsheet/read_xlsx.ts'
import { testDatabase } from '../helpers/database.ts'
import { root } from '../helpers/sources.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { NOON } from './corner_shop.ts'
import { seedHouse } from './seed.ts'
import { seedPush } from './seed_push.ts'

const PROGRAM = join(root, 'jobs', 'crossdock.js')
const RANGE = ['--connection', '1', '--from', '2027-01-20', '--to', '2027-01-30']

/** The command line as people have it, at a shop with two orders of which one was pushed. */
async function commandLine(t: TestContext) {
    const { db, url } = await testDatabase(t)
    const folder = await temporaryFolder('report')
    t.after(() => rm(folder, { recursive: true }))
    const house = await seedHouse(db)
    const connection = await house.connect('northwind')
    assert.equal(connection, 1)
    await house.item(1, '=MUG', connection)
    for (const id of [1, 2]) await house.order({ id, at: NOON, lines: [{ sku: '=MUG', quantity: 2, price: '10.0' }] })
    await seedPush(house, { connection, order: 1, twin: 501, parts: [{ line: 1001, units: 2, price: '12.5' }] })
    const env = {
        ...process.env,
        DATABASE_URL: url,
        CROSSDOCK_HOME: folder,
        CROSSDOCK_KEY: randomBytes(32).toString('hex'),
    }
    const crossdock = async (...words: string[]) => {
        const child = spawn(process.execPath, [PROGRAM, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
        const code = new Promise<number | null>((resolve) => child.once('close', resolve))
        const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
        return { code: await code, out, err }
    }
    return { house, folder, crossdock }
}

test('a report goes to a workbook, to a folder of csv, or to stdout as csv or json; without either its summary is printed', async (t) => {
    const { folder, crossdock } = await commandLine(t)
    const push = (...words: string[]) => crossdock('report', 'order-push', ...RANGE, ...words)
    const workbook = join(folder, 'orders.xlsx')
    const [xlsx, sheets, csv, json, summary] = await Promise.all([
        push('--out', workbook, '--json'),
        push('--format', 'csv', '--out', join(folder, 'sheets')),
        push('--format', 'csv', '--sheet', 'lines'),
        push('--format', 'json'),
        push(),
    ])
    assert.deepEqual(
        [xlsx, sheets, csv, json, summary].map(({ code, err }) => [code, err]),
        Array(5).fill([0, '']),
    )
    assert.deepEqual(Object.keys(JSON.parse(xlsx.out).rows), ['Summary', 'Orders', 'Lines', 'Exceptions', 'Legend'])
    assert.deepEqual(JSON.parse(xlsx.out).files, [workbook])
    assert.equal((await readXlsx(await readFile(workbook))).length, 5)
    assert.match(
        sheets.out,
        /^Wrote .*summary\.csv, .*legend\.csv: Summary \d+, Orders 2, Lines 2, Exceptions 0, Legend \d+ rows\.\n$/,
    )
    assert.deepEqual(
        (parse(csv.out, { columns: true }) as { dest_sku: string }[]).map(({ dest_sku }) => dest_sku),
        ["'=MUG", "'=MUG"],
    )
    assert.deepEqual(
        JSON.parse(json.out).sheets.Lines.map(({ dest_sku }: { dest_sku: string }) => dest_sku),
        ['=MUG', '=MUG'],
    )
    assert.match(summary.out, /orders by push state +pushed +1\n/)
})

test('a proof that finds something unexplained ends with 1 and says how much, in whatever form it is asked for', async (t) => {
    const { house, crossdock, folder } = await commandLine(t)
    const proof = (...words: string[]) => crossdock('report', 'order-proof', ...RANGE, ...words)
    const good = await proof('--json')
    assert.deepEqual([good.code, JSON.parse(good.out).verdict.isGood], [0, true])
    await house.db.send(`update staging.line_items set unit_price = '12.0' where order_id = 501`)
    const all = [await proof(), await proof('--format', 'json'), await proof('--out', join(folder, 'proof.xlsx'))]
    for (const { code, err } of all) {
        assert.equal(code, 1)
        assert.match(err, /^error: Not proved: 1 findings are unexplained/)
    }
    assert.equal(JSON.parse(all[1]!.out).sheets.Findings[0].code, 'money_differs')
})

test('a report that is asked for wrongly ends with 2 and leaves no file', async (t) => {
    const { crossdock, folder } = await commandLine(t)
    const faults: [string[], RegExp][] = [
        [['--format', 'xlsx'], /--out: expected a file for a workbook/],
        [['--format', 'csv'], /--sheet: expected the sheet to print, or --out with a folder/],
        [['--format', 'pdf'], /--format: expected csv, xlsx, json/],
        [['--out', join(folder, 'orders')], /--format: expected csv, xlsx, json, for .*orders does not say it/],
        [['--sheet', 'Products', '--format', 'csv'], /--sheet: Expected one of the sheets Summary, Orders/],
        [['--zone', 'Mars/Phobos'], /--zone: expected a time zone such as Europe\/Berlin/],
        [['--from', '2027-02-30'], /--from: expected a day such as 2027-01-20/],
        [['--from', '0000-01-01'], /--from: expected a day such as 2027-01-20, from 2000-01-01 to 2100-12-31/],
    ]
    for (const [words, sentence] of faults) {
        const { code, out, err } = await crossdock('report', 'order-push', ...RANGE, ...words)
        assert.deepEqual([code, out], [2, ''], words.join(' '))
        assert.match(err, sentence)
    }
    const { code, out } = await crossdock('report', 'list', '--json')
    assert.deepEqual(
        [code, JSON.parse(out).reports.map(({ name }: { name: string }) => name)],
        [0, ['order-push', 'order-proof', 'product-sync', 'sku-health', 'drift']],
    )
})
