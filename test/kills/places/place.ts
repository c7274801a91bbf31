import { setTimeout } from 'node:timers/promises'
import type { Stage } from '../world.ts'

/** Where in a run a kill happens. */
export type Place = {
    /** What is under way: a kind of call, a step of a reading … */
    name: string
    /** Where in it: before or after its sending, midway, at its commit. */
    seam: 'before' | 'after' | 'midway' | 'commit'
    /** The run sends everything it can as bulk mutations. */
    bulk?: true
    /** How many such moments a run has at least; the kill is at one of them. */
    moments: number
    /** Makes the run stop there, at the `nth` such moment from 1. */
    arm(stage: Stage, nth: number): Promise<Trap>
}

export type Trap = {
    /** Whether the run stands there. */
    reached(): Promise<boolean>
    /** Takes the trap away. `drop`: requests that stand in it get no answer, as when the network or process is gone. */
    release(options: { drop: boolean }): Promise<void>
}

/** Looks again until it is so. Throws, saying what was waited for, when it is not so in time. */
export async function until(
    what: string,
    look: () => Promise<boolean> | boolean,
    { everyMs = 5, longestMs = 60_000 } = {},
): Promise<void> {
    for (const latest = performance.now() + longestMs; performance.now() < latest; await setTimeout(everyMs)) {
        if (await look()) return
    }
    throw new Error(`Expected ${what} within ${longestMs / 1000} s.`)
}
