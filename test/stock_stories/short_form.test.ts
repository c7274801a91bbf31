import { after, before, test } from 'node:test'
import { findOrStartServer, type TestServer } from '../helpers/test_server.ts'
import { openVictims } from '../kills/victims.ts'
import { carryOut } from './carry_out.ts'
import { plots } from './plots.ts'
import { described, scheduleOf } from './schedule.ts'
import { openTable } from './table.ts'
import { makeWorld, type World } from './world.ts'

/** Of two plots a few stories of one run each; `npm run stock-stories` tells more, and longer ones. */
const stories = [18, 20, 21, 23].map(scheduleOf).map((it) => ({ ...it, steps: it.steps.slice(0, 1) }))

const worlds = new Map<number, World>()
const victims = openVictims()
let server: TestServer
before(async () => {
    server = await findOrStartServer()
    for (const index of new Set(stories.map(({ plot }) => plot))) {
        worlds.set(index, await makeWorld(server, plots[index]!))
    }
})
after(async () => {
    for (const world of worlds.values()) await world.close()
    victims.close()
    await server.stop()
})

const table = openTable()
for (const schedule of stories) {
    test(`rule 17: stock is never sold twice: ${described(schedule)}`, async () => {
        await carryOut(worlds.get(schedule.plot)!, { victims, table }, schedule)
    })
}

test('rule 17: seams that were met', (t) => {
    for (const line of table.text().split('\n')) t.diagnostic(line)
})
