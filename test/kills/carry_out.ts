import assert from 'node:assert/strict'
import { randomOf } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { limits } from '../../jobs/limits.ts'
import { editBothEnds } from './edits.ts'
import { judge, writes } from './judge.ts'
import { until } from './places/place.ts'
import { described, type Kill, type Schedule } from './schedule.ts'
import type { Table } from './table.ts'
import { VICTIM, type Victims } from './victims.ts'
import { openStage, type Stage, type World } from './world.ts'

/**
 * Tells a story: edits at both ends, a run that is killed, the runs after it. Throws where the shops do not end as the
 * oracle says, where something is there twice or forgotten, or where a further run still finds something to write.
 */
export async function carryOut(world: World, victims: Victims, schedule: Schedule, table: Table): Promise<void> {
    const stage = await openStage(world)
    try {
        await editBothEnds(stage.sandbox, randomOf(schedule.seed))
        await stage.oracle.before()
        for (const kill of schedule.kills) {
            await strike(stage, victims, schedule.job, kill)
            table.hit(kill.place)
        }
        await recover(stage, schedule)
    } catch (error) {
        throw new Error(`${described(schedule)}: ${(error as Error).message}`, { cause: error })
    } finally {
        await stage.close()
    }
}

const limitsOf = (bulk: boolean) => ({ ...limits, bulkFrom: bulk ? 0 : limits.bulkFrom })

/** Lets a process work at the run until it stands where the trap is, and cuts it there. */
async function strike(stage: Stage, victims: Victims, job: string, { place, nth, death }: Kill): Promise<void> {
    const { account_id, key } = stage.world
    const victim = victims.take()
    const trap = await place.arm(stage, nth)
    const order = { url: stage.url, key: key.toString('hex'), account_id, job, limits: limitsOf(place.bulk === true) }
    let ended: string | null = null
    const told = victim.work(order).then((it) => {
        ended = `${it.state} ${it.error ?? ''}`
        return it
    })
    await until('the run to come to where it is killed', async () => {
        if (await trap.reached()) return true
        if (ended) throw new Error(`Expected the run to come to where it is killed, but it ended: ${ended}`)
        return false
    })
    if (death === 'process') await victim.kill()
    if (death === 'connection') await cutConnections(stage)
    if (death === 'outage') await stage.sandbox.control('fail.next', { kind: 'timeout_before', times: 1_000_000 })
    await trap.release({ drop: death !== 'connection' })
    if (death !== 'process') {
        const { state, error } = await told
        assert.notEqual(state, 'died', `a process must outlive a cut ${death}: ${error}`)
        await victim.kill()
    }
    await stage.sandbox.control('fail.clear')
    await letTimePass(stage)
}

async function cutConnections({ host }: Stage): Promise<void> {
    const all = `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = $1 and datname = current_database()`
    await host.db.send(all, [VICTIM])
}

/** Until a silent process is taken for dead. */
async function letTimePass({ host }: Stage): Promise<void> {
    await host.db.send(`update runs set heartbeat_at = heartbeat_at - interval '1 minute' where state = 'running'`)
}

/** The killed run is taken over, perhaps after another; then one more run, and what is there is judged. */
async function recover(stage: Stage, { job, next, kills }: Schedule): Promise<void> {
    const own = limitsOf(kills.at(-1)?.place.bulk === true)
    if (next !== 'same') await ended(stage, next)
    await ended(stage, job, own)
    const before = (await writes(stage)).length
    await ended(stage, 'nightly', own)
    await judge(stage)
    const corrected = (await writes(stage)).length
    if (corrected === before) return
    await ended(stage, 'nightly')
    assert.deepEqual((await writes(stage)).slice(corrected), [], 'a further run has nothing to write')
    await judge(stage)
}

async function ended(stage: Stage, job: string, given = limits): Promise<void> {
    const run = await stage.run(job, given)
    assert.equal(run.state, 'done', `${job} ended ${run.state}: ${run.error}`)
}
