import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Job, RunLostError } from '../../jobs/context.ts'
import { execute } from '../../jobs/execute.ts'
import { runHere } from '../../jobs/run_here.ts'
import { claimRun, endRun } from '../../sql/runs/claims.ts'
import { requestRun } from '../../sql/runs/requests.ts'
import { runById, runsOf } from '../../sql/runs/runs.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { testDatabase } from '../helpers/database.ts'
import { testHost } from '../helpers/host.ts'

const here = { signal: new AbortController().signal }
const calm = { ...here, stopped: 'failed' as const }

async function account(t: TestContext) {
    const { db } = await testDatabase(t)
    const { account_id } = await addAccount(db, 'northwind')
    const ask = async (job: string, reason: 'schedule' | 'person' = 'schedule') => {
        const asked = await requestRun(db, { account_id, job, arguments: {}, reason })
        assert.ok(asked)
        return asked
    }
    /** As if the process that holds the run had been silent for so long. */
    const silence = (runId: string, seconds: number) =>
        db.send(`update runs set heartbeat_at = now() - interval '${seconds} seconds' where run_id = ${runId}`)
    return { db, account_id, ask, silence }
}

test('rule 82: a run due while its like waits is dropped, one due while its like runs is queued, all of it recorded', async (t) => {
    const { db, account_id, ask } = await account(t)
    const first = await ask('hourly')
    assert.equal((await ask('hourly')).state, 'dropped')
    assert.deepEqual(
        await ask('hourly', 'person'),
        { run_id: first.run_id, state: 'waiting' },
        'a person gets that one',
    )
    await claimRun(db, account_id, first.run_id)
    assert.equal((await ask('hourly')).state, 'queued')
    assert.equal((await ask('hourly')).state, 'dropped')
    const { rows } = await db.send<{ what: string }>('select what from audit_events order by event_id')
    assert.deepEqual(
        rows.map(({ what }) => what),
        ['run.queued', 'run.dropped', 'run.begun', 'run.queued', 'run.dropped'],
    )
})

test('rule 82: the nightly lets a waiting hourly go first, before it begins and between its phases', async (t) => {
    const { db, account_id, ask } = await account(t)
    const order: string[] = []
    const hourly: Job = async () => {
        order.push('hourly')
        return { state: 'done', counts: {} }
    }
    const nightly: Job = async ({ giveWay }) => {
        await giveWay()
        order.push('nightly reads')
        await ask('hourly')
        await giveWay()
        order.push('nightly loads')
        return { state: 'done', counts: {} }
    }
    const night = await ask('nightly')
    await ask('hourly')
    const executed = await execute(testHost(db, { hourly, nightly }), account_id, night.run_id, calm)
    assert.equal(executed.state, 'done')
    assert.deepEqual(order, ['hourly', 'nightly reads', 'hourly', 'nightly loads'])
    assert.deepEqual(
        (await runsOf(db, account_id, 9)).map(({ job, state }) => [job, state]),
        [
            ['hourly', 'done'],
            ['hourly', 'done'],
            ['nightly', 'done'],
        ],
    )
})

test('of many processes that claim a run one has it, and no other run of the account begins beside it', async (t) => {
    const { db, account_id, ask } = await account(t)
    const { run_id } = await ask('nightly')
    const other = await ask('hourly')
    const claims = await Promise.all(Array.from({ length: 4 }, () => claimRun(db, account_id, run_id)))
    assert.equal(claims.filter(({ taken }) => taken).length, 1)
    assert.deepEqual(await claimRun(db, account_id, other.run_id), { taken: false, why: 'busy', by: run_id })
    assert.equal((await claimRun(db, account_id, other.run_id, run_id)).taken, true, 'unless that one gives way')
})

