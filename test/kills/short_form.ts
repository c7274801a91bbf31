import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findOrStartServer } from '../helpers/test_server.ts'
import { carryOut } from './carry_out.ts'
import type { Place } from './places/place.ts'
import { chained, described } from './schedule.ts'
import { openTable } from './table.ts'
import { openVictims } from './victims.ts'
import { makeWorld, type World } from './world.ts'

/** One world for the tests of a file, made before the first. */
export function worldForFile(): () => World {
    let world: World
    before(async () => {
        world = await makeWorld(await findOrStartServer())
    })
    after(async () => {
        await world.close()
        await world.server.stop()
    })
    return () => world
}

/** Defines the tests of a file: kills at these places, several in one story, and at the end which were hit. */
export function killAtEach(places: readonly Place[]): void {
    const table = openTable(places)
    const victims = openVictims()
    const worldNow = worldForFile()
    after(() => victims.close())
    for (const schedule of chained(places)) {
        test(`rule 89: ${described(schedule)}`, () => carryOut(worldNow(), victims, schedule, table))
    }
    test('rule 89: each of these places was hit', (t) => {
        for (const line of table.text().split('\n')) t.diagnostic(line)
        assert.deepEqual(table.missed(), [])
    })
}
