import { Readable } from 'node:stream'
import type { stream as excelStream, Row } from 'exceljs'
import type { ReadRow, ReadSheet } from './read.ts'
import { refuseOversize } from './read_csv.ts'
import type { ReadLimits } from './read_limits.ts'
import { Unreadable } from './unreadable.ts'
import { readCell } from './xlsx_cell.ts'
import { refuseBadZip } from './zip.ts'

type SheetReader = excelStream.xlsx.WorksheetReader & { name?: string; state?: string }

const AT_ONCE = 500
const PIECE = 64 * 1024
/** XML writes characters that it does not know as _x0000_. */
const NUL = /\0|_x0000_/

/** The sheets of a workbook that people see, in the order of the file; its archive is looked through before. */
export async function* readXlsx(bytes: Buffer, limits: ReadLimits): AsyncGenerator<ReadSheet> {
    await refuseBadZip(bytes, limits)
    const { default: excel } = await import('exceljs')
    const options = { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache' } as const
    const reader = new excel.stream.xlsx.WorkbookReader(Readable.from(inPieces(bytes)), options as never)
    try {
        for await (const sheet of reader as AsyncIterable<SheetReader>) {
            if (sheet.state === undefined || sheet.state === 'visible') {
                yield { name: sheet.name ?? '', rows: rowsOf(sheet, limits) }
            }
        }
    } catch (error) {
        throw told(error)
    }
}

async function* rowsOf(sheet: SheetReader, limits: ReadLimits): AsyncGenerator<readonly ReadRow[]> {
    let batch: ReadRow[] = []
    try {
        for await (const row of sheet) {
            const read = readRow(row as Row, limits)
            if (read.cells.every((cell) => cell.trim() === '') && read.faults.length === 0) continue
            batch.push(read)
            if (batch.length < AT_ONCE) continue
            yield batch
            batch = []
        }
    } catch (error) {
        throw told(error)
    }
    if (batch.length > 0) yield batch
}

function readRow(row: Row, limits: ReadLimits): ReadRow {
    const { number } = row
    const cells = new Array<string>(Math.min(row.cellCount, limits.columns + 1)).fill('')
    const faults: { column: number; text: string }[] = []
    refuseOversize(cells, number, limits)
    row.eachCell((cell, place) => {
        const { text, fault } = readCell(cell.value)
        if (NUL.test(text)) {
            throw new Unreadable(
                `Row ${number}, column ${place} holds a NUL character, which no text has. Take it out.`,
            )
        }
        cells[place - 1] = text
        if (fault) faults.push({ column: place - 1, text: fault })
    })
    refuseOversize(cells, number, limits)
    return { number, cells, faults }
}

function* inPieces(bytes: Buffer): Generator<Buffer> {
    for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
}

function told(error: unknown): Unreadable {
    if (error instanceof Unreadable) return error
    const message = (error as Error | null)?.message ?? ''
    if (/out of bounds/i.test(message)) {
        return new Unreadable('A cell lies beyond the last column that a sheet has. Save the workbook anew as .xlsx.', {
            cause: error,
        })
    }
    return new Unreadable('The workbook is damaged. Open it in a spreadsheet program and save it anew as .xlsx.', {
        cause: error,
    })
}
