/**
 * Tells stories of stock by seeds: `npm run stock-stories -- [--seeds 40] [--from 1] [--only 7] [--rows]`. Prints each as it ends
 * and how often each seam was met; exit 1 where one ended otherwise than it must, or a seam was never met.
 */
import { parseArgs } from 'node:util'
import { startTestServer } from '../helpers/test_server.ts'
import { openVictims } from '../kills/victims.ts'
import { carryOut } from './carry_out.ts'
import { plots } from './plots.ts'
import { described, scheduleOf } from './schedule.ts'
import { openTable } from './table.ts'
import { makeWorld, type World } from './world.ts'

const { values } = parseArgs({
    options: {
        seeds: { type: 'string', default: '40' },
        from: { type: 'string', default: '1' },
        only: { type: 'string' },
        rows: { type: 'boolean' },
    },
})
const seeds = values.only
    ? [Number(values.only)]
    : Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.from) + index)

const table = openTable()
const failures: string[] = []
const server = await startTestServer()
const victims = openVictims()
const worlds = new Map<number, World>()
try {
    for (const seed of seeds) await tell(seed)
} finally {
    for (const world of worlds.values()) await world.close()
    victims.close()
    await server.stop()
}
console.log(`\n${table.text()}\n\n${seeds.length} stories, ${failures.length} ended otherwise than they must`)
const missed = values.only ? [] : table.missed()
if (missed.length > 0) console.log(`never met: ${missed.join(', ')}`)
process.exitCode = failures.length > 0 || missed.length > 0 ? 1 : 0

async function tell(seed: number): Promise<void> {
    const schedule = scheduleOf(seed)
    const world = worlds.get(schedule.plot) ?? (await makeWorld(server, plots[schedule.plot]!))
    worlds.set(schedule.plot, world)
    const begun = performance.now()
    const said = await carryOut(world, { victims, table, rows: values.rows ?? false }, schedule).then(
        () => `ok    ${described(schedule)}`,
        (error: Error) => {
            failures.push(error.message)
            return `FAILED: ${error.message}`
        },
    )
    console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${said}`)
}
