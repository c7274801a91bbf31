import type { OpenReport, OpenSheet, Report } from './report.ts'

/**
 * A report as one JSON document, in pieces: `{ report, title, sheets: { Summary: [row …], … }, verdict }`. Ids and amounts
 * are texts, so that no digit is lost; numbers are numbers, empty cells null.
 */
export async function* jsonOf(
    { name, title }: Pick<Report, 'name' | 'title'>,
    { sheets, verdict }: OpenReport,
): AsyncGenerator<string> {
    yield `{"report":${JSON.stringify(name)},"title":${JSON.stringify(title)},"sheets":{`
    for (const [place, sheet] of sheets.entries()) {
        yield `${place > 0 ? ',' : ''}\n${JSON.stringify(sheet.name)}:[`
        yield* rowsOf(sheet)
        yield ']'
    }
    yield `},\n"verdict":${JSON.stringify(verdict)}}\n`
}

async function* rowsOf({ columns, batches }: OpenSheet): AsyncGenerator<string> {
    let isFirst = true
    for await (const rows of batches()) {
        const objects = rows.map((row) =>
            JSON.stringify(Object.fromEntries(columns.map(({ name }, place) => [name, row[place]]))),
        )
        yield `${isFirst ? '' : ','}\n${objects.join(',\n')}`
        isFirst = false
    }
}
