/**
 * Stages and checks one upload in this process and prints by how many megabytes that raised what it had in use at most:
 * `node memory_child.ts <url> <small upload> <large upload>`. The small one comes first, so that what is loaded once counts not.
 */
import { pino } from 'pino'
import { registry } from '../../jobs/registry.ts'
import { runHere } from '../../jobs/run_here.ts'
import { keepHeapSmall } from '../../reports/small_heap.ts'
import { openDatabase } from '../../sql/database.ts'
import { uploadById } from '../../sql/uploads/uploads.ts'

const [url, small, large] = process.argv.slice(2)
const db = await openDatabase(url, { max: 4 })
const host = { db, log: pino({ level: 'silent' }), key: Buffer.alloc(32), jobs: registry }
const run = async (job: string, upload: string, more = {}) => {
    const args = { upload, ...more }
    const ended = await runHere(host, { account_id: 1, job, arguments: args }, { signal: new AbortController().signal })
    if (ended.state !== 'done') throw new Error(ended.error ?? ended.state)
}
const peak = () => process.resourceUsage().maxRSS / 1024
keepHeapSmall()
await run('preview_upload', small!)
const before = peak()
const began = performance.now()
await run('preview_upload', large!)
const checked = (performance.now() - began) / 1000
const { digest, counts } = await uploadById(db, { account_id: 1, upload_id: large! })
await run('apply_upload', large!, { who: 'ann', digest })
const applied = (performance.now() - began) / 1000 - checked
const { state } = await uploadById(db, { account_id: 1, upload_id: large! })
await db.close()
console.log(JSON.stringify({ before, raised: peak() - before, checked, applied, counts, state }))
