import { setTimeout as delay } from 'node:timers/promises'

/** Time as the client sees it; tests put their own in its place. */
export type Clock = {
    /** Milliseconds; only differences are used. */
    now(): number
    /** Rejects with the signal's reason when it is aborted. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const realClock: Clock = {
    now: () => performance.now(),
    sleep: async (ms, signal) => {
        await delay(ms, undefined, { signal }).catch((error) => {
            signal?.throwIfAborted()
            throw error
        })
    },
}

/** Gives waits that grow by half from `first` to `longest` milliseconds: short at first, as a small run ends at once. */
export function growingWait(first: number, longest: number): () => number {
    let next = first
    return () => {
        const wait = next
        next = Math.min(next * 1.5, longest)
        return wait
    }
}
