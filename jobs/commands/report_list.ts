import { z } from 'zod'
import { reports } from '../../reports/index.ts'
import { command } from './command.ts'
import { table } from './table.ts'

export const reportList = command({
    name: 'report list',
    does: 'Lists the reports: what each answers, and its sheets.',
    example: 'crossdock report list',
    given: z.object({}),
    async run() {
        return {
            json: {
                reports: reports.map(({ name, title, question, options, sheets }) => ({
                    ...{ name, title, question, sheets: [...sheets] },
                    options: options.map((option) => ({ ...option })),
                })),
            },
            text: table(
                ['report', 'answers', 'sheets'],
                reports.map(({ name, question, sheets }) => [name, question, sheets.join(', ')]),
                'There is no report.',
            ),
        }
    },
})
