import assert from 'node:assert/strict'
import { listedOf } from '../helpers/listed.ts'
import { agreed, forgotten } from '../kills/judge.ts'
import { watch } from '../watch/watched.ts'
import type { Schedule } from './schedule.ts'
import { counterOf } from './shops.ts'
import type { Stage } from './world.ts'

/**
 * What was closed is open again, eleven minutes went by, and one more run: the shops are as the rules have them to the unit, no
 * line waits without a reason, nothing is forgotten, and no figure was ever written that no rule allows.
 */
export async function judge(stage: Stage, { last, lagMs }: Schedule): Promise<void> {
    const { oracle, sandbox, world, host } = stage
    // That a source opened is read after it was told, so it is told by the next run.
    if (await openAll(stage)) await ended(stage, 'hourly')
    await sandbox.control('clock.advance', { seconds: 660 })
    await ended(stage, last)
    await oracle.before()
    oracle.caughtUp()
    await ended(stage, 'hourly')
    const { differences } = await oracle.after()
    for (const { id } of world.connections) differences.push(...oracle.compareLists(id, await listedOf(host.db, id)))
    agreed({ differences })
    assert.deepEqual((await forgotten(stage)).filter(isOpen), [])
    const connections = world.connections.map((it) => ({ ...it, acceptedAt: Number(it.acceptedAt) }))
    const lags = new Map([...sandbox.shops.keys()].map((shop) => [shop, lagMs]))
    const faults = await watch(sandbox, connections, stage.state, { lagMs: lags })
    assert.equal(faults.join('\n'), '', 'the watcher complains')
}

/** Opens every location that people closed; whether there was one. */
async function openAll(stage: Stage): Promise<boolean> {
    const { sandbox } = stage
    const counters = await Promise.all([...sandbox.shops.keys()].map((shop) => counterOf(stage, shop)))
    const closed = counters.flatMap(({ shop, closed }) => closed.map((location) => ({ shop, location })))
    for (const it of closed) await sandbox.control('location.activate', it)
    return closed.length > 0
}

/** Of an older set a line may say that it waited, or that no answer came: the newest ones are compared line by line. */
const isOpen = (row: string) => !/^line: level .* (?:settling|unknown)/.test(row)

async function ended({ run }: Stage, job: string): Promise<void> {
    const { state, error } = await run(job)
    assert.equal(state, 'done', `the last ${job} ended ${state}: ${error}`)
}
