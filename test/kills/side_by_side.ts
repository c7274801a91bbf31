import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { randomOf } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { requestRun } from '../../sql/runs/requests.ts'
import { MARKET_STALL, SOUTHWIND, single, sized } from '../helpers/cast.ts'
import { editBothEnds } from './edits.ts'
import { agreed, forgotten, judge, twice } from './judge.ts'
import { type Place, until } from './places/place.ts'
import { SEAM, transactions } from './places/transactions.ts'
import { addNeighbour, openStage, type Stage, type World } from './world.ts'

/** Where the kill can be while two workers work: only there is it known which of them it is. */
export const sharedPlaces = transactions.filter(({ bulk }) => !bulk)

/**
 * Two workers at one database, with a nightly and an hourly run of one account and a nightly of another to do. The one
 * that comes to `place` is killed there; the other one does all of it.
 */
export async function twoWorkers(world: World, place: Place, seed: number): Promise<void> {
    const stage = await openStage(world)
    const workers: Worker[] = []
    try {
        const neighbour = await addNeighbour(stage)
        await editBothEnds(stage.sandbox, randomOf(seed))
        await editNeighbour(stage)
        for (const { oracle } of [stage, neighbour]) await oracle.before()
        const trap = await place.arm(stage, 1)
        for (const name of ['one', 'other']) workers.push(startAt(stage, name))
        await ask(stage, 'nightly')
        await ask(neighbour, 'nightly')
        await ask(stage, 'hourly')
        await until('a worker to come to where it is killed', trap.reached)
        await kill(workers[await atTheTrap(stage)]!)
        await trap.release({ drop: true })
        await until('all runs to be done', () => allEnded(stage), { everyMs: 200, longestMs: 120_000 })
        await stopAll(workers)
        await judgeBoth(stage, neighbour)
    } finally {
        await stopAll(workers)
        await stage.close()
    }
}

type Worker = { child: ChildProcess; name: string }

function startAt({ url, world }: Stage, name: string): Worker {
    const args = [join(import.meta.dirname, 'worker.ts'), url, world.key.toString('hex'), name]
    return { name, child: spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }) }
}

async function kill({ child }: Worker): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
}

async function stopAll(workers: readonly Worker[]): Promise<void> {
    for (const worker of workers) await kill(worker)
}

/** Which of the two has a connection that waits for the trap's lock. */
async function atTheTrap({ host }: Stage): Promise<number> {
    const { rows } = await host.db.send<{ name: string }>(`
        select a.application_name as name
        from pg_locks as l
        join pg_stat_activity as a using (pid)
        where l.locktype = 'advisory' and l.objid = ${SEAM} and not l.granted and a.datname = current_database()`)
    return rows[0]?.name === 'one' ? 0 : 1
}

async function ask({ host, world: { account_id } }: Stage, job: string): Promise<void> {
    await requestRun(host.db, { account_id, job, arguments: {}, reason: 'schedule' })
}

async function allEnded({ host }: Stage): Promise<boolean> {
    const { rowCount } = await host.db.send(`select from runs where state in ('queued', 'running')`)
    return rowCount === 0
}

async function editNeighbour({ sandbox }: Stage): Promise<void> {
    const at = (verb: string, body: object) => sandbox.control(verb, { shop: SOUTHWIND, ...body })
    await at('product.edit', { sku: 'HAT-S', set: { title: 'Sun hat' } })
    await at('level.set', { sku: 'BELT-1', available: 31 })
    await at('product.create', single('Scarf', 'SCARF-1'))
    await at('product.create', sized('Glove', 'GLOVE', ['S', 'M']))
}

/** Both accounts end as their oracle says, each by the one worker that is left. */
async function judgeBoth(stage: Stage, neighbour: Stage): Promise<void> {
    const { rows } = await stage.host.db.send(`select job, state, error from runs where state not in ('done', 'held')`)
    assert.deepEqual(rows, [])
    await judge(stage)
    agreed(await neighbour.oracle.after())
    assert.deepEqual(await twice(stage, MARKET_STALL), [])
    assert.deepEqual(await forgotten(stage), [])
}
