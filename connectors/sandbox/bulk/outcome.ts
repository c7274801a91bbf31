import { setImmediate as nextTurn } from 'node:timers/promises'

/** How a bulk operation ended; `signature` names its result file, null if there is nothing to fetch. */
export type Outcome = {
    status: 'COMPLETED' | 'FAILED' | 'CANCELED'
    errorCode: string | null
    signature: string | null
    partial: boolean
    objects: number
    roots: number
    bytes: number
}

/** What a run is told while it works, and what it tells: counts so far. */
export type Progress = { canceled: boolean; objects: number; roots: number }

export const canceled = (progress: Progress): Outcome => ({
    status: 'CANCELED',
    errorCode: null,
    signature: null,
    partial: false,
    objects: progress.objects,
    roots: progress.roots,
    bytes: 0,
})

// The sandbox often shares its process with what it is tested by: a run must not hold the loop for long.
const TURN_MS = 15

/** Gives the rest of the process its turn when `since` is long enough ago; returns the start of the next stretch. */
export async function breathe(since: number): Promise<number> {
    if (performance.now() - since < TURN_MS) return since
    await nextTurn()
    return performance.now()
}
