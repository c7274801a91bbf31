import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import excel from 'exceljs'
import { type ReadRow, readSheets } from '../../../connectors/spreadsheet/read.ts'
import { readLimits } from '../../../connectors/spreadsheet/read_limits.ts'
import { Unreadable } from '../../../connectors/spreadsheet/unreadable.ts'
import { zipOf } from './zip_of.ts'

async function rowsIn(file: string | Buffer, limits = readLimits): Promise<ReadRow[]> {
    const rows: ReadRow[] = []
    for await (const sheet of readSheets(Buffer.from(file as string), limits)) {
        for await (const batch of sheet.rows) rows.push(...batch)
    }
    return rows
}

const cellsIn = async (file: string | Buffer) => (await rowsIn(file)).map(({ cells }) => cells)

const refused = (sentence: RegExp) => (error: Error) => {
    assert.ok(error instanceof Unreadable, error.stack)
    assert.match(error.message, sentence)
    return true
}

const TABLE = [
    ['sku', 'name'],
    ['00123', 'größe'],
]

test('rule 85: UTF-8 with and without mark, UTF-16 and windows-1252 are told apart', async () => {
    const text = 'sku,name\r\n00123,größe\r\n'
    const utf16be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
    const files = [text, `\ufeff${text}`, Buffer.from(`\ufeff${text}`, 'utf16le'), utf16be, Buffer.from(text, 'latin1')]
    for (const file of files) assert.deepEqual(await cellsIn(file), TABLE)
    assert.deepEqual(await cellsIn(Buffer.from('a\n\x80 5\n', 'latin1')), [['a'], ['€ 5']], 'as Windows writes it')
})

test('rule 85: comma, semicolon or tab, whichever the first line has most of, and quoted line breaks', async () => {
    for (const mark of [',', ';', '\t']) {
        const file = `sku${mark}name\n"1E5"${mark}"two\nlines, ""quoted""; and more"\n`
        assert.deepEqual(await cellsIn(file), [
            ['sku', 'name'],
            ['1E5', 'two\nlines, "quoted"; and more'],
        ])
    }
    assert.deepEqual(await cellsIn('"a,b,c";d\n1;2\n'), [
        ['a,b,c', 'd'],
        ['1', '2'],
    ])
})

test("rule 85: one ' before a formula's beginning is taken off, and blank rows are counted and left out", async () => {
    const rows = await rowsIn("sku\n'=1+1\n\n'don't'\n''=2\n")
    assert.deepEqual(
        rows.map(({ number, cells }) => [number, cells[0]]),
        [
            [1, 'sku'],
            [2, '=1+1'],
            [4, "'don't'"],
            [5, "'=2"],
        ],
    )
})

test('a text that is damaged or of no encoding is refused with its line', async () => {
    const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)))
    await assert.rejects(rowsIn(bytes('sku\nA\0B\n')), refused(/^Line 2 holds a NUL character.*CSV UTF-8/))
    await assert.rejects(rowsIn(bytes('sku\ngröße\nA', [0xff], '\n')), refused(/UTF-8, but line 3 is damaged/))
    await assert.rejects(rowsIn(bytes('sku\nA', [0x81], '\n')), refused(/Line 2 holds a character of an encoding/))
    await assert.rejects(rowsIn(Buffer.from('sku,name\nA,B\n', 'utf16le')), refused(/UTF-16 without its mark/))
    await assert.rejects(rowsIn(Buffer.from('\ufeffsku\nA\0\n', 'utf16le')), refused(/Line 2 holds a NUL/))
})

test('a csv whose quotes do not close is refused, and so is one without end in width, length or rows', async () => {
    await assert.rejects(rowsIn('sku,name\nA,"B\nC,D\n'), refused(/A quote that opens on line \d .*is not closed/))
    await assert.rejects(rowsIn('sku,name\nA,"B" C\n'), refused(/line 2 something follows a closing quote/))
    await assert.rejects(rowsIn('sku,name\nA,5" tube\n'), refused(/line 2 a quote stands in the middle of a text/))
    await assert.rejects(rowsIn(','.repeat(10_000_000)), refused(/too long to be one|at most 200 are read/))
    await assert.rejects(rowsIn(`${'a,'.repeat(300)}\n`), refused(/Row 1 has 301 columns, and at most 200 are read/))
    await assert.rejects(rowsIn(`sku\n${'x'.repeat(6000)}\n`), refused(/Row 2, column 1 is longer than 5000/))
    await assert.rejects(rowsIn('sku\n1\n2\n3\n', { ...readLimits, rows: 3 }), refused(/more than 2 rows/))
    await assert.rejects(rowsIn('sku\n1\n', { ...readLimits, bytes: 3 }), refused(/larger than 0 MB/))
})

test('what is no table at all is told by its first bytes, whatever it is called', async () => {
    await assert.rejects(rowsIn(''), refused(/The file is empty/))
    await assert.rejects(
        rowsIn(Buffer.from('d0cf11e0a1b11ae1000000', 'hex')),
        refused(/old Excel \(\.xls\), or one locked/),
    )
    await assert.rejects(rowsIn('%PDF-1.7\n'), refused(/This is a PDF/))
    await assert.rejects(rowsIn('<!doctype html><table>'), refused(/This is a web page/))
    await assert.rejects(rowsIn(zipOf({ 'map.csv': 'sku\n1\n' })), refused(/This is an archive, not a workbook/))
    await assert.rejects(rowsIn(Buffer.from('PK\u0003\u0004 and nothing more')), refused(/The workbook is damaged/))
})

async function workbook(fill: (sheet: excel.Worksheet, book: excel.Workbook) => void): Promise<Buffer> {
    const book = new excel.Workbook()
    fill(book.addWorksheet('Map'), book)
    return Buffer.from(await book.xlsx.writeBuffer())
}

