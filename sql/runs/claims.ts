import { transaction } from '../database.ts'
import { execute, queryOne } from '../query.ts'
import type { Queryable, Session } from '../session.ts'
import { audit } from './audit.ts'
import { type JsonObject, type RunState, STALE_AFTER_S } from './runs.ts'

/** A run that ended its process so many times is not begun again by itself. */
const MOST_ATTEMPTS = 5

/** A run that this process holds: `attempt` is its fencing number. */
export type Claim = { account_id: number; run_id: string; attempt: number }

export type Claimed =
    | { taken: true; claim: Claim; job: string; arguments: JsonObject }
    /** `over`: nothing is left to do. `busy`: it, or another run of its account, is at work; `by` says which. */
    | { taken: false; why: 'over' }
    | { taken: false; why: 'busy'; by: string }

type Standing = {
    state: RunState
    attempt: number
    job: string
    arguments: JsonObject
    alive: boolean | null
    busy_with: string | null
}

/**
 * Takes a waiting run, or one whose process has died; `attempt` counts up, so that whoever held it may change nothing
 * any more. One run of an account works at a time, but for one that lets this one work `beside` it (rule 82).
 * Throws where there is no such run.
 */
export async function claimRun(
    q: Queryable,
    accountId: number,
    runId: string,
    beside: string | null = null,
): Promise<Claimed> {
    return transaction(q, async (tx) => {
        const key = { account_id: accountId, run_id: runId }
        await execute(tx, 'runs/lock_account', { account_id: accountId })
        const refused = refusal(await standing(tx, key, beside), runId)
        if (refused) return refused
        await execute(tx, 'runs/lock_run', key)
        const run = await standing(tx, key, beside)
        const late = refusal(run, runId)
        if (late) return late
        if (run.state === 'running' && run.attempt >= MOST_ATTEMPTS) return giveUp(tx, key, run)
        const { attempt } = await queryOne<{ attempt: number }>(tx, 'runs/claim', key)
        await audit(tx, { ...key, who: run.job, what: attempt === 1 ? 'run.begun' : 'run.taken_over' })
        return { taken: true, claim: { ...key, attempt }, job: run.job, arguments: run.arguments }
    })
}

type Key = { account_id: number; run_id: string }

function standing(tx: Queryable, key: Key, beside: string | null): Promise<Standing> {
    return queryOne<Standing>(tx, 'runs/standing', { ...key, beside: beside ?? '0', stale_after: STALE_AFTER_S })
}

function refusal({ state, alive, busy_with }: Standing, runId: string): Claimed | null {
    if (state !== 'queued' && state !== 'running') return { taken: false, why: 'over' }
    if (alive) return { taken: false, why: 'busy', by: runId }
    return busy_with === null ? null : { taken: false, why: 'busy', by: busy_with }
}

async function giveUp(tx: Queryable, key: Key, { job, attempt }: Standing): Promise<Claimed> {
    const error =
        `The process of this run died ${attempt} times. It is not begun again by itself: look why ` +
        `(memory, the worker's log), then ask for ${job} again.`
    await execute(tx, 'runs/give_up', { ...key, error })
    await audit(tx, { ...key, who: job, what: 'run.given_up' })
    return { taken: false, why: 'over' }
}

/** In a transaction: true while this process holds the run, which cannot be taken over until the transaction ends. */
export async function holdsRun(tx: Session, { account_id, run_id, attempt }: Claim): Promise<boolean> {
    const held = await queryOne<{ attempt: number | null }>(tx, 'runs/attempt', { account_id, run_id })
    return held.attempt === attempt
}

/** Says that this process lives. False: the run is another's now. */
export async function beat(q: Queryable, { account_id, run_id, attempt }: Claim): Promise<boolean> {
    return (await execute(q, 'runs/heartbeat', { account_id, run_id, attempt })) === 1
}

/** Writes how far the run is, and that its process lives. False: the run is another's now. */
export async function writeProgress(q: Queryable, claim: Claim, progress: JsonObject): Promise<boolean> {
    const { account_id, run_id, attempt } = claim
    return (await execute(q, 'runs/progress', { account_id, run_id, attempt, progress })) === 1
}

/** How a run ended; `queued`: its process was asked to end, and another may take it up. */
export type End = { state: 'done' | 'held' | 'failed' | 'queued'; result?: JsonObject | null; error?: string }

/** Ends a run. False: it is another's now, and stays as it is. */
export async function endRun(q: Queryable, claim: Claim, { state, result, error }: End): Promise<boolean> {
    const { account_id, run_id, attempt } = claim
    return transaction(q, async (tx) => {
        const end = { state, result: result ?? null, error: error ?? null }
        if ((await execute(tx, 'runs/finish', { account_id, run_id, attempt, ...end })) === 0) return false
        await audit(tx, { account_id, who: 'worker', what: `run.${state}`, run_id })
        return true
    })
}
