import assert from 'node:assert/strict'
import { type Random, randomOf } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { limits } from '../../jobs/limits.ts'
import { hourPasses } from '../helpers/hour_passes.ts'
import { until } from '../kills/places/place.ts'
import type { Victims } from '../kills/victims.ts'
import { rowsOf } from '../push_schedules/rows.ts'
import { happen, leadTo } from './happenings.ts'
import { judge } from './judge.ts'
import { takenForDead, takeUpOrphans } from './orphans.ts'
import { described, type Schedule, type Step } from './schedule.ts'
import { holdsAt } from './seams.ts'
import { pick } from './shops.ts'
import type { Table } from './table.ts'
import { openStage, type Stage, type World } from './world.ts'

/** `rows`: of a story that ends otherwise, what Crossdock wrote down is told too. */
type Tools = { victims: Victims; table: Table; rows?: boolean }

/** Everything a story needs while it is told; `told` is what happened, for whoever has to look at one. */
type Telling = { stage: Stage; random: Random; victims: Victims; table: Table; told: string[] }

/**
 * Tells a story: things happen at the shops before runs and within them, runs are killed or lose answers, and in the end
 * the shops must be as the rules have them. Throws what is not, with what happened.
 */
export async function carryOut(world: World, tools: Tools, schedule: Schedule): Promise<void> {
    const stage = await openStage(world)
    const { victims, table } = tools
    const telling: Telling = { stage, random: randomOf(schedule.seed, 36), victims, table, told: [] }
    try {
        for (const shop of stage.sandbox.shops.keys()) {
            await stage.sandbox.control('lag.set', { shop, ms: schedule.lagMs })
        }
        for (const step of schedule.steps) await carryOutStep(telling, step)
        await takeUpOrphans(stage.host)
        await judge(stage, schedule)
    } catch (error) {
        const told = telling.told.map((line) => `\n    ${line}`).join('')
        const rows = tools.rows ? `\n${await rowsOf(stage)}` : ''
        throw new Error(`${described(schedule)}: ${(error as Error).message}${told}${rows}`, { cause: error })
    } finally {
        await stage.close()
    }
}

async function carryOutStep(telling: Telling, step: Step): Promise<void> {
    const { stage, random, told, table } = telling
    const destination = pick(random, stage.world.connections)!.destination
    if (step.seam.lead) told.push(await leadTo(stage, destination, step.seam.lead))
    await stage.sandbox.control('clock.advance', { seconds: step.later })
    told.push(`${step.later} s later`)
    for (let n = 0; n < step.before; n++) told.push(await happen(stage, random))
    table.hit('between runs')
    if (step.trouble) await stage.sandbox.control('fail.next', { ...step.trouble, ...shopOf(telling, step.trouble) })
    const state = await runWithSeam(telling, step, destination)
    await stage.sandbox.control('fail.clear')
    await hourPasses(stage.host.db)
    told.push(`${step.job} ended ${state}`)
    const mayFail = step.trouble !== null || step.killed
    assert.ok(mayFail || state === 'done' || state === 'held', `${step.job} ended ${state}`)
}

/** A reading that breaks off is one store's; lost answers are the first that comes. */
function shopOf({ stage, random }: Telling, { kind }: NonNullable<Step['trouble']>) {
    return kind.startsWith('bulk_') ? { shop: pick(random, [...stage.sandbox.shops.keys()]) } : {}
}

/** A run that stands at its seam while something happens. Says how it ended. */
async function runWithSeam(telling: Telling, step: Step, destination: string): Promise<string> {
    const { stage, random, told, table } = telling
    for (const fault of holdsAt(step.seam, destination)) await stage.sandbox.control('fail.next', fault)
    let ended: string | null = null
    const { work, kill } = workAt(telling, step)
    const run = work.then((state) => {
        ended = state
        return state
    })
    const isHeld = async () => ((await stage.sandbox.control('fail.status')) as { held: number }).held > 0
    const stands = () =>
        until('the run to come to its seam, or to end', async () => ended !== null || (await isHeld()), {
            longestMs: 170_000,
        })
    await stands()
    if (ended === null && step.seam.late) {
        told.push(`${step.job} is late: ${await leadTo(stage, destination, 'sale')}`)
        await stage.sandbox.control('fail.release')
        await stands()
    }
    if (ended === null) {
        table.hit(step.seam.name)
        told.push(`${step.job} stands ${step.seam.name}`)
        for (let n = 0; n < step.within; n++) told.push(await happen(stage, random))
        if (kill) {
            await kill()
            told.push('killed')
            table.hit('killed')
        }
        await stage.sandbox.control('fail.release', { drop: kill !== null })
    }
    const state = await run
    if (kill) await takenForDead(stage.host)
    return state
}

type Work = { work: Promise<string>; kill: (() => Promise<void>) | null }

function workAt({ stage, victims, table }: Telling, { job, killed, beside }: Step): Work {
    const { host, world } = stage
    if (killed) {
        const victim = victims.take()
        const order = { url: host.db.url, key: world.key.toString('hex'), account_id: world.account_id, job, limits }
        return { work: victim.work(order).then(({ state }) => state), kill: () => victim.kill() }
    }
    if (!beside) return { work: stage.run(job).then(({ state }) => state), kill: null }
    table.hit('two workers')
    const both = Promise.all([stage.run(job), stage.run(job === 'hourly' ? 'nightly' : 'hourly')])
    return { work: both.then(([one, other]) => (one.state === 'failed' ? one : other).state), kill: null }
}
