import type { Database } from '../sql/database.ts'
import { beat, type Claim, writeProgress } from '../sql/runs/claims.ts'
import { type JsonObject, STALE_AFTER_S } from '../sql/runs/runs.ts'
import { RunLostError } from './context.ts'

const BEAT_MS = 3_000
/** A process that could not say for this long that it lives must stop before another takes the run over. */
const SILENT_MS = (STALE_AFTER_S - 3) * 1000
/** Progress is written at most this often. */
const PROGRESS_MS = 1_000

export type Progress = { [step: string]: { done: number; total?: number } }

export type Heartbeat = {
    progress(step: string, done: number, total?: number): void
    /** Stops beating, when what is under way is done; the last progress is written. */
    stop(): Promise<void>
}

/** Says every few seconds that this process works at its run, with its progress; calls `lost` when the run is another's. */
export function startHeartbeat(db: Database, claim: Claim, lost: (error: RunLostError) => void): Heartbeat {
    const steps: Progress = {}
    let dirty = false
    let heardAt = performance.now()
    let underWay: Promise<void> | null = null

    async function tell(): Promise<void> {
        const progress = dirty ? ({ ...steps } as JsonObject) : null
        dirty = false
        const held = progress ? await writeProgress(db, claim, progress) : await beat(db, claim)
        if (!held) lost(new RunLostError(claim.run_id, claim.attempt))
        heardAt = performance.now()
    }

    function tick(): void {
        if (performance.now() - heardAt > SILENT_MS) lost(new RunLostError(claim.run_id, claim.attempt))
        // A beat that fails is no end: the next one may come through, and long silence ends the run above.
        underWay ??= tell()
            .catch(() => undefined)
            .finally(() => {
                underWay = null
            })
    }

    const beats = setInterval(tick, BEAT_MS)
    const writes = setInterval(() => dirty && tick(), PROGRESS_MS)
    return {
        progress(step, done, total) {
            steps[step] = { done, ...(total !== undefined && { total }) }
            dirty = true
        },
        async stop() {
            clearInterval(beats)
            clearInterval(writes)
            await underWay
            if (dirty) await tell().catch(() => undefined)
        },
    }
}
