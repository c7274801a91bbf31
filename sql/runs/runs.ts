import { query } from '../query.ts'
import type { Queryable } from '../session.ts'

/** A process tells its run's row every few seconds that it lives; silent for this long, it is taken for dead. */
export const STALE_AFTER_S = 15

export type RunState = 'queued' | 'running' | 'done' | 'held' | 'failed' | 'dropped'
export type Reason = 'schedule' | 'catch_up' | 'person' | 'job'
/** JSON as jsonb holds it. */
export type JsonObject = { [key: string]: unknown }

/** A row of `runs`. State `lost`: its process is silent, and nobody has taken it over yet. */
export type RunRow = {
    account_id: number
    run_id: string
    job: string
    arguments: JsonObject
    reason: Reason
    slot: string | null
    state: RunState | 'lost'
    attempt: number
    /** By step: how many of how many. */
    progress: { [step: string]: { done: number; total?: number } }
    result: JsonObject | null
    error: string | null
    requested_at: string
    started_at: string | null
    heartbeat_at: string | null
    ended_at: string | null
}

/** The last runs of an account, the newest first. */
export async function runsOf(q: Queryable, accountId: number, limit: number): Promise<RunRow[]> {
    return query<RunRow>(q, 'runs/runs_of', {
        account_id: accountId,
        run_id: null,
        limit,
        stale_after: STALE_AFTER_S,
    })
}

/** One run. Throws a sentence where the account has no such run. */
export async function runById(q: Queryable, accountId: number, runId: string): Promise<RunRow> {
    const [run] = await query<RunRow>(q, 'runs/runs_of', {
        account_id: accountId,
        run_id: runId,
        limit: 1,
        stale_after: STALE_AFTER_S,
    })
    if (!run) throw new Error(`Expected a run of account ${accountId}, got ${runId}: see crossdock status.`)
    return run
}

export type Takeable = { account_id: number; run_id: string; job: string }

/** Runs of every account that a worker may take: those that wait, and those whose process has died. */
export async function takeableRuns(q: Queryable): Promise<Takeable[]> {
    return query<Takeable>(q, 'runs/takeable', { stale_after: STALE_AFTER_S })
}

/** Ids of an account's waiting runs of a job. */
export async function waitingRuns(q: Queryable, accountId: number, job: string): Promise<string[]> {
    const rows = await query<{ run_id: string }>(q, 'runs/waiting', { account_id: accountId, job })
    return rows.map(({ run_id }) => run_id)
}

/** An account's time zone in which schedules run, that of one or more of its connected sources. */
export type ZoneRow = {
    account_id: number
    zone: string
    /** Since when anything is connected there: no slot before it was missed. */
    since: string
    /** How many zones the account has. */
    zones: number
}

/** The zones of every account that has something connected (D20). */
export async function scheduleZones(q: Queryable): Promise<ZoneRow[]> {
    return query<ZoneRow>(q, 'runs/zones')
}