test('rule 85: a workbook gives its texts and numbers, and says of cells that cannot be trusted why', async () => {
    const file = await workbook((sheet) => {
        sheet.addRow(['sku', 'id', 'factor', 'note'])
        sheet.addRow(['00123', 123456789012345, 6, { richText: [{ text: 'a' }, { text: 'b' }] }])
        sheet.addRow([1234567890123456, '1234567890123456', 1.5, true])
        sheet.addRow([
            { formula: "'[other.xlsx]Sheet1'!A1", result: 'X' },
            { error: '#N/A' },
            1,
            { text: 'link', hyperlink: 'https://x.example' },
        ])
        sheet.addRow([new Date('2027-03-05')]).getCell(1).numFmt = 'dd/mm/yyyy'
        sheet.addRow([])
        sheet.addRow(["'=1"])
    })
    const rows = await rowsIn(file)
    assert.deepEqual(
        rows.slice(0, 2).map(({ cells }) => cells),
        [
            ['sku', 'id', 'factor', 'note'],
            ['00123', '123456789012345', '6', 'ab'],
        ],
    )
    assert.deepEqual(
        rows.map(({ number }) => number),
        [1, 2, 3, 4, 5, 7],
    )
    assert.match(rows[2]!.faults[0]!.text, /a number of 16 digits or more has lost the last ones/)
    assert.equal(rows[2]!.cells[1], '1234567890123456')
    assert.deepEqual(
        rows[3]!.faults.map(({ column }) => column),
        [0, 1],
    )
    assert.match(rows[3]!.faults[0]!.text, /a formula, which is never worked out here/)
    assert.match(rows[4]!.faults[0]!.text, /made a date of it/)
    assert.equal(rows[5]!.cells[0], "'=1", 'in a workbook nothing was neutralised')
})

test('sheets that are hidden are not read', async () => {
    const file = await workbook((sheet, book) => {
        sheet.addRow(['sku'])
        book.addWorksheet('Secret', { state: 'veryHidden' }).addRow(['hidden'])
    })
    assert.deepEqual(await cellsIn(file), [['sku']])
})

/** A workbook by hand, of a sheet and whatever else. */
const book = (sheet: string | Buffer, more: { [path: string]: string | Buffer } = {}) => ({
    'xl/_rels/workbook.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/workbook.xml':
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ...{ 'xl/worksheets/sheet1.xml': sheet, ...more },
})

const sheetOf = (data: string) => `<worksheet><sheetData>${data}</sheetData></worksheet>`
const cell = (at: string, text: string) => `<row r="1"><c r="${at}" t="inlineStr"><is><t>${text}</t></is></c></row>`

test('a workbook that unfolds without end is refused, by what it says of itself and by what it does', async () => {
    const limits = { ...readLimits, expanded: 5_000_000, held: 1_000_000 }
    const huge = Buffer.alloc(20_000_000, 0x20)
    await assert.rejects(rowsIn(zipOf(book(huge)), limits), refused(/unfolds to far more than a table/))
    await assert.rejects(rowsIn(zipOf(book(huge), { claimed: 100 }), limits), refused(/unfolds to far more|damaged/))
    const texts = zipOf(book(sheetOf(cell('A1', 'x')), { 'xl/sharedStrings.xml': Buffer.alloc(2_000_000, 0x20) }))
    await assert.rejects(rowsIn(texts, limits), refused(/unfolds to far more than a table/))
    assert.ok(deflateRawSync(huge).length < 50_000, 'it is small until then')
})

test('a workbook with links to others, with macros, with cells beyond the last column, or damaged, has its sentence', async () => {
    const plain = sheetOf(cell('A1', 'sku'))
    assert.deepEqual(await cellsIn(zipOf(book(plain))), [['sku']])
    const linked = zipOf(book(plain, { 'xl/externalLinks/externalLink1.xml': '<externalLink/>' }))
    await assert.rejects(rowsIn(linked), refused(/is linked to other files\. Save a copy/))
    await assert.rejects(rowsIn(zipOf(book(plain, { 'xl/vbaProject.bin': 'x' }))), refused(/carries macros/))
    await assert.rejects(rowsIn(zipOf(book(sheetOf(cell('ZZZZ1', 'x'))))), refused(/beyond the last column/))
    await assert.rejects(rowsIn(zipOf(book(sheetOf(cell('XFD1', 'x'))))), refused(/at most 200 are read/))
    await assert.rejects(rowsIn(zipOf(book('<worksheet></row>'))), refused(/damaged/))
    await assert.rejects(rowsIn(zipOf(book(plain)).subarray(0, 400)), refused(/damaged/))
    await assert.rejects(rowsIn(zipOf(book(sheetOf(cell('A1', 'a_x0000_b'))))), refused(/Row 1, column 1 holds a NUL/))
    const entities = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${sheetOf(cell('A1', '&b;'))}`
    await assert.rejects(rowsIn(zipOf(book(entities))), refused(/damaged/), 'entities are not unfolded')
})

test('a workbook that is cut off or damaged anywhere is read or refused, and never waited for', async () => {
    const whole = await workbook((sheet) => {
        for (let row = 0; row < 40; row++) sheet.addRow([`SKU-${row}`, row, `text ${row * 7919}`])
    })
    const step = Math.ceil(whole.length / 60)
    for (let at = 4; at < whole.length; at += step) {
        const damaged = Buffer.from(whole)
        damaged.writeUInt8(damaged.readUInt8(at) ^ 0x55, at)
        for (const file of [damaged, whole.subarray(0, at)]) {
            await rowsIn(file).catch((error) => assert.ok(error instanceof Unreadable, `at ${at}: ${error.stack}`))
        }
    }
})
