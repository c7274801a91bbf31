/**
 * How fast it is, as ratios to yardsticks measured in the same run on the same rows (design §9):
 *
 *   npm run bench                       a million variants a side, as a table
 *   npm run bench -- --rows 200000      another size
 *   npm run bench -- --json             one object on stdout, all else on stderr
 *   npm run bench -- --steps            also the milliseconds of each step of a comparison
 *   npm run bench -- --rounds 1         instead of the median of three
 *
 * Ends with 1 where a run came to wrong counts; a limit that is exceeded is shown, not failed: machines differ.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { temporaryFolder } from '../helpers/temporary.ts'
import { startTestServer } from '../helpers/test_server.ts'
import { buildHouse } from './house.ts'
import { print } from './report.ts'
import { measure } from './rounds.ts'

const { values } = parseArgs({
    options: {
        rows: { type: 'string', default: '1000000' },
        rounds: { type: 'string', default: '3' },
        json: { type: 'boolean', default: false },
        steps: { type: 'boolean', default: false },
    },
})
const rows = Number(values.rows)
const rounds = Number(values.rounds)
if (!Number.isInteger(rows / 1000) || rows <= 0) {
    console.error(`--rows: expected thousands of variants a side, such as 200000, got ${values.rows}.`)
    process.exit(2)
}
if (!Number.isInteger(rounds) || rounds < 1) {
    console.error(`--rounds: expected a number from 1 up, got ${values.rounds}.`)
    process.exit(2)
}

const tell = (text: string) => console.error(`${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${text}`)
const folder = await temporaryFolder('bench')
const server = await startTestServer()
const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true }), () => server.stop()]
try {
    tell(`making ${rows} variants a side, and half as many`)
    const whole = await buildHouse(server, join(folder, 'whole'), rows)
    ends.push(() => whole.close())
    const half = await buildHouse(server, join(folder, 'half'), rows / 2)
    ends.push(() => half.close())
    const measured = await measure({ whole, half, rounds, steps: values.steps, tell })
    print(measured, { rows, rounds, json: values.json })
} finally {
    for (const end of ends.reverse()) await end()
}
