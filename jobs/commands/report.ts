import { extname } from 'node:path'
import { z } from 'zod'
import { type OpenReport, type Report, reports, withReport } from '../../reports/index.ts'
import { keepHeapSmall } from '../../reports/small_heap.ts'
import { type Format, formats, withSheet, writeReport, writeTo } from '../../reports/write.ts'
import { type Command, command, type Desk, type Option, type Outcome, WrongUse } from './command.ts'
import { table } from './table.ts'

const OPTIONS: Option[] = [
    ['--format <format>', `${formats.join(', ')}; by default what the ending of --out says`],
    ['--out <path>', 'the file to write, or for csv the folder, one file a sheet; without it stdout'],
    ['--sheet <name>', 'this sheet alone'],
]

const output = z.object({
    format: z.enum(formats, `expected ${formats.join(', ')}`).optional(),
    out: z.string().min(1, 'expected a path').optional(),
    sheet: z.string().optional(),
})

/** Where a report goes. */
type Output = z.output<typeof output>

/** A command for each report of the table of contents. */
export const reportCommands: readonly Command[] = reports.map((report) =>
    command({
        name: `report ${report.name}`,
        does: `${report.title}: ${report.question.charAt(0).toLowerCase()}${report.question.slice(1, -1)}.`,
        about:
            `Sheets: ${report.sheets.join(', ')}. Without --format and --out it prints the first. ` +
            'csv of several sheets goes into a folder; to stdout goes one, chosen by --sheet.',
        example: examplesOf(report),
        options: [...report.options.map(({ flags, does }): Option => [flags, does]), ...OPTIONS],
        given: z.intersection(z.unknown().pipe(report.given), output),
        run: (given, desk) => makeReport(report, given as Output, desk),
    }),
)

/** A workbook of it, and a sheet as csv. */
function examplesOf({ name, options, sheets }: Report): string {
    const ofDays = options.some((option) => option.name === 'from')
    const asked = `crossdock report ${name} --connection 1${ofDays ? ' --from 2027-01-20 --to 2027-01-30' : ''}`
    return `${asked} --out january.xlsx\n${asked} --format csv --sheet "${sheets[1]}"`
}

async function makeReport(report: Report, given: Output, desk: Desk): Promise<Outcome> {
    const format = formatOf(given)
    refuseWithoutPlace(given, format, desk)
    const { account_id } = await desk.account()
    keepHeapSmall()
    return withReport(await desk.db(), report, { account_id, given }, async (open) => {
        const chosen = given.sheet === undefined ? open : chooseSheet(open, given.sheet)
        const outcome = await render(report, chosen, given, format)
        const { verdict } = open
        return verdict && !verdict.isGood ? { ...outcome, failed: verdict.sentence } : outcome
    })
}

async function render(report: Report, open: OpenReport, { out }: Output, format: Format | null): Promise<Outcome> {
    if (format === null) return summary(open)
    if (out !== undefined) return written(open, await writeReport(report, open, format, out))
    await writeTo(process.stdout, report, open, format).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error // whoever reads has enough
    })
    return { json: {}, text: [], isPrinted: true }
}

function formatOf({ format, out }: Output): Format | null {
    if (format !== undefined || out === undefined) return format ?? null
    const ending = extname(out).slice(1).toLowerCase()
    const known = formats.find((name) => name === ending)
    if (known) return known
    throw new WrongUse(`--format: expected ${formats.join(', ')}, for ${out} does not say it.`)
}

function refuseWithoutPlace({ out, sheet }: Output, format: Format | null, { json }: Desk): void {
    if (out !== undefined || format === null) return
    if (format === 'xlsx') throw new WrongUse('--out: expected a file for a workbook.')
    if (format === 'csv' && sheet === undefined) {
        throw new WrongUse('--sheet: expected the sheet to print, or --out with a folder for all of them.')
    }
    if (format === 'csv' && json) throw new WrongUse('--json: expected --out with it, for a csv is no JSON object.')
}

function chooseSheet(open: OpenReport, name: string): OpenReport {
    try {
        return withSheet(open, name)
    } catch (cause) {
        throw new WrongUse(`--sheet: ${(cause as Error).message}`, { cause })
    }
}

/** The first sheet, for people. */
async function summary({ sheets, verdict }: OpenReport): Promise<Outcome> {
    const [sheet] = sheets
    const rows: (string | number | null)[][] = []
    for await (const batch of sheet!.batches()) rows.push(...batch)
    const names = sheet!.columns.map(({ name }) => name)
    return {
        json: {
            [sheet!.name]: rows.map((row) =>
                Object.fromEntries(names.map((name, place) => [name, row[place] ?? null])),
            ),
            verdict: verdict && { ...verdict },
        },
        text: [...table(names, rows, 'There is nothing in it.'), ...(verdict ? [verdict.sentence] : [])],
    }
}

async function written({ sheets, verdict }: OpenReport, files: string[]): Promise<Outcome> {
    const counts: [string, number][] = []
    for (const sheet of sheets) counts.push([sheet.name, await sheet.count()])
    return {
        json: { files, rows: Object.fromEntries(counts), verdict: verdict && { ...verdict } },
        text: [
            `Wrote ${files.join(', ')}: ${counts.map(([name, rows]) => `${name} ${rows}`).join(', ')} rows.`,
            ...(verdict ? [verdict.sentence] : []),
        ],
    }
}
