import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BYTE_ORDER_MARK, csvOf } from '../connectors/spreadsheet/csv.ts'
import type { Sheet } from '../connectors/spreadsheet/sheet.ts'
import { writeXlsx } from '../connectors/spreadsheet/xlsx.ts'
import { jsonOf } from './json.ts'
import type { OpenReport, OpenSheet, Report } from './report.ts'

export const formats = ['csv', 'xlsx', 'json'] as const
export type Format = (typeof formats)[number]

/**
 * Writes a report to a file and says which: for csv one sheet to a file, and several into a folder, one file for each. A
 * file is there whole or not at all.
 */
export async function writeReport(report: Report, open: OpenReport, format: Format, path: string): Promise<string[]> {
    const [only, ...more] = open.sheets
    if (format === 'csv' && only && more.length > 0) return writeFolder(open.sheets, path)
    await whole(path, (file) => writeTo(file, report, open, format, BYTE_ORDER_MARK))
    return [path]
}

/** Writes a report to a stream that takes one document: of a csv report one sheet. */
export async function writeTo(
    destination: Writable,
    report: Report,
    open: OpenReport,
    format: Format,
    mark = '',
): Promise<void> {
    if (format === 'xlsx') return writeXlsx(open.sheets.map(asSheet), destination)
    const [only, ...more] = open.sheets
    if (format === 'csv' && (!only || more.length > 0)) {
        throw new Error(`A csv holds one sheet, but this report has ${open.sheets.length}: choose one, or a folder.`)
    }
    const pieces = format === 'json' ? jsonOf(report, open) : marked(mark, csvOf(asSheet(only!)))
    await pipeline(Readable.from(pieces, { objectMode: false }), destination)
}

/** Writes a report to whoever fetches it: a csv with the mark by which Excel knows its letters. */
export async function writeDownload(to: Writable, report: Report, open: OpenReport, format: Format): Promise<void> {
    return writeTo(to, report, open, format, format === 'csv' ? BYTE_ORDER_MARK : '')
}

/** The report with one of its sheets alone. Throws, naming those it has, where that is none. */
export function withSheet(open: OpenReport, name: string): OpenReport {
    const sheets = open.sheets.filter((sheet) => sheet.name.toLowerCase() === name.toLowerCase())
    if (sheets.length > 0) return { ...open, sheets }
    throw new Error(`Expected one of the sheets ${open.sheets.map(({ name }) => name).join(', ')}, got ${name}.`)
}

async function writeFolder(sheets: readonly OpenSheet[], folder: string): Promise<string[]> {
    await mkdir(folder, { recursive: true })
    const written: string[] = []
    for (const sheet of sheets) {
        const path = join(folder, `${sheet.name.toLowerCase()}.csv`)
        await whole(path, (file) =>
            pipeline(Readable.from(marked(BYTE_ORDER_MARK, csvOf(asSheet(sheet))), { objectMode: false }), file),
        )
        written.push(path)
    }
    return written
}

/** A file under another name until all of it is there. */
async function whole(path: string, write: (file: Writable) => Promise<void>): Promise<void> {
    const part = `${path}.part`
    try {
        await write(createWriteStream(part))
        await rename(part, path)
    } catch (error) {
        await rm(part, { force: true })
        throw error
    }
}

async function* marked(mark: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
    if (mark !== '') yield mark
    yield* pieces
}

const asSheet = ({ name, columns, batches }: OpenSheet): Sheet => ({ name, columns, batches: batches() })
