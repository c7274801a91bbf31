import type { Clock } from './context.ts'

/** A clock that runs `offset` milliseconds ahead of the machine's; it can be moved on or stand still, and never goes back. */
export function createClock(offset = 0): Clock {
    let ahead = offset
    let stoppedAt: number | null = null
    const now = () => stoppedAt ?? Date.now() + ahead
    return {
        now,
        iso: () => isoOf(now()),
        advance: (seconds) => {
            if (!(seconds >= 0)) throw new Error(`clock.advance: expected seconds of 0 or more, got ${seconds}`)
            if (stoppedAt === null) ahead += seconds * 1000
            else stoppedAt += seconds * 1000
        },
        stop: () => {
            stoppedAt = now()
        },
        go: () => {
            ahead = now() - Date.now()
            stoppedAt = null
        },
        offset: () => now() - Date.now(),
    }
}

/** Milliseconds since 1970 as Shopify's DateTime, in whole seconds: `2026-11-22T03:25:45Z`. */
export function isoOf(milliseconds: number): string {
    return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
