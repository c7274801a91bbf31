import assert from 'node:assert/strict'
import { randomOf } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { limits } from '../../jobs/limits.ts'
import { hourPasses } from '../helpers/hour_passes.ts'
import { until } from '../kills/places/place.ts'
import type { Victims } from '../kills/victims.ts'
import { takenForDead, takeUpOrphans } from '../stock_stories/orphans.ts'
import { openStage, type World } from '../stock_stories/world.ts'
import { happen, lead, type Telling } from './happen.ts'
import { judge } from './judge.ts'
import { rowsOf } from './rows.ts'
import { described, type Schedule, type Step } from './schedule.ts'
import type { Seam } from './seams.ts'
import { destinationsOf, type Place, sourcesOf } from './shops.ts'
import type { Table } from './table.ts'

/** `rows`: of a story that fails, what Crossdock wrote down is told too. */
type Tools = { victims: Victims; table: Table; rows?: boolean }

/**
 * Tells a story: orders are made, paid, shipped and taken back at both ends before runs and within them; runs are killed or
 * lose answers; in the end every order has its one twin, and all that became of either is at the other once. Throws what is
 * not so, with what happened.
 */
export async function carryOut(world: World, tools: Tools, schedule: Schedule): Promise<void> {
    const stage = await openStage(world)
    const telling: Telling = { stage, random: randomOf(schedule.seed, 59), touched: new Map(), told: [] }
    try {
        const { lagMs, ...set } = schedule.shops
        for (const shop of stage.sandbox.shops.keys()) {
            await stage.sandbox.control('lag.set', { shop, ms: lagMs })
            await stage.sandbox.control('shop.set', { shop, set })
        }
        for (const step of schedule.steps) await carryOutStep(telling, tools, step)
        await takeUpOrphans(stage.host)
        await judge(stage, schedule, telling.told)
    } catch (error) {
        const told = telling.told.map((line) => `\n    ${line}`).join('')
        const rows = tools.rows ? `\n${await rowsOf(stage)}` : ''
        throw new Error(`${described(schedule)}: ${(error as Error).message}${told}${rows}`, { cause: error })
    } finally {
        await stage.close()
    }
}

async function carryOutStep(telling: Telling, tools: Tools, step: Step): Promise<void> {
    const { stage, told, touched } = telling
    await stage.sandbox.control('clock.advance', { seconds: step.later })
    told.push(`${step.later} s later`)
    for (let n = 0; n < step.before; n++) await happen(telling)
    const place = step.seam ? await lead(telling, step.seam) : null
    const before = [...touched.keys()]
    const state = await runWithSeam(telling, tools, step, place)
    await stage.sandbox.control('fail.clear')
    await hourPasses(stage.host.db)
    told.push(`${step.job} ended ${state}`)
    // what happened within the run the next one carries
    if (state === 'done') for (const id of before) touched.delete(id)
    const mayFail = step.trouble !== null || step.killed
    assert.ok(mayFail || state === 'done' || state === 'held', `${step.job} ended ${state}`)
}

/** A run that stands at its seam while something happens. Says how it ended. */
async function runWithSeam(
    telling: Telling,
    { table, victims }: Tools,
    step: Step,
    place: Place | null,
): Promise<string> {
    const { stage, told } = telling
    const { seam } = step
    if (!seam) return (await stage.run(step.job)).state
    if (step.trouble) return runWithTrouble(telling, table, step, place)
    await stage.sandbox.control('fail.next', { kind: seam.kind, ...seam.request, shop: shopOf(telling, seam, place) })
    let ended: string | null = null
    const { work, kill } = workAt(telling, { table, victims }, step)
    const run = work.then((state) => {
        ended = state
        return state
    })
    const isHeld = async () => ((await stage.sandbox.control('fail.status')) as { held: number }).held > 0
    await until('the run to come to its seam, or to end', async () => ended !== null || (await isHeld()), {
        longestMs: 170_000,
    })
    if (ended === null) {
        table.hit(seam.name)
        told.push(`${step.job} stands ${seam.name}`)
        for (let n = 0; n < step.within; n++) await happen(telling)
        if (kill) {
            await kill()
            told.push('killed')
            table.hit('killed')
        }
        await stage.sandbox.control('fail.release', { drop: kill !== null, late: false })
    }
    const state = await run
    if (kill) await takenForDead(stage.host)
    return state
}

/** A run to whose request something happens. */
async function runWithTrouble(telling: Telling, table: Table, step: Step, place: Place | null): Promise<string> {
    const { stage } = telling
    const { kind, ...more } = step.trouble!
    // of a reading the operation itself breaks off, not the request for it
    const { name, contains } = step.seam!.request
    const aimed = kind.startsWith('bulk_') ? { contains } : { name, contains }
    await stage.sandbox.control('fail.next', { kind, ...more, ...aimed, shop: shopOf(telling, step.seam!, place) })
    const { state } = await stage.run(step.job)
    const { waiting } = (await stage.sandbox.control('fail.status')) as { waiting: unknown[] }
    if (waiting.length === 0) table.hit(kind)
    return state
}

/** Where the run has its reason to come. */
function shopOf({ stage, random }: Telling, { at }: Seam, place: Place | null): string {
    const known = place?.[at]
    if (known) return known
    return random.one(at === 'source' ? sourcesOf(stage) : destinationsOf(stage))
}

type Work = { work: Promise<string>; kill: (() => Promise<void>) | null }

function workAt({ stage }: Telling, { table, victims }: Tools, { job, killed, beside }: Step): Work {
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
