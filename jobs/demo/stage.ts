import { performance } from 'node:perf_hooks'
import { lastEntries } from '../../sql/reports/outcome.ts'
import type { Host } from '../run_context.ts'
import { runHere } from '../run_here.ts'
import { watchProgress } from '../watch.ts'
import { type Folder, type Progress, writeProgress } from './folder.ts'
import type { Connected, Judge } from './judge.ts'
import type { Shops } from './shops.ts'
import type { Voice } from './voice.ts'

/** What a demo works with. */
export type Stage = {
    host: Host
    account_id: number
    shops: Shops
    folder: Folder
    voice: Voice
    signal: AbortSignal
    /** Who is named for what is done. */
    who: string
    progress: Progress
    /** Seconds by phase, in order. */
    phases: { [phase: string]: number }
}

/** A stage whose stores are connected; `judge` is null where the oracle cannot be asked. */
export type Connection = Stage & { connections: Connected[]; judge: Judge | null }

/** Does something and adds the seconds it took to a phase. */
export async function timed<T>({ phases }: Pick<Stage, 'phases'>, phase: string, act: () => Promise<T>): Promise<T> {
    const begun = performance.now()
    try {
        return await act()
    } finally {
        const seconds = (performance.now() - begun) / 1000
        phases[phase] = Number(((phases[phase] ?? 0) + seconds).toFixed(1))
    }
}

/** Works at a job here and now, as `crossdock run` does. Throws where it fails. */
export async function work({ host, account_id, signal }: Stage, job: string): Promise<void> {
    const { watch, end } = watchProgress()
    const asked = { account_id, job, arguments: {} }
    const row = await runHere(host, asked, { signal, watch }).finally(end)
    signal.throwIfAborted()
    if (row.state !== 'done' && row.state !== 'held')
        throw new Error(`Run ${row.run_id}, ${job}, ${row.state}: ${row.error}`)
}

/** Does something under the eyes of the oracle, which thinks about it while the demo goes on. */
export async function judged(stage: Connection, act: () => Promise<unknown>): Promise<void> {
    if (stage.judge === null) await act()
    else await stage.judge.judged(act, (run) => timed(stage, 'oracle', run))
}

/** Notes how far the demo came. */
export async function note({ host, account_id, folder, progress }: Stage, now: Partial<Progress>): Promise<void> {
    const { run, event } = await lastEntries(host.db, { account_id })
    Object.assign(progress, now, { run, event })
    await writeProgress(folder, progress)
}
