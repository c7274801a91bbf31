import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Database } from '../../sql/database.ts'
import { requestRun } from '../../sql/runs/requests.ts'
import { runById } from '../../sql/runs/runs.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { testDatabase } from '../helpers/database.ts'

const WORKER = join(import.meta.dirname, 'processes', 'worker.ts')
/** What rule 89 allows between a worker's death and the end of its run at another. */
const A_MINUTE_MS = 60_000

type Mark = { what: string; run_id: string; attempt: number; pid: number }

/** Two workers as processes of their own at one database, and a run that one of them has begun. */
async function twoWorkers(t: TestContext) {
    const { db, url } = await testDatabase(t)
    await db.send('create table marks (what text, run_id bigint, attempt integer, pid integer)')
    const children: ChildProcess[] = []
    for (const _ of [1, 2]) children.push(spawn(process.execPath, [WORKER, url], { stdio: 'inherit' }))
    t.after(async () => {
        for (const child of children) {
            child.kill('SIGCONT')
            child.kill('SIGKILL')
        }
    })
    await until(async () => (await marks(db, 'ready')).length === 2)
    const { account_id } = await addAccount(db, 'northwind')
    const asked = await requestRun(db, { account_id, job: 'nightly', arguments: {}, reason: 'schedule' })
    const runId = asked?.run_id ?? ''
    const [begun] = await until(async () => someOf(await marks(db, 'begun')))
    const holder = children.find(({ pid }) => pid === begun?.pid)
    assert.ok(holder)
    const run = () => runById(db, account_id, runId)
    return { db, holder, run }
}

async function marks(db: Database, what: string): Promise<Mark[]> {
    return (await db.send<Mark>('select * from marks where what = $1', [what])).rows
}

const someOf = <T>(rows: T[]): T[] | null => (rows.length > 0 ? rows : null)

/** Looks again until there is something to see; a test that sees nothing in a minute fails. */
async function until<T>(look: () => Promise<T | null | false>): Promise<T> {
    const latest = Date.now() + A_MINUTE_MS
    while (Date.now() < latest) {
        const seen = await look()
        if (seen) return seen
        await setTimeout(100)
    }
    throw new Error('Nothing came of it in a minute.')
}

describe('two workers side by side', { concurrency: true }, () => {
    test("rule 89: a killed worker's run is taken over within a minute, once", async (t) => {
        const { db, holder, run } = await twoWorkers(t)
        holder.kill('SIGKILL')
        await until(async () => (await run()).state === 'done')
        const written = await marks(db, 'written')
        assert.deepEqual(
            written.map(({ attempt, pid }) => [attempt, pid !== holder.pid]),
            [[2, true]],
        )
        assert.equal((await marks(db, 'begun')).length, 2)
    })

    test('rule 89: a worker that was only asleep wakes up to find its run taken, and changes nothing', async (t) => {
        const { db, holder, run } = await twoWorkers(t)
        holder.kill('SIGSTOP')
        await until(async () => (await run()).state === 'done')
        await db.send("insert into marks values ('go')")
        holder.kill('SIGCONT')
        const refused = await until(async () => someOf(await marks(db, 'refused')))
        assert.deepEqual(
            refused.map(({ attempt, pid }) => [attempt, pid]),
            [[1, holder.pid]],
        )
        assert.deepEqual(
            (await marks(db, 'written')).map(({ attempt }) => attempt),
            [2],
        )
        assert.equal((await run()).attempt, 2)
    })
})
