import { createTask, type ScheduledTask } from 'node-cron'
import { instantOf, wallTime } from './wall_clock.ts'

const MINUTE_MS = 60_000

/** A slot missed longer ago than this is let go (rule 83). */
export const CATCH_UP_WITHIN_MS = 20 * 3_600_000

/** node-cron keeps every task it made, so one is made for each expression; never started, it only answers `match`. */
const patterns = new Map<string, ScheduledTask>()

/**
 * The last moment up to `now` at which a cron expression fell due in a zone, or null if that is more than 20 h ago.
 * Unlike node-cron it also finds the slot of a time that the clocks leapt over, so that a nightly at 02:00 is not lost
 * in the night when summer time begins.
 */
export function lastSlot(cron: string, zone: string, now: Date): Date | null {
    const pattern = patterns.get(cron) ?? createTask(cron, () => undefined, { timezone: 'UTC' })
    patterns.set(cron, pattern)
    const earliest = now.getTime() - CATCH_UP_WITHIN_MS
    // An hour more at either end, for clocks that were changed in between.
    const last = wallTime(now, zone).getTime() + 60 * MINUTE_MS
    for (let wall = last - (last % MINUTE_MS); wall > last - CATCH_UP_WITHIN_MS - 120 * MINUTE_MS; wall -= MINUTE_MS) {
        const time = new Date(wall)
        if (!pattern.match(time)) continue
        const slot = instantOf(time, zone).getTime()
        if (slot <= now.getTime()) return slot > earliest ? new Date(slot) : null
    }
    return null
}
