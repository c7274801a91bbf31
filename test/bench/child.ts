/**
 * What is measured by itself, in a process of its own, so that its peak memory is its own:
 *
 *   node child.ts read <database's address>      reads the source: its whole catalogue and levels
 *   node child.ts orders <database's address>    reads the destination's orders whole, and what they moved
 *   node child.ts nightly <database's address>   reads both stores side by side, compares and decides
 *   node child.ts hourly <database's address>    reads of both what moved since yesterday, compares that and decides
 *
 * Prints its milliseconds since the process began, those of its parts, its peak memory, and what it counted.
 */
import type { Kind } from '../../jobs/extract/operation.ts'
import { areOrdersRead, extractStore, isRead } from '../../jobs/extract.ts'
import { refreshMovements } from '../../jobs/stock/movements.ts'
import { openDatabase } from '../../sql/database.ts'
import { connectionById, storesOf } from '../../sql/stores/stores.ts'
import { recorded } from './counts.ts'
import { compare, openRun } from './run.ts'

const [task, url] = process.argv.slice(2)
const expected = "Expected: node child.ts read|orders|nightly|hourly <address of the bench's database>."
if (!task || !url) throw new Error(expected)
const db = await openDatabase(url, { max: 6 })
const context = await openRun(db)
const role = { read: 'source', orders: 'destination' }[task]
const stores = (await storesOf(db, 1)).filter((store) => role === undefined || store.role === role)
const goods = ['catalogue', 'items', 'collections', 'levels']
const kind: Kind = task === 'hourly' ? 'incremental' : 'full'
const asked = { kind, only: task === 'orders' ? ['orders'] : goods }
const isWhole = task === 'orders' ? areOrdersRead : isRead
const began = performance.now()
const readings = await Promise.all(stores.map((store) => extractStore(context, store, asked)))
const read_ms = performance.now() - began
for (const snapshots of readings) {
    if (snapshots.length === 0 || !isWhole(snapshots))
        throw new Error(`Expected whole readings, came ${JSON.stringify(snapshots)}.`)
}
const whole = task === 'nightly'
const moving = performance.now()
if (task !== 'read') await refreshMovements(context, await connectionById(db, 1, 1), whole)
const move_ms = performance.now() - moving
const { ms: compare_ms } = role === undefined ? await compare(context, { whole }) : { ms: 0 }
const counted = role === undefined ? await recorded(db) : null
const rows = readings.map((snapshots) => Object.assign({}, ...snapshots.map(({ counts }) => counts)))
const rss_mb = process.resourceUsage().maxRSS / 1024
await db.close()
console.log(JSON.stringify({ ms: performance.now(), read_ms, move_ms, compare_ms, rss_mb, rows, ...counted }))
