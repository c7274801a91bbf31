import type { Clock } from './context.ts'

/** A clock that runs `offset` milliseconds ahead of the machine's and can be moved on, never back. */
export function createClock(offset = 0): Clock {
    let ahead = offset
    return {
        now: () => Date.now() + ahead,
        iso: () => isoOf(Date.now() + ahead),
        advance: (seconds) => {
            if (!(seconds >= 0)) throw new Error(`clock.advance: expected seconds of 0 or more, got ${seconds}`)
            ahead += seconds * 1000
        },
        offset: () => ahead,
    }
}

/** Milliseconds since 1970 as Shopify's DateTime, in whole seconds: `2026-11-22T03:25:45Z`. */
export function isoOf(milliseconds: number): string {
    return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
