import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { csvOf } from '../../../connectors/spreadsheet/csv.ts'
import { neutralised } from '../../../connectors/spreadsheet/formulas.ts'
import type { Column, Row, Sheet } from '../../../connectors/spreadsheet/sheet.ts'
import { writeXlsx } from '../../../connectors/spreadsheet/xlsx.ts'
import { readXlsx } from './read_xlsx.ts'

const columns: Column[] = [
    { name: 'sku', kind: 'text', width: 12 },
    { name: 'at', kind: 'time', width: 26 },
    { name: 'units', kind: 'count', width: 8 },
    { name: 'amount', kind: 'money', width: 10 },
]

async function* inBatches(rows: readonly Row[], size = 2): AsyncGenerator<readonly Row[]> {
    for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size)
}

const sheet = (name: string, rows: readonly Row[]): Sheet => ({ name, columns, batches: inBatches(rows) })

async function csv(rows: readonly Row[]): Promise<string> {
    const pieces: string[] = []
    for await (const piece of csvOf(sheet('any', rows))) pieces.push(piece)
    return pieces.join('')
}

async function xlsx(sheets: Sheet[], mostRows?: number) {
    const pieces: Buffer[] = []
    const sink = new Writable({
        write(piece, _encoding, done) {
            pieces.push(piece)
            done()
        },
    })
    await writeXlsx(sheets, sink, mostRows)
    return readXlsx(Buffer.concat(pieces))
}

test("rule 85: only text cells of a csv are neutralised, by one ', and numbers never", async () => {
    const rows = ['=1+1', '+49', '-12', '@user', '\tx', '\rx', 'plain', ' =1'].map((sku) => [sku, null, -3, '-4.50'])
    const read: string[][] = parse(await csv(rows))
    assert.deepEqual(
        read.slice(1).map(([sku]) => sku),
        ["'=1+1", "'+49", "'-12", "'@user", "'\tx", "'\rx", 'plain', ' =1'],
    )
    assert.deepEqual(read[1]!.slice(1), ['', '-3', '-4.50'])
})

test("rule 85: taking one ' off again gives every text back", () => {
    const uploaded = (text: string) => text.replace(/^'(?=[=+\-@\t\r'])/, '')
    for (const text of ['=1', "'=1", "''=1", "'quoted'", "''", "'", '', '-', "don't", "'''+2"]) {
        assert.equal(uploaded(neutralised(text)), text)
    }
})

test('rule 85: quotes, line breaks, commas and SKUs that look like numbers come back from a csv as they were', async () => {
    const skus = ['00123', '1E5', 'a,b', 'say "no"', 'two\nlines', 'größe', '1234567890123456']
    const read: string[][] = parse(await csv(skus.map((sku) => [sku, null, 1, '1'])))
    assert.deepEqual(read[0], ['sku', 'at', 'units', 'amount'])
    assert.deepEqual(
        read.slice(1).map(([sku]) => sku),
        skus,
    )
})

test('rule 85: an xlsx keeps texts as texts and numbers as numbers, header frozen, filters on', async () => {
    const skus = ['00123', '1E5', '=1+1', ' blank ', 'two\nlines', '1234567890123456', '<&">', "'x"]
    const rows = skus.map((sku, n) => [sku, '2027-01-20T10:00:00+01:00', n, '1234.50'] as Row)
    const [first, empty] = await xlsx([sheet('First', rows), sheet('Empty', [])])
    assert.deepEqual([first!.name, first!.frozenRows, first!.filter], ['First', 1, 'A1:D9'])
    assert.deepEqual(
        first!.widths,
        columns.map(({ width }) => width),
    )
    assert.deepEqual(
        first!.rows.slice(1).map((cells) => cells.map(({ value }) => value)),
        skus.map((sku, n) => [sku, '2027-01-20T10:00:00+01:00', n, 1234.5]),
    )
    assert.deepEqual(
        first!.rows[1]!.map(({ format }) => format),
        ['@', '@', undefined, '#,##0.00'],
    )
    assert.deepEqual([empty!.rows.length, empty!.filter], [1, 'A1:D1'])
})

test('amounts keep their decimals in an xlsx; one with more digits than a number cell holds is text', async () => {
    const amounts = ['100', '0.500', '-3.20', '12345678901234567.89']
    const [read] = await xlsx([
        sheet(
            'Money',
            amounts.map((amount) => ['A', null, null, amount]),
        ),
    ])
    assert.deepEqual(
        read!.rows.slice(1).map((cells) => [cells[3]!.value, cells[3]!.format]),
        [
            [100, '#,##0'],
            [0.5, '#,##0.000'],
            [-3.2, '#,##0.00'],
            ['12345678901234567.89', '@'],
        ],
    )
})

test('what Excel refuses is made fit: control characters, and texts longer than a cell', async () => {
    const [read] = await xlsx([
        sheet('Odd', [
            ['bell\u0007', null, null, null],
            ['x'.repeat(40_000), null, null, null],
        ]),
    ])
    assert.equal(read!.rows[1]![0]!.value, 'bell\ufffd')
    assert.equal(read!.rows[2]![0]!.value, `${'x'.repeat(32_766)}…`)
})

test('rows past what a sheet takes go on in a second one', async () => {
    const rows = Array.from({ length: 7 }, (_, n) => [`S${n}`, null, n, null] as Row)
    const read = await xlsx([sheet('Lines', rows)], 4)
    assert.deepEqual(
        read.map(({ name, rows }) => [name, rows.map(([sku]) => sku!.value)]),
        [
            ['Lines', ['sku', 'S0', 'S1', 'S2']],
            ['Lines (2)', ['sku', 'S3', 'S4', 'S5']],
            ['Lines (3)', ['sku', 'S6']],
        ],
    )
})

test('a disk that is full, and rows that cannot be read, end an xlsx with their error', async () => {
    const full = new Writable({ write: (_piece, _encoding, done) => done(new Error('the disk is full')) })
    const rows = Array.from({ length: 5000 }, (_, n) => [`SKU-${n}`, null, n, '1.00'] as Row)
    await assert.rejects(writeXlsx([sheet('Lines', rows)], full), /the disk is full/)
    async function* broken(): AsyncGenerator<Row[]> {
        yield [['A', null, 1, null]]
        throw new Error('the cursor is gone')
    }
    const sink = new Writable({ write: (_piece, _encoding, done) => done() })
    await assert.rejects(writeXlsx([{ name: 'Lines', columns, batches: broken() }], sink), /the cursor is gone/)
})
