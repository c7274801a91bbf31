/**
 * A process that works at runs until it is killed. Told by its parent which run, it says how that ended, if it lives to
 * see it.
 */
import { registry } from '../../jobs/registry.ts'
import { runHere } from '../../jobs/run_here.ts'
import { openDatabase } from '../../sql/database.ts'
import { log } from './log.ts'
import { type Order, type Told, VICTIM } from './victims.ts'

process.on('message', async (order: Order) => process.send?.(await work(order)))
process.on('disconnect', () => process.exit())

async function work({ url, key, account_id, job, limits }: Order): Promise<Told> {
    const db = await openDatabase(url, { max: 6, name: VICTIM })
    try {
        const host = { db, log, key: Buffer.from(key, 'hex'), jobs: registry, limits }
        const { signal } = new AbortController()
        const run = await runHere(host, { account_id, job, arguments: {} }, { signal })
        return { state: run.state, error: run.error }
    } catch (error) {
        return { state: 'threw', error: String(error) }
    } finally {
        await db.close().catch(() => {})
    }
}
