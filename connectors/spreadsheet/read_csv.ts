import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { decoded } from './encoding.ts'
import { unneutralised } from './formulas.ts'
import type { ReadRow, ReadSheet } from './read.ts'
import type { ReadLimits } from './read_limits.ts'
import { Unreadable } from './unreadable.ts'

const DELIMITERS = [',', ';', '\t'] as const
const AT_ONCE = 500

/** A csv as its one sheet: delimiter and encoding are found out, and one `'` before a formula's beginning is taken off. */
export async function* readCsv(bytes: Buffer, limits: ReadLimits): AsyncGenerator<ReadSheet> {
    yield { name: '', rows: rowsOf(bytes, limits) }
}

async function* rowsOf(bytes: Buffer, limits: ReadLimits): AsyncGenerator<readonly ReadRow[]> {
    const { text } = decoded(bytes)
    const parser = parse({
        delimiter: delimiterOf(bytes),
        bom: true,
        relax_column_count: true,
        max_record_size: limits.columns * limits.cell,
    })
    const source = Readable.from(inLines(text, limits), { objectMode: true })
    source.once('error', (error) => parser.destroy(error)).pipe(parser)
    try {
        yield* batchesOf(parser, limits)
    } catch (error) {
        throw told(error)
    } finally {
        source.destroy()
    }
}

/** Lines without end are refused before they become a row of millions of cells. */
function* inLines(text: Iterable<string>, { columns, cell }: ReadLimits): Generator<string> {
    let [line, length] = [1, 0]
    for (const piece of text) {
        const at = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf('\r'))
        length = at < 0 ? length + piece.length : piece.length - at
        if (length > columns * cell) throw new Unreadable(tooLong(line))
        line += at < 0 ? 0 : piece.split('\n').length - 1
        yield piece
    }
}

async function* batchesOf(records: AsyncIterable<string[]>, limits: ReadLimits): AsyncGenerator<readonly ReadRow[]> {
    let batch: ReadRow[] = []
    let number = 0
    for await (const record of records) {
        number += 1
        refuseOversize(record, number, limits)
        if (record.every((cell) => cell.trim() === '')) continue
        batch.push({ number, cells: record.map(unneutralised), faults: [] })
        if (batch.length < AT_ONCE) continue
        yield batch
        batch = []
    }
    if (batch.length > 0) yield batch
}

/** What is past a limit is refused with its place. */
export function refuseOversize(cells: readonly string[], number: number, limits: ReadLimits): void {
    if (number > limits.rows) {
        throw new Unreadable(`The file has more than ${limits.rows - 1} rows. Split it and upload the parts in turn.`)
    }
    if (cells.length > limits.columns) {
        throw new Unreadable(
            `Row ${number} has ${cells.length} columns, and at most ${limits.columns} are read. Take out those that are not needed.`,
        )
    }
    const long = cells.findIndex((cell) => cell.length > limits.cell)
    if (long >= 0) {
        throw new Unreadable(
            `Row ${number}, column ${long + 1} is longer than ${limits.cell} characters. Perhaps a quote before it is not closed.`,
        )
    }
}

/** The one that the first line has most of, outside quotes. */
function delimiterOf(bytes: Buffer): string {
    const [head = ''] = decoded(bytes).text
    const first =
        head
            .replaceAll(/"(?:[^"]|"")*"/g, '')
            .split(/[\r\n]+/)
            .find((line) => line.trim() !== '') ?? ''
    const count = (delimiter: string) => first.split(delimiter).length
    return DELIMITERS.reduce((best, other) => (count(other) > count(best) ? other : best))
}

const afterQuote = (line: number) =>
    `On line ${line} something follows a closing quote. Write quotes within a text twice ("").`

function tooLong(line: number): string {
    return `The row on line ${line} is too long to be one. Perhaps a quote is not closed, or line breaks are missing.`
}

const FAULTS: Readonly<Record<string, (line: number) => string>> = {
    CSV_QUOTE_NOT_CLOSED: (line) =>
        `A quote that opens on line ${line} or before is not closed. Close it, or write it twice ("") where it is part of a text.`,
    CSV_INVALID_CLOSING_QUOTE: afterQuote,
    CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: afterQuote,
    INVALID_OPENING_QUOTE: (line) =>
        `On line ${line} a quote stands in the middle of a text. Put the whole text in quotes and write this one twice ("").`,
    CSV_MAX_RECORD_SIZE: tooLong,
}

function told(error: unknown): unknown {
    if (!(error instanceof CsvError)) return error
    const { lines = 1 } = error as { lines?: number }
    const sentence = FAULTS[error.code] ?? ((line) => `Line ${line} cannot be read. Save the file anew as "CSV UTF-8".`)
    return new Unreadable(sentence(lines), { cause: error })
}
