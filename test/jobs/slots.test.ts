import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendar } from '../../jobs/calendar.ts'
import { registry } from '../../jobs/registry.ts'
import { lastSlot } from '../../jobs/slots.ts'

const at = (cron: string, zone: string, now: string) => lastSlot(cron, zone, new Date(now))?.toISOString() ?? null

test('a slot is found in the zone of the source, summer and winter', () => {
    assert.equal(at('0 2 * * *', 'Europe/Berlin', '2026-07-10T05:00:00Z'), '2026-07-10T00:00:00.000Z')
    assert.equal(at('0 2 * * *', 'Europe/Berlin', '2026-01-09T20:59:00Z'), '2026-01-09T01:00:00.000Z')
    assert.equal(at('0 2 * * *', 'America/New_York', '2026-07-10T06:00:00Z'), '2026-07-10T06:00:00.000Z')
    assert.equal(at('5 * * * *', 'UTC', '2026-07-10T06:04:59Z'), '2026-07-10T05:05:00.000Z')
})

test('a slot more than 20 hours ago is let go', () => {
    assert.equal(at('0 2 * * *', 'UTC', '2026-07-10T22:01:00Z'), null)
    assert.equal(at('0 2 * * *', 'UTC', '2026-07-10T21:59:00Z'), '2026-07-10T02:00:00.000Z')
})

test('rule 83: a time that the clocks leap over has its slot, one they show twice has one', () => {
    // 02:00 does not exist on 29 March: 01:00 UTC is 03:00.
    assert.equal(at('0 2 * * *', 'Europe/Berlin', '2026-03-29T06:00:00Z'), '2026-03-29T01:00:00.000Z')
    // On 25 October 02:00 is shown at 00:00 UTC and again at 01:00 UTC.
    assert.equal(at('0 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z'), null)
    assert.equal(at('0 2 * * *', 'Europe/Berlin', '2026-10-25T06:00:00Z'), '2026-10-25T01:00:00.000Z')
    // Clocks that move by half an hour.
    assert.equal(at('0 2 * * *', 'Australia/Lord_Howe', '2026-10-03T16:00:00Z'), '2026-10-03T15:30:00.000Z')
})

test('every job in the calendar has its function, and every function its entry', () => {
    const named = calendar.map(({ name }) => name).sort()
    assert.deepEqual(named, Object.keys(registry).sort(), 'add what is missing to jobs/calendar.ts or jobs/registry.ts')
})
