/**
 * A worker as a process of its own, for tests that kill it: `node worker.ts <database url>`. Its one job marks what it
 * does in the table `marks`; the first attempt holds still until the mark `go` is there.
 */
import { setTimeout } from 'node:timers/promises'
import { type Job, type RunContext, RunLostError } from '../../../jobs/context.ts'
import { startWorker } from '../../../jobs/worker.ts'
import { openDatabase } from '../../../sql/database.ts'
import { testHost } from '../../helpers/host.ts'

const db = await openDatabase(process.argv[2], { max: 4 })

const mark = ({ runId, attempt }: RunContext, what: string) =>
    `insert into marks values ('${what}', ${runId}, ${attempt}, ${process.pid})`

const nightly: Job = async (context) => {
    await context.inTransaction((tx) => tx.send(mark(context, 'begun')))
    if (context.attempt === 1) await untilTold()
    try {
        await context.inTransaction((tx) => tx.send(mark(context, 'written')))
    } catch (error) {
        if (error instanceof RunLostError) await db.send(mark(context, 'refused'))
        throw error
    }
    return { state: 'done', counts: {} }
}

async function untilTold(): Promise<void> {
    while ((await db.send("select from marks where what = 'go'")).rowCount === 0) await setTimeout(50)
}

const worker = await startWorker(testHost(db, { nightly }))
await db.send(`insert into marks values ('ready', 0, 0, ${process.pid})`)
process.on('SIGTERM', async () => {
    await worker.stop()
    await db.close()
    process.exit()
})
