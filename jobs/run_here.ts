import { setTimeout } from 'node:timers/promises'
import { requestRun } from '../sql/runs/requests.ts'
import { type RunRow, runById } from '../sql/runs/runs.ts'
import type { Arguments } from './context.ts'
import { execute, type Watch } from './execute.ts'
import type { Host } from './run_context.ts'

const LOOK_MS = 500

export type Asked = { account_id: number; job: string; arguments: Arguments }
export type Here = { signal: AbortSignal; watch?: Watch; say?: (line: string) => void }

/**
 * Asks for a run as a person and works at it in this process, whether or not workers run; while another run of the
 * account is at work, it waits. Should a worker have taken it first, its end is awaited. Returns the run's last state.
 */
export async function runHere(host: Host, { account_id, job, arguments: args }: Asked, here: Here): Promise<RunRow> {
    const asked = await requestRun(host.db, { account_id, job, arguments: args, reason: 'person' })
    if (asked === null) throw new Error('A run without a slot is always taken.')
    const { run_id } = asked
    if (asked.state === 'waiting') here.say?.(`Run ${run_id} of ${job} was waiting already: this is it.`)
    let told = ''
    while (true) {
        const executed = await execute(host, account_id, run_id, { ...here, stopped: 'failed' })
        if (executed.state !== 'busy') return runById(host.db, account_id, run_id)
        if (told !== executed.by) here.say?.(waiting(run_id, executed.by))
        told = executed.by
        await setTimeout(LOOK_MS, undefined, { signal: here.signal })
    }
}

function waiting(run: string, by: string): string {
    return by === run ? `A worker took run ${run} up: its end is awaited.` : `Run ${run} waits for run ${by} to end.`
}
