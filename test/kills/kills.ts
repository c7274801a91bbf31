/**
 * Kills runs by seeds and looks what becomes of them: `npm run kills -- [--seeds 100] [--from 1] [--calm]`.
 * With `--calm` the same stories are told without their kills: what fails then as well is no kill's fault.
 * Prints each seed as it ends and a table of the places that were hit; exit 1 where one ended otherwise than it must.
 */
import { parseArgs } from 'node:util'
import { startTestServer } from '../helpers/test_server.ts'
import { carryOut } from './carry_out.ts'
import { places } from './places/index.ts'
import { described, scheduleOf } from './schedule.ts'
import { openTable } from './table.ts'
import { openVictims } from './victims.ts'
import { makeWorld } from './world.ts'

const { values } = parseArgs({
    options: {
        seeds: { type: 'string', default: '100' },
        from: { type: 'string', default: '1' },
        calm: { type: 'boolean', default: false },
    },
})
const first = Number(values.from)
const all = Array.from({ length: Number(values.seeds) }, (_, index) => scheduleOf(first + index))

const table = openTable(places)
const failures: string[] = []
const server = await startTestServer()
const victims = openVictims()
try {
    const world = await makeWorld(server)
    for (const told of all) {
        const schedule = values.calm ? { ...told, kills: [] } : told
        const begun = performance.now()
        const error = await carryOut(world, victims, schedule, table).then(
            () => null,
            (error: Error) => error,
        )
        if (error) failures.push(error.message)
        const took = ((performance.now() - begun) / 1000).toFixed(1)
        console.log(`${error ? 'FAILED' : 'ok'}  ${took} s  ${error ? error.message : described(schedule)}`)
    }
    await world.close()
} finally {
    victims.close()
    await server.stop()
}
console.log(`\n${table.text()}\n\n${table.total()} kills, ${failures.length} stories ended otherwise than they must`)
const missed = all.length >= places.length ? table.missed() : []
if (missed.length > 0) console.log(`not hit: ${missed.join(', ')}`)
process.exitCode = failures.length > 0 || missed.length > 0 ? 1 : 0
