import { once } from 'node:events'
import { PassThrough, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { stream as excelStream, Style, Worksheet } from 'exceljs'
import type { Cell, Column, Row, Sheet } from './sheet.ts'
import { GENERAL, TEXT, xlsxValue } from './xlsx_value.ts'

type Workbook = excelStream.xlsx.WorkbookWriter

/** exceljs's own font, bold: a style without a name would take whichever the machine has. */
const HEADER = { bold: true, name: 'Calibri', size: 11, family: 2 }

/** Rows that a sheet of Excel takes, with its header. */
const MOST_ROWS = 1_048_576
/** Many at once would be garbage of some megabytes, for which the heap grows. */
const ROWS_AT_ONCE = 25

/**
 * Writes a workbook, sheet after sheet and row by row: header frozen, filters on, ids and SKUs as text. What is more than a
 * sheet takes goes on in `Lines (2)`. Resolves when `destination` has it all and is closed.
 */
export async function writeXlsx(
    sheets: AsyncIterable<Sheet> | Iterable<Sheet>,
    destination: Writable,
    mostRows = MOST_ROWS,
): Promise<void> {
    const { default: excel } = await import('exceljs')
    const out = new PassThrough()
    const written = pipeline(out, destination)
    const failed = written.then(() => never<void>())
    failed.catch(() => {}) // whoever waits for room hears of it, and at the end everybody
    const workbook = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
    workbook.creator = 'Crossdock'
    workbook.lastModifiedBy = 'Crossdock'
    try {
        for await (const sheet of sheets) await writeSheet(workbook, sheet, failed, mostRows)
        await Promise.race([workbook.commit(), failed])
    } catch (error) {
        out.destroy(error as Error)
        await written.catch(() => {})
        throw error
    }
    await written
}

async function writeSheet(workbook: Workbook, sheet: Sheet, failed: Promise<void>, mostRows: number): Promise<void> {
    let [part, rowsHere] = [1, 1]
    let worksheet = begin(workbook, sheet, part)
    for await (const rows of sheet.batches) {
        for (const row of rows) {
            if (rowsHere === mostRows) {
                end(worksheet, sheet, rowsHere)
                ;[part, rowsHere] = [part + 1, 1]
                worksheet = begin(workbook, sheet, part)
            }
            addRow(worksheet, row, sheet.columns)
            rowsHere += 1
            if (rowsHere % ROWS_AT_ONCE === 0) await Promise.race([room(worksheet), failed])
        }
    }
    end(worksheet, sheet, rowsHere)
}

function begin(workbook: Workbook, { name, columns }: Sheet, part: number): Worksheet {
    const worksheet = workbook.addWorksheet(part === 1 ? name : `${name} (${part})`, {
        views: [{ state: 'frozen', ySplit: 1 }],
    })
    worksheet.columns = columns.map(({ width, kind }) => ({
        width,
        style: styleOf(kind === 'text' || kind === 'time' ? TEXT : GENERAL),
    }))
    const header = worksheet.addRow(columns.map(({ name }) => name))
    header.font = HEADER
    header.commit()
    return worksheet
}

function addRow(worksheet: Worksheet, cells: Row, columns: readonly Column[]): void {
    const row = worksheet.addRow([])
    cells.forEach((cell: Cell, place) => {
        if (cell === null || cell === '') return
        const { value, format } = xlsxValue(cell, columns[place]!.kind)
        const target = row.getCell(place + 1)
        target.value = value
        target.style = styleOf(format)
    })
    row.commit()
}

const styles = new Map<string, Partial<Style>>()

/** One object for each format: exceljs keeps what it has worked out of each style that it was given. */
function styleOf(format: string): Partial<Style> {
    const known = styles.get(format) ?? { numFmt: format }
    styles.set(format, known)
    return known
}

function end(worksheet: Worksheet, { columns }: Sheet, rows: number): void {
    worksheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows, column: columns.length } }
    worksheet.commit()
}

/**
 * exceljs passes rows on to the zip without waiting for it: they would pile up in memory. What it pipes to, a plain stream,
 * says when it has room again.
 */
async function room(worksheet: Worksheet): Promise<void> {
    const { stream } = worksheet as unknown as { stream: { pipes: Writable[] } }
    const [pipe] = stream.pipes
    if (!pipe) throw new Error('Expected exceljs to pipe a sheet to its zip, but it pipes it nowhere.')
    // It is of an older kind that cannot be asked whether it is full, but answers it to whoever writes.
    if (!pipe.write('')) await once(pipe, 'drain')
}

const never = <T>() => new Promise<T>(() => {})
