import type { Cell } from '../connectors/spreadsheet/sheet.ts'
import { type Parameters, parametersOf, queryBatches, queryCount } from '../sql/query.ts'
import type { Session } from '../sql/session.ts'
import type { OpenSheet, Page, ReportColumn } from './report.ts'

/** Rows held at a time: they are wide, and what is made of each is garbage soon. */
const BATCH = 50

/** A sheet as a report names it: a statement under sql/, and the columns it selects, typed. */
export type SheetDefinition = {
    name: string
    statement: string
    /** A statement of as many rows that is quicker to count. */
    counted?: string
    columns: readonly ReportColumn[]
    /** Names of the columns that a page shows first. */
    brief?: readonly string[]
}

/** A sheet without some of its columns. */
export function without(sheet: SheetDefinition, names: readonly string[]): SheetDefinition {
    return { ...sheet, columns: sheet.columns.filter(({ name }) => !names.includes(name)) }
}

type SqlRow = { [column: string]: unknown }

/** A sheet whose rows come from SQL by a cursor; of `parameters` it takes those its statement names. */
export async function sheetFrom(
    tx: Session,
    { name, statement, counted = statement, columns, brief }: SheetDefinition,
    parameters: Parameters,
): Promise<OpenSheet> {
    const given = await givenTo(statement, parameters)
    const cellsOf = (row: SqlRow) => columns.map((column) => cellOf(row, column, statement))
    return {
        name,
        columns,
        brief,
        count: async () => queryCount(tx, counted, await givenTo(counted, parameters)),
        async *batches({ offset, limit }: Page = { offset: 0, limit: Number.POSITIVE_INFINITY }) {
            let left = limit
            if (left === 0) return
            for await (const rows of queryBatches<SqlRow>(tx, statement, given, Math.min(BATCH, limit), offset)) {
                yield rows.slice(0, left).map(cellsOf)
                left -= rows.length
                if (left <= 0) return
            }
        },
    }
}

async function givenTo(statement: string, parameters: Parameters): Promise<Parameters> {
    const needed = await parametersOf(statement)
    return Object.fromEntries(Object.entries(parameters).filter(([key]) => needed.includes(key)))
}

/** A sheet of few rows that were worked out before: Summary, Legend. */
export function madeSheet(name: string, columns: readonly ReportColumn[], rows: readonly Cell[][]): OpenSheet {
    return {
        name,
        columns,
        count: async () => rows.length,
        async *batches({ offset, limit }: Page = { offset: 0, limit: Number.POSITIVE_INFINITY }) {
            const page = rows.slice(offset, offset + limit)
            if (page.length > 0) yield page
        },
    }
}

/** As madeSheet, but its rows are worked out when somebody first asks for them. */
export function lateSheet(
    name: string,
    columns: readonly ReportColumn[],
    make: () => Promise<readonly Cell[][]>,
): OpenSheet {
    let made: Promise<OpenSheet> | null = null
    const sheet = () => {
        made ??= make().then((rows) => madeSheet(name, columns, rows))
        return made
    }
    return {
        name,
        columns,
        count: async () => (await sheet()).count(),
        async *batches(page) {
            yield* (await sheet()).batches(page)
        },
    }
}

function cellOf(row: SqlRow, { name, kind }: ReportColumn, statement: string): Cell {
    const value = row[name]
    if (value === undefined) throw new Error(`Expected sql/${statement}.sql to select ${name}, but it does not.`)
    if (value === null) return null
    if (kind === 'count') return Number(value)
    return String(value)
}
