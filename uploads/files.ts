import type { Writable } from 'node:stream'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BYTE_ORDER_MARK, csvOf } from '../connectors/spreadsheet/csv.ts'
import type { Column, Row, Sheet } from '../connectors/spreadsheet/sheet.ts'
import { writeXlsx } from '../connectors/spreadsheet/xlsx.ts'
import { type Database, transaction } from '../sql/database.ts'
import { parametersOf, queryBatches, queryOne } from '../sql/query.ts'
import type { Queryable } from '../sql/session.ts'
import { rowsOf, type UploadRow } from '../sql/uploads/uploads.ts'
import { RESULT_COLUMNS } from './header.ts'
import type { UploadKind } from './kind.ts'

export const fileFormats = ['csv', 'xlsx'] as const
export type FileFormat = (typeof fileFormats)[number]

const AT_ONCE = 500
const WIDTHS: Readonly<Record<string, number>> = { message: 80, row_no: 8, result: 12 }

const text = (name: string): Column => ({ name, kind: 'text', width: WIDTHS[name] ?? 22 })

/** Writes a sheet as csv or xlsx, no faster than it is taken. */
export async function writeSheet(sheet: Sheet, format: FileFormat, destination: Writable): Promise<void> {
    if (format === 'xlsx') return writeXlsx([sheet], destination)
    async function* marked() {
        yield BYTE_ORDER_MARK
        yield* csvOf(sheet)
    }
    await pipeline(Readable.from(marked(), { objectMode: false }), destination)
}

/**
 * An upload as it came, its own columns in their own order, with what came of each row (spec §3.5). Rows are read some at a
 * time, and nothing is held while they are written.
 */
export function resultSheet(q: Queryable, upload: UploadRow): Sheet {
    const ours = new Set<string>(RESULT_COLUMNS)
    const kept = upload.columns.flatMap((name, place) => (ours.has(name.toLowerCase()) ? [] : [place]))
    const names = kept.map((place) => upload.columns[place]!)
    const columns: Column[] = [
        ...names.map(text),
        text('result'),
        text('message'),
        { ...text('row_no'), kind: 'count' },
    ]
    return { name: upload.kind, columns, batches: resultRows(q, upload, kept) }
}

async function* resultRows(q: Queryable, upload: UploadRow, kept: readonly number[]): AsyncGenerator<readonly Row[]> {
    let after: { rank: number; row_no: number } | null = null
    while (true) {
        const rows: Awaited<ReturnType<typeof rowsOf>> = await rowsOf(q, upload, {
            asCame: true,
            after,
            limit: AT_ONCE,
        })
        if (rows.length > 0) {
            yield rows.map((row) => [
                ...kept.map((place) => row.cells[place] ?? null),
                ...[row.result, row.message, row.row_no],
            ])
        }
        const last = rows.at(-1)
        if (!last || rows.length < AT_ONCE) return
        after = { rank: last.rank, row_no: last.row_no }
    }
}

type Whose = { account_id: number; connection_id: number }

/** Writes the rows of a kind as they stand, to be edited and uploaded again; unchanged they change nothing. */
export async function writeTemplate(
    db: Database,
    kind: UploadKind,
    whose: Whose,
    format: FileFormat,
    destination: Writable,
): Promise<void> {
    const { statement, columns } = kind.template
    await transaction(
        db,
        async (tx) => {
            const facts = await queryOne<{ [name: string]: string | number }>(tx, 'uploads/stores_of_connection', whose)
            const all: { [name: string]: string | number } = { ...whose, ...facts }
            const names = await parametersOf(statement)
            const parameters = Object.fromEntries(names.map((name) => [name, all[name]!]))
            async function* batches(): AsyncGenerator<readonly Row[]> {
                for await (const rows of queryBatches<{ [name: string]: unknown }>(
                    tx,
                    statement,
                    parameters,
                    AT_ONCE,
                )) {
                    yield rows.map((row) => columns.map((name) => (row[name] === null ? null : String(row[name]))))
                }
            }
            await writeSheet({ name: kind.name, columns: columns.map(text), batches: batches() }, format, destination)
        },
        { isolation: 'repeatable read' },
    )
}
