/**
 * What is measured by itself, in a process of its own, so that its peak memory is its own:
 *
 *   node child.ts read <database's address>      reads the source: its whole catalogue and levels
 *   node child.ts orders <database's address>    reads the destination's orders whole
 *   node child.ts nightly <database's address>   reads both stores side by side, compares and decides
 *
 * Prints its milliseconds since the process began, those of its parts, its peak memory, and what it counted.
 */
import { areOrdersRead, extractStore, isRead } from '../../jobs/extract.ts'
import { openDatabase } from '../../sql/database.ts'
import { storesOf } from '../../sql/stores/stores.ts'
import { recorded } from './counts.ts'
import { compare, openRun } from './run.ts'

const [task, url] = process.argv.slice(2)
if (!task || !url) throw new Error("Expected: node child.ts read|orders|nightly <address of the bench's database>.")
const db = await openDatabase(url, { max: 6 })
const context = await openRun(db)
const role = { read: 'source', orders: 'destination' }[task]
const stores = (await storesOf(db, 1)).filter((store) => task === 'nightly' || store.role === role)
const asked = { kind: 'full' as const, only: task === 'orders' ? ['orders'] : undefined }
const isWhole = task === 'orders' ? areOrdersRead : isRead
const began = performance.now()
const readings = await Promise.all(stores.map((store) => extractStore(context, store, asked)))
const read_ms = performance.now() - began
for (const snapshots of readings) {
    if (snapshots.length === 0 || !isWhole(snapshots))
        throw new Error(`Expected whole readings, came ${JSON.stringify(snapshots)}.`)
}
const { ms: compare_ms } = task === 'nightly' ? await compare(context, { whole: true }) : { ms: 0 }
const counted = task === 'nightly' ? await recorded(db) : null
const rows = readings.map((snapshots) => Object.assign({}, ...snapshots.map(({ counts }) => counts)))
const rss_mb = process.resourceUsage().maxRSS / 1024
await db.close()
console.log(JSON.stringify({ ms: performance.now(), read_ms, compare_ms, rss_mb, rows, ...counted }))
