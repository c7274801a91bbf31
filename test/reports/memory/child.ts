/**
 * Writes one report in one form, first of its first day alone and then whole, and prints by how many megabytes the whole one
 * raised what this process had in use at most: `node child.ts <url> <account> <report> <format> <path>`.
 */
import { reports, withReport } from '../../../reports/index.ts'
import { keepHeapSmall } from '../../../reports/small_heap.ts'
import { type Format, writeReport } from '../../../reports/write.ts'
import { openDatabase } from '../../../sql/database.ts'

const [url, account, name, format, path] = process.argv.slice(2)
const report = reports.find((it) => it.name === name)!
const db = await openDatabase(url, { max: 2 })

async function write(to: string): Promise<void> {
    const given = report.given.parse({ connection: '1', from: '2027-01-01', to })
    const asked = { account_id: Number(account), given }
    await withReport(db, report, asked, (open) => writeReport(report, open, format as Format, path!))
}

const peak = () => process.resourceUsage().maxRSS / 1024
keepHeapSmall()
await write('2027-01-01')
const before = peak()
const began = performance.now()
await write('2027-12-31')
const seconds = (performance.now() - began) / 1000
await db.close()
console.log(JSON.stringify({ before, raised: peak() - before, seconds }))
