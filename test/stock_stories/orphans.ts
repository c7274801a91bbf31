import { execute } from '../../jobs/execute.ts'
import type { Host } from '../../jobs/run_context.ts'
import { takeableRuns } from '../../sql/runs/runs.ts'

/** What a worker does as soon as it looks: it goes on with the runs of dead processes, whatever was read since. */
export async function takeUpOrphans(host: Host): Promise<void> {
    const { signal } = new AbortController()
    for (const { account_id, run_id } of await takeableRuns(host.db)) {
        await execute(host, account_id, run_id, { signal, stopped: 'failed' })
    }
}

/** Until a silent process is taken for dead. */
export async function takenForDead({ db }: Host): Promise<void> {
    await db.send(`update runs set heartbeat_at = heartbeat_at - interval '1 minute' where state = 'running'`)
}
