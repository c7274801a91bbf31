import { type ReadRow, readSheets } from '../connectors/spreadsheet/read.ts'
import { Unreadable } from '../connectors/spreadsheet/unreadable.ts'
import { execute } from '../sql/query.ts'
import type { Session } from '../sql/session.ts'
import { stageRows, type UploadKey } from '../sql/uploads/uploads.ts'
import { type Header, isHeader, readHeader } from './header.ts'
import type { UploadKind } from './kind.ts'

/** A number that a spreadsheet has shortened: 1.23457E+12. */
const LOST = /^[+-]?\d(?:[.,]\d+)?E[+-]?\d+$/i

/**
 * Reads a file and writes its rows as they came, in one transaction. Returns its header; `onRows` is told how many rows came.
 * @throws Unreadable where it is no table of that kind.
 */
export async function stageUpload(
    tx: Session,
    { kind, ...key }: UploadKey & { kind: UploadKind },
    bytes: Buffer,
    onRows: (rows: number) => void,
): Promise<Header> {
    const { header, rows } = await findTable(kind, bytes)
    const count = await stageRows(tx, key, copyLines(kind, key, header, rows, onRows))
    if (count === 0) throw new Unreadable('The file has a header and no rows. Fill in the rows below it.')
    const { account_id, upload_id } = key
    await execute(tx, 'uploads/staged', { account_id, upload_id, columns: header.names })
    return header
}

type Rows = AsyncIterable<readonly ReadRow[]>

/** The first sheet whose first row is a header of that kind; where none is, what the first one lacks is told. */
async function findTable(kind: UploadKind, bytes: Buffer): Promise<{ header: Header; rows: Rows }> {
    let first: readonly string[] | null = null
    for await (const sheet of readSheets(bytes)) {
        const batches = sheet.rows[Symbol.asyncIterator]()
        const { value, done } = await batches.next()
        const [head, ...more] = done ? [] : (value as readonly ReadRow[])
        if (head && isHeader(kind, head.cells)) {
            return { header: readHeader(kind, head.cells), rows: goingOn(more, batches) }
        }
        first ??= head?.cells ?? null
    }
    readHeader(kind, first ?? [])
    throw new Unreadable('The file holds no rows.')
}

async function* goingOn(begun: readonly ReadRow[], batches: AsyncIterator<readonly ReadRow[]>): Rows {
    yield begun
    for (let next = await batches.next(); !next.done; next = await batches.next()) yield next.value
}

async function* copyLines(
    kind: UploadKind,
    { account_id, upload_id }: UploadKey,
    header: Header,
    rows: Rows,
    onRows: (rows: number) => void,
): AsyncGenerator<string> {
    const ids = kind.columns.filter((column) => column.kind === 'id' && column.name in header.places)
    const exact = ids.map(({ name }) => ({ name, place: header.places[name]! }))
    const relevant = new Set(Object.values(header.places))
    let count = 0
    for await (const batch of rows) {
        yield batch
            .map((row) => {
                const fault = faultOf(row, header, exact, relevant)
                const cells = header.names.map((_, place) => row.cells[place] ?? '')
                return `${account_id},${upload_id},${row.number},${quoted(JSON.stringify(cells))},${fault ? quoted(fault) : ''}\n`
            })
            .join('')
        count += batch.length
        onRows(count)
    }
}

/** What cannot be trusted of a row: cells of columns that count, and what lies beyond the header. */
function faultOf(
    { cells, faults }: ReadRow,
    { names }: Header,
    exact: readonly { name: string; place: number }[],
    relevant: ReadonlySet<number>,
): string | null {
    const beyond = cells.findIndex((cell, place) => place >= names.length && cell.trim() !== '')
    if (beyond >= 0) {
        return `it has more cells than the header has columns: perhaps "${cells[beyond]!.slice(0, 40)}" belongs to the text before it and lacks quotes`
    }
    const fault = faults.find(({ column }) => relevant.has(column))
    if (fault) return `${names[fault.column]}: ${fault.text}`
    const lost = exact.find(({ place }) => LOST.test((cells[place] ?? '').trim()))
    if (!lost) return null
    const came = cells[lost.place]!.trim()
    return `${lost.name}: ${came} has lost its last digits: format the column as text and enter it again`
}

function quoted(text: string): string {
    return `"${text.replaceAll('"', '""')}"`
}