test('rule 89: a run taken over from a silent process can be changed by the new one alone', async (t) => {
    const { db, account_id, ask, silence } = await account(t)
    const { run_id } = await ask('nightly')
    let goOn = () => {}
    const paused = new Promise<void>((resolve) => {
        goOn = resolve
    })
    let refused: unknown = null
    const writes: number[] = []
    const nightly: Job = async (context) => {
        if (context.attempt === 1) await paused
        await context
            .inTransaction(async () => {
                writes.push(context.attempt)
            })
            .catch((error) => {
                refused = error
                throw error
            })
        return { state: 'done', counts: { attempt: context.attempt } }
    }
    const host = testHost(db, { nightly })
    const first = execute(host, account_id, run_id, calm)
    while ((await runById(db, account_id, run_id)).attempt === 0);
    assert.deepEqual(await execute(host, account_id, run_id, calm), { state: 'busy', by: run_id })
    await silence(run_id, 16)
    assert.equal((await runById(db, account_id, run_id)).state, 'lost')
    assert.equal((await execute(host, account_id, run_id, calm)).state, 'done')
    goOn()
    assert.equal((await first).state, 'lost')
    assert.ok(refused instanceof RunLostError)
    assert.deepEqual(writes, [2])
    assert.deepEqual((await runById(db, account_id, run_id)).result, { attempt: 2 })
})

test('a run is not taken over while a transaction of its former holder is open', async (t) => {
    const { db, account_id, ask, silence } = await account(t)
    const { run_id } = await ask('nightly')
    const order: string[] = []
    let overtaking: Promise<unknown> = Promise.resolve()
    const nightly: Job = async (context) => {
        await context.inTransaction(async (tx) => {
            await silence(run_id, 16)
            overtaking = claimRun(db, account_id, run_id).then(() => order.push('taken over'))
            // Sleeps in the server, so that the claim has come to its wait.
            await tx.send('select pg_sleep(0.2)')
            order.push('written')
        })
        await overtaking
        return { state: 'done', counts: {} }
    }
    const executed = await execute(testHost(db, { nightly }), account_id, run_id, calm)
    assert.deepEqual(order, ['written', 'taken over'])
    assert.equal(executed.state, 'lost')
})

test('a run whose process dies again and again is given up with a sentence', async (t) => {
    const { db, account_id, ask, silence } = await account(t)
    const { run_id } = await ask('nightly')
    for (let attempt = 1; attempt <= 5; attempt++) {
        assert.equal((await claimRun(db, account_id, run_id)).taken, true)
        await silence(run_id, 16)
    }
    assert.deepEqual(await claimRun(db, account_id, run_id), { taken: false, why: 'over' })
    const run = await runById(db, account_id, run_id)
    assert.equal(run.state, 'failed')
    assert.match(run.error ?? '', /died 5 times/)
})

test('a person who asks for a run whose process died takes that run over', async (t) => {
    const { db, account_id, ask, silence } = await account(t)
    const { run_id } = await ask('hourly')
    await claimRun(db, account_id, run_id)
    await silence(run_id, 16)
    const hourly: Job = async ({ attempt, progress }) => {
        progress('reading', 3, 7)
        return { state: 'held', counts: { attempt } }
    }
    const row = await runHere(testHost(db, { hourly }), { account_id, job: 'hourly', arguments: {} }, here)
    assert.equal(row.run_id, run_id)
    assert.equal(row.state, 'held')
    assert.deepEqual(row.result, { attempt: 2 })
    assert.deepEqual(row.progress, { reading: { done: 3, total: 7 } })
})

test('a process asked to end gives its run back, and a failed run keeps the reason', async (t) => {
    const { db, account_id, ask } = await account(t)
    const ending = new AbortController()
    const patient: Job = ({ signal }) =>
        new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason))
            ending.abort(new Error('asked to end'))
        })
    const failing: Job = async () => {
        throw new Error('northwind.example: expected an answer, came none. Try again.')
    }
    const host = testHost(db, { nightly: patient, hourly: failing })
    const { run_id } = await ask('nightly')
    const given = await execute(host, account_id, run_id, { signal: ending.signal, stopped: 'queued' })
    assert.equal(given.state, 'stopped')
    assert.equal((await runById(db, account_id, run_id)).state, 'queued')
    const second = await claimRun(db, account_id, run_id)
    assert.ok(second.taken && second.claim.attempt === 2)
    await endRun(db, second.claim, { state: 'done' })

    const failed = await runHere(host, { account_id, job: 'hourly', arguments: {} }, here)
    assert.equal(failed.state, 'failed')
    assert.match(failed.error ?? '', /^northwind\.example: expected/)
})
