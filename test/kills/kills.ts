/**
 * Kills runs by seeds and looks what becomes of them: `npm run kills -- [--seeds N] [--from 1] [--pairs 2] [--calm]`.
 * `--seeds`: so many, by default as many as there are places. `--pairs`: so many stories more in which two workers work side by side and one of them is killed. With `--calm` the
 * stories of the seeds are told without their kills: what fails then as well is no kill's fault.
 * Prints each story as it ends and a table of the places that were hit; exit 1 where one ended otherwise than it must.
 */
import { parseArgs } from 'node:util'
import { startTestServer } from '../helpers/test_server.ts'
import { carryOut } from './carry_out.ts'
import { places } from './places/index.ts'
import { described, scheduleOf } from './schedule.ts'
import { sharedPlaces, twoWorkers } from './side_by_side.ts'
import { openTable } from './table.ts'
import { openVictims } from './victims.ts'
import { makeWorld, type World } from './world.ts'

const { values } = parseArgs({
    options: {
        seeds: { type: 'string', default: String(places.length) },
        from: { type: 'string', default: '1' },
        pairs: { type: 'string', default: '2' },
        calm: { type: 'boolean', default: false },
    },
})
const numbers = (count: string) => Array.from({ length: Number(count) }, (_, index) => Number(values.from) + index)

const table = openTable(places)
const failures: string[] = []
const server = await startTestServer()
const victims = openVictims()
try {
    const world = await makeWorld(server)
    for (const seed of numbers(values.seeds)) await tell(world, seed)
    for (const seed of numbers(values.pairs)) await tellOfTwo(world, seed)
    await world.close()
} finally {
    victims.close()
    await server.stop()
}
console.log(`\n${table.text()}\n\n${table.total()} kills, ${failures.length} stories ended otherwise than they must`)
const missed = Number(values.seeds) >= places.length ? table.missed() : []
if (missed.length > 0) console.log(`not hit: ${missed.join(', ')}`)
process.exitCode = failures.length > 0 || missed.length > 0 ? 1 : 0

async function tell(world: World, seed: number): Promise<void> {
    const schedule = values.calm ? { ...scheduleOf(seed), kills: [] } : scheduleOf(seed)
    await timed(described(schedule), carryOut(world, victims, schedule, table))
}

async function tellOfTwo(world: World, seed: number): Promise<void> {
    const place = sharedPlaces[(seed * 7) % sharedPlaces.length]!
    await timed(`seed ${seed}, two workers: one killed ${place.seam} ${place.name}`, twoWorkers(world, place, seed))
}

async function timed(what: string, story: Promise<void>): Promise<void> {
    const begun = performance.now()
    const said = await story.then(
        () => 'ok',
        (error: Error) => {
            failures.push(error.message)
            return `FAILED: ${error.message}`
        },
    )
    console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${what}: ${said}`)
}
