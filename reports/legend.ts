import { text } from './columns.ts'
import { reasons } from './reasons.ts'
import type { OpenSheet } from './report.ts'
import { madeSheet } from './sheets.ts'

const columns = [
    text('of', 'What is explained: a column of a sheet, or a sort of code.', 20),
    text('name', 'Its name.', 26),
    text('means', 'What it means.', 80),
    text('what_to_do', 'What a person can do about it.', 80),
]

/** A sort of code that a report uses, with what each code means. */
export type Codes = { of: string; codes: Readonly<Record<string, string>> }

/** A code of a sort, with what a person can do about it. */
export type Advice = { of: string; advice: Readonly<Record<string, { text: string; fix: string }>> }

/** What the order reports advise: by the codes of the gates. */
export const reasonCodes: Advice = { of: 'reason_code', advice: reasons }

/** The last sheet of a report: every column of the others, the codes, and those with what to do. */
export function legendOf(
    sheets: readonly OpenSheet[],
    codes: readonly Codes[],
    { of, advice }: Advice = reasonCodes,
): OpenSheet {
    return madeSheet('Legend', columns, [
        ...codes.flatMap(({ of, codes }) => Object.entries(codes).map(([name, means]) => [of, name, means, null])),
        ...Object.entries(advice).map(([code, { text, fix }]) => [of, code, text, fix]),
        ...sheets.flatMap(({ name, columns }) =>
            columns.map((column) => [`column of ${name}`, column.name, column.means, null]),
        ),
    ])
}
