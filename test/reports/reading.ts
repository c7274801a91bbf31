import { type OpenReport, reports, withReport } from '../../reports/index.ts'
import type { House } from './seed.ts'

/** Where a report is read: a seeded house, or a story. */
type Place = Pick<House, 'db' | 'account_id'>

export type ReadRow = { [column: string]: string | number | null }

export const reportNamed = (name: string) => reports.find((it) => it.name === name)!

/** Opens a report as it is asked for with these options, and hands it on. */
export async function opened<T>(
    house: Place,
    name: string,
    asked: object,
    act: (open: OpenReport) => Promise<T>,
): Promise<T> {
    const report = reportNamed(name)
    const given = report.given.parse(asked)
    return withReport(house.db, report, { account_id: house.account_id, given }, act)
}

/** All sheets of a report, their rows by the names of their columns. */
export async function sheetsOf(house: Place, name: string, asked: object): Promise<Record<string, ReadRow[]>> {
    return opened(house, name, asked, async ({ sheets }) => {
        const read: Record<string, ReadRow[]> = {}
        for (const { name, columns, batches } of sheets) {
            read[name] = []
            for await (const rows of batches()) {
                for (const row of rows) {
                    read[name].push(Object.fromEntries(columns.map((column, place) => [column.name, row[place]!])))
                }
            }
        }
        return read
    })
}

/** Figures of a Summary, by section and what they say. */
export function figuresOf(summary: readonly ReadRow[]): Record<string, string | number | null> {
    return Object.fromEntries(
        summary.map(({ section, what, value, number, amount }) => [`${section}: ${what}`, number ?? amount ?? value!]),
    )
}
