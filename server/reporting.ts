import {
    type Cell,
    type OpenReport,
    type OpenSheet,
    type Report,
    type ReportColumn,
    type Side,
    withReport,
} from '../reports/index.ts'
import { withSheet, writeDownload } from '../reports/write.ts'
import type { Database } from '../sql/database.ts'
import type { SeenConnection } from '../sql/pages/connections.ts'
import { late, openShelf } from './late.ts'
import { addressWith, choice, ROWS } from './list.ts'
import { rangeOf } from './range.ts'
import { Refusal } from './refusal.ts'
import type { Download } from './route.ts'
import type { Visit } from './visit.ts'

/** What a report was asked with: null where that was not said yet, or said wrongly. */
export type Asked = { given: unknown; fault: string | null; query: Record<string, string>; side: Side }

const PLAIN = ['run', 'zone', 'commission'] as const

/** Reads from an address what a report is asked with. A report of days is opened only once somebody said which. */
export function askedOf(visit: Visit, report: Report, connection: SeenConnection): Asked {
    const { side } = connection
    const takes = (name: string) => report.options.some((option) => option.name === name)
    const typed = PLAIN.filter((name) => takes(name) && visit.query(name) !== '')
    const query: Record<string, string> = Object.fromEntries(typed.map((name) => [name, visit.query(name)]))
    const options: Record<string, string> = { ...query, connection: String(connection.connection_id) }
    const isAsked = visit.query('range') !== '' || visit.query('from') !== ''
    if (takes('from') && query.run === undefined) {
        if (!isAsked) return { given: null, fault: null, query, side }
        const range = rangeOf(visit, zoneFor(query.zone, connection), '30')
        Object.assign(options, { from: range.from, to: range.to })
        Object.assign(query, range.query)
    }
    const read = report.given.safeParse(options)
    if (read.success) return { given: read.data, fault: null, query, side }
    const fault = read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}.`).join(' ')
    return { given: null, fault, query, side }
}

/** Days are counted in the zone that was asked for; in what is none the report itself finds fault. */
export function zoneFor(zone: string | undefined, { destination_zone }: SeenConnection): string {
    try {
        return new Intl.DateTimeFormat('en', { timeZone: zone ?? destination_zone }).resolvedOptions().timeZone
    } catch {
        return destination_zone
    }
}

/** Pages of reports that take a moment to make, a minute old at most. */
const pages = openShelf(60_000, 50)

/** A page of one of its sheets, with the figures that are shown large. */
export async function shownReport(visit: Visit, report: Report, asked: Asked, path: string) {
    const wanted = {
        ...{ ...asked, path, account_id: visit.place.account_id },
        sheet: choice(visit, 'sheet', report.sheets),
        page: Math.min(Number(/^\d{1,6}$/.exec(visit.query('page'))?.[0] ?? 1) || 1, 1_000_000),
        isWide: visit.query('columns') === 'all',
    }
    const make = () => pageOf(visit.desk.db, report, wanted)
    return report.isSlow ? late(visit.desk.db, JSON.stringify(wanted), make, pages) : make()
}

type Wanted = Asked & { path: string; account_id: number; sheet: string | null; page: number; isWide: boolean }

async function pageOf(db: Database, report: Report, { path, page, ...wanted }: Wanted) {
    const { account_id, given, side, query } = wanted
    return withReport(db, report, { account_id, given, side }, async (open) => {
        const names = open.sheets.map(({ name }) => name)
        const name = names.find((one) => one === wanted.sheet) ?? names[1]!
        const sheet = open.sheets.find((one) => one.name === name)!
        const rows = await rowsOf(sheet, (page - 1) * ROWS)
        const isBrief = sheet.brief !== undefined && !wanted.isWide
        const kept = keptColumns(sheet, isBrief)
        const chosen = { ...query, sheet: name, ...(sheet.brief && !isBrief && { columns: 'all' }) }
        const at = (more: Record<string, string>) => addressWith(path, { ...chosen, ...more })
        const keyed = sheet.columns.findIndex((column) => column.name === 'finding_id')
        return {
            ...{ sheet: name, verdict: open.verdict, headline: await headlineOf(report, open) },
            madeAt: new Date().toISOString(),
            sheets: names.map((one) => ({
                ...{ name: one, to: addressWith(path, { ...query, sheet: one }), isOpen: one === name },
            })),
            columns: kept,
            isBrief,
            otherColumns: sheet.brief && {
                to: addressWith(path, { ...query, sheet: name, ...(isBrief && { columns: 'all' }) }),
                text: isBrief ? `Show all ${sheet.columns.length} columns` : 'Show fewer columns',
            },
            rows: rows.slice(0, ROWS).map((row) => ({
                key: row[keyed] ?? null,
                cells: kept.map((column) => ({ ...column, cell: shownCell(column, row[column.place]!) })),
            })),
            first: (page - 1) * ROWS + 1,
            last: (page - 1) * ROWS + Math.min(rows.length, ROWS),
            next: rows.length > ROWS ? at({ page: String(page + 1) }) : null,
            before: page > 1 ? at({ page: String(page - 1) }) : null,
            canIgnore: report.name === 'sku-health' && name === 'Findings',
        }
    })
}

/** The report as a file: xlsx of all sheets, csv of one. */
export function fileOf(visit: Visit, report: Report, connection: SeenConnection, { given, side }: Asked): Download {
    const { desk, place } = visit
    const format = choice(visit, 'format', ['xlsx', 'csv'])
    if (!format) throw new Refusal(422, 'Which file?', 'Expected format=xlsx or format=csv in the address.')
    const sheet = report.sheets.find((name) => name === visit.query('sheet'))
    if (format === 'csv' && !sheet) {
        const message = `Expected a sheet in the address, one of ${report.sheets.join(', ')}: a csv holds one.`
        throw new Refusal(422, 'Which sheet?', message)
    }
    const name = [
        report.name,
        connection.source,
        connection.destination,
        ...daysIn(given),
        sheet && format === 'csv' && sheet,
    ]
    return {
        name: name.filter(Boolean).join('_').toLowerCase(),
        format,
        write: (to) =>
            withReport(desk.db, report, { account_id: place.account_id, given, side }, (open) =>
                writeDownload(to, report, format === 'csv' ? only(open, sheet!) : open, format),
            ),
    }
}

function only(open: OpenReport, sheet: string): OpenReport {
    if (open.sheets.some(({ name }) => name === sheet)) return withSheet(open, sheet)
    throw new Refusal(422, 'Which sheet?', `The report has no sheet ${sheet} as it was asked for.`)
}

function daysIn(given: unknown): string[] {
    const { from, to, run } = given as { from?: string; to?: string; run?: string }
    return run ? [`run-${run}`] : from && to ? [from, to] : []
}

async function rowsOf(sheet: OpenSheet, offset: number): Promise<(readonly Cell[])[]> {
    const rows: (readonly Cell[])[] = []
    for await (const batch of sheet.batches({ offset, limit: ROWS + 1 })) rows.push(...batch)
    return rows
}

async function headlineOf({ headline = [] }: Report, { figures }: OpenReport) {
    if (headline.length === 0) return []
    const found = new Map<string, readonly Cell[]>()
    for await (const rows of figures.batches()) for (const row of rows) found.set(`${row[0]}/${row[1]}`, row)
    return headline.flatMap(([section, what]) => {
        const row = found.get(`${section}/${what}`)
        return row ? [{ what, value: row[2], number: row[3], amount: row[4], currency: row[5] }] : []
    })
}

const BADGES = new Set([
    'severity',
    'action',
    'status',
    'push_state',
    'line_state',
    'weight',
    'payment_status',
    'fulfilment_status',
])

/** The columns that are shown, each with its place in a row: all, or the brief ones in their own order. */
function keptColumns({ columns, brief }: OpenSheet, isBrief: boolean) {
    const placed = columns.map((column, place) => ({ ...columnOf(column), place }))
    return isBrief ? brief!.flatMap((name) => placed.filter((column) => column.name === name)) : placed
}

/** How a column is shown: figures to the right, states as badges. */
function columnOf({ name, kind, means, width }: ReportColumn) {
    return {
        ...{ name, means },
        isFigure: kind === 'count' || kind === 'money',
        isCount: kind === 'count',
        isTime: kind === 'time',
        isBadge: BADGES.has(name),
        isLong: width >= 40,
    }
}

/** A time as `2027-01-20 14:05`: the zone is the report's own. */
function shownCell({ isTime }: { isTime: boolean }, cell: Cell): Cell {
    return isTime && typeof cell === 'string' ? cell.slice(0, 16).replace('T', ' ') : cell
}
