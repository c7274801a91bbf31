import { readCsv } from './read_csv.ts'
import { type ReadLimits, readLimits } from './read_limits.ts'
import { readXlsx } from './read_xlsx.ts'
import { Unreadable } from './unreadable.ts'

/** A row as it came: its number as a spreadsheet counts, its texts, and by column what cannot be trusted of it. */
export type ReadRow = { number: number; cells: readonly string[]; faults: readonly { column: number; text: string }[] }

/** A sheet of a file. Its rows come once, some at a time, blank ones left out. */
export type ReadSheet = { name: string; rows: AsyncIterable<readonly ReadRow[]> }

const ZIP = Buffer.from('PK\u0003\u0004')
/** Of Excel until 2003, and of whatever is locked by a password. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * Reads a csv or an xlsx; its first bytes say which it is, whatever it is called. A csv has one sheet.
 * @throws Unreadable with a sentence for people.
 */
export async function* readSheets(bytes: Buffer, limits: ReadLimits = readLimits): AsyncGenerator<ReadSheet> {
    const format = formatOf(bytes)
    if (bytes.length > limits.bytes) {
        const most = Math.floor(limits.bytes / 1024 / 1024)
        throw new Unreadable(`The file is larger than ${most} MB. Split it and upload the parts one after the other.`)
    }
    yield* format === 'xlsx' ? readXlsx(bytes, limits) : readCsv(bytes, limits)
}

/** What a file is by its first bytes. Throws for what is neither csv nor xlsx. */
export function formatOf(bytes: Buffer): 'csv' | 'xlsx' {
    if (bytes.length === 0) throw new Unreadable('The file is empty. Choose a file with a header and rows.')
    if (bytes.subarray(0, 4).equals(ZIP)) return 'xlsx'
    if (bytes.subarray(0, 8).equals(COMPOUND)) {
        throw new Unreadable(
            'This is a workbook of old Excel (.xls), or one locked by a password. Open it and save it as .xlsx or CSV.',
        )
    }
    const head = bytes.subarray(0, 5).toString('latin1')
    if (head === '%PDF-') throw new Unreadable('This is a PDF. Save the table as CSV or .xlsx.')
    if (/^\s*<(!doctype|html|table)/i.test(bytes.subarray(0, 200).toString('latin1'))) {
        throw new Unreadable('This is a web page, not a table. Download the file itself, or save it as CSV or .xlsx.')
    }
    return 'csv'
}
