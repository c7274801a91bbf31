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
    for (const shop of sandbox.shops.keys()) {
        for (const location of (await counterOf(stage, shop)).closed) {
            await sandbox.control('location.activate', { shop, location })
        }
    }
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

/** Of an older set a line may say that it waited, or that no answer came: the newest ones are compared line by line. */
const isOpen = (row: string) => !/^line: level .* (?:settling|unknown)/.test(row)

async function ended({ run }: Stage, job: string): Promise<void> {
    const { state, error } = await run(job)
    assert.equal(state, 'done', `the last ${job} ended ${state}: ${error}`)
}
