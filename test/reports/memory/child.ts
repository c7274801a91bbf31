/**
 * Writes one report in one form, first of its first day alone (of one that knows no days its Legend) and then whole, and prints by how many megabytes the whole one
 * raised what this process had in use at most: `node child.ts <url> <account> <report> <format> <path>`.
 */
import { reports, withReport } from '../../../reports/index.ts'
import { keepHeapSmall } from '../../../reports/small_heap.ts'
import { type Format, withSheet, writeReport } from '../../../reports/write.ts'
import { openDatabase } from '../../../sql/database.ts'

const [url, account, name, format, path] = process.argv.slice(2)
const report = reports.find((it) => it.name === name)!
const db = await openDatabase(url, { max: 2 })

const ofDays = report.options.some((option) => option.name === 'from')

async function write(to: string, isWhole: boolean): Promise<void> {
    const given = report.given.parse({ connection: '1', ...(ofDays && { from: '2027-01-01', to }) })
    const asked = { account_id: Number(account), given }
    await withReport(db, report, asked, (open) =>
        writeReport(
            report,
            ofDays || isWhole ? open : withSheet(open, 'Legend'),
            format as Format,
            isWhole ? path! : `${path} first`,
        ),
    )
}

const peak = () => process.resourceUsage().maxRSS / 1024
keepHeapSmall()
await write('2027-01-01', false)
const before = peak()
const began = performance.now()
await write('2027-12-31', true)
const seconds = (performance.now() - began) / 1000
await db.close()
console.log(JSON.stringify({ before, raised: peak() - before, seconds }))
