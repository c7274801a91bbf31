import { query, queryFirst } from '../query.ts'
import { type RunRow, STALE_AFTER_S } from '../runs/runs.ts'
import type { Queryable } from '../session.ts'
import type { Sight } from './connections.ts'

/** A run as a page shows it: only operators see what it counted; others see no step and no error that names another store. */
export type SeenRun = Pick<
    RunRow,
    | 'account_id'
    | 'run_id'
    | 'job'
    | 'arguments'
    | 'reason'
    | 'state'
    | 'attempt'
    | 'progress'
    | 'result'
    | 'error'
    | 'requested_at'
    | 'started_at'
    | 'ended_at'
>

/** `whole`: an operator looks, at everything. */
export type RunSight = Sight & { whole: boolean }
export type RunFilter = { job?: string | null; state?: string | null; before?: string | null; limit: number }

/** Runs in sight, the newest first. */
export async function seenRuns(q: Queryable, { account_id, stores, whole }: RunSight, filter: RunFilter) {
    const { job = null, state = null, before = null, limit } = filter
    return query<SeenRun>(q, 'pages/seen_runs', {
        ...{ account_id, stores, whole, run_id: null, stale_after: STALE_AFTER_S },
        ...{ job, state, before, limit },
    })
}

/** One of them, or null. */
export async function seenRun(q: Queryable, { account_id, stores, whole }: RunSight, run_id: string) {
    return queryFirst<SeenRun>(q, 'pages/seen_runs', {
        ...{ account_id, stores, whole, run_id, stale_after: STALE_AFTER_S },
        ...{ job: null, state: null, before: null, limit: 1 },
    })
}
