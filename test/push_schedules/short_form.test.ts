import { after, before, test } from 'node:test'
import { findOrStartServer, type TestServer } from '../helpers/test_server.ts'
import { openVictims } from '../kills/victims.ts'
import { makeWorld, type World } from '../stock_stories/world.ts'
import { carryOut } from './carry_out.ts'
import { plots } from './plots.ts'
import { described, scheduleOf } from './schedule.ts'
import { openTable } from './table.ts'

/** Of two plots one story each, with one seam; `npm run push-schedules` tells more, and longer ones. */
const stories = [12, 24].map(scheduleOf).map((it) => ({ ...it, steps: [it.steps[0]!, it.steps[3]!] }))

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
    test(`rules 59 and 89: every order once, and all that became of it: ${described(schedule)}`, async () => {
        await carryOut(worlds.get(schedule.plot)!, { victims, table }, schedule)
    })
}
