import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { pino } from 'pino'
import { type Slot, startClock } from '../../jobs/clock.ts'
import { fireOn } from '../../jobs/fire.ts'
import { runsOf } from '../../sql/runs/runs.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { testDatabase } from '../helpers/database.ts'

const MINUTE_MS = 60_000
const log = pino({ level: 'silent' })

/** Three clocks over one set of fired slots, as the unique row in the database would keep it; what they fired. */
async function threeClocks(t: TestContext, zone: string, from: string, hours: number): Promise<Slot[]> {
    t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: new Date(from) })
    const fired = new Map<string, Slot>()
    const fire = async (slot: Slot) => {
        const later = [...fired.values()].some((one) => one.job === slot.job && one.slot >= slot.slot)
        if (later) return false
        fired.set(`${slot.job} ${slot.slot.toISOString()}`, slot)
        return true
    }
    const zones = async () => [{ account_id: 1, zone, since: from, zones: 1 }]
    const clocks = await Promise.all([1, 2, 3].map(() => startClock({ zones, fire, log })))
    for (let minute = 0; minute < hours * 60; minute++) {
        t.mock.timers.tick(MINUTE_MS)
        await setImmediate()
    }
    await Promise.all(clocks.map((clock) => clock.stop()))
    return [...fired.values()]
}

const slotsOf = (slots: Slot[], job: string) =>
    slots.filter((slot) => slot.job === job).map(({ slot }) => slot.toISOString().slice(0, 16))

test('rule 83: three clocks fire each slot once', async (t) => {
    const slots = await threeClocks(t, 'America/New_York', '2026-07-10T03:30:00Z', 4)
    assert.deepEqual(slotsOf(slots, 'nightly'), ['2026-07-10T06:00'])
    assert.deepEqual(slotsOf(slots, 'hourly'), [
        '2026-07-10T04:05',
        '2026-07-10T05:05',
        '2026-07-10T06:05',
        '2026-07-10T07:05',
    ])
    assert.deepEqual(new Set(slots.map(({ reason }) => reason)), new Set(['schedule']))
})

test('rule 83: the nightly runs once in the night when summer time begins', async (t) => {
    const slots = await threeClocks(t, 'Europe/Berlin', '2026-03-28T12:00:00Z', 40)
    assert.deepEqual(slotsOf(slots, 'nightly'), ['2026-03-29T01:00', '2026-03-30T00:00'])
})

test('rule 83: the nightly runs once in the night when summer time ends, and no hour is left out', async (t) => {
    const slots = await threeClocks(t, 'Europe/Berlin', '2026-10-24T22:30:00Z', 30)
    assert.deepEqual(slotsOf(slots, 'nightly'), ['2026-10-25T01:00', '2026-10-26T01:00'])
    assert.equal(slotsOf(slots, 'hourly').length, 30)
})

test('rule 83: of three clocks at one database one has the slot, and a missed one is caught up once', async (t) => {
    const { db } = await testDatabase(t)
    const { account_id } = await addAccount(db, 'northwind')
    const fire = fireOn(db)
    const slot = { account_id, job: 'nightly', arguments: {}, slot: new Date('2026-07-10T06:00:00Z') }
    const won = await Promise.all([1, 2, 3].map(() => fire({ ...slot, reason: 'schedule' })))
    assert.deepEqual(won.sort(), [false, false, true])

    const next = { ...slot, slot: new Date('2099-07-11T06:00:00Z'), reason: 'catch_up' as const }
    const caught = await Promise.all([1, 2, 3].map(() => fire(next)))
    assert.deepEqual(caught.sort(), [false, false, true])
    // The second found its like waiting (rule 82).
    assert.deepEqual(
        (await runsOf(db, account_id, 10)).map(({ state, reason }) => [state, reason]),
        [
            ['dropped', 'catch_up'],
            ['queued', 'schedule'],
        ],
    )
    assert.equal(await fire({ ...slot, reason: 'catch_up' }), false, 'what ran since needs no catching up')
})
