import { createTask, parse, type ScheduledTask } from 'node-cron'
import { instantOf, type WallTime, wallTime } from './wall_clock.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** A slot missed longer ago than this is let go (rule 83). */
export const CATCH_UP_WITHIN_MS = 20 * 3_600_000

type Pattern = { task: ScheduledTask; hours: number[]; minutes: number[] }

/** node-cron keeps every task it made, so one is made for each expression; never started, it only answers `match`. */
const patterns = new Map<string, Pattern>()

/**
 * The last moment up to `now` at which a cron expression fell due in a zone, or null if that is more than 20 h ago.
 * Unlike node-cron it also finds the slot of a time that the clocks leapt over, so that a nightly at 02:00 is not lost
 * in the night when summer time begins.
 */
export function lastSlot(cron: string, zone: string, now: Date): Date | null {
    const earliest = now.getTime() - CATCH_UP_WITHIN_MS
    for (const wall of wallTimesBack(cron, wallTime(now, zone))) {
        const slot = instantOf(wall, zone).getTime()
        if (slot <= now.getTime()) return slot > earliest ? new Date(slot) : null
    }
    return null
}

/** The times a clock on the wall showed, and an expression means, from an hour ahead back over a day, latest first. */
function* wallTimesBack(cron: string, wall: WallTime): Generator<WallTime> {
    const { task, hours, minutes } = patternOf(cron)
    const thisHour = wall.getTime() - (wall.getTime() % HOUR_MS)
    // An hour ahead and more than a day back, for clocks that were changed in between.
    for (let back = -1; back <= 25; back++) {
        const hour = new Date(thisHour - back * HOUR_MS)
        if (!hours.includes(hour.getUTCHours())) continue
        for (const minute of minutes.toReversed()) {
            const time = new Date(hour.getTime() + minute * MINUTE_MS)
            if (task.match(time)) yield time
        }
    }
}

function patternOf(cron: string): Pattern {
    const known = patterns.get(cron)
    if (known) return known
    const { hour, minute } = parse(cron)
    const task = createTask(cron, () => undefined, { timezone: 'UTC' })
    const pattern = { task, hours: hour, minutes: minute.toSorted((a, b) => a - b) }
    patterns.set(cron, pattern)
    return pattern
}
