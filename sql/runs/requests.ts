import { transaction } from '../database.ts'
import { execute, query, queryFirst, queryOne } from '../query.ts'
import type { Queryable } from '../session.ts'
import { audit } from './audit.ts'
import { type JsonObject, type Reason, STALE_AFTER_S } from './runs.ts'

export type RunRequest = {
    account_id: number
    job: string
    arguments: JsonObject
    reason: Reason
    /** Whoever asked, where a person did. */
    who?: string
    /** The moment of the schedule it stands for. */
    slot?: Date
}

/** What became of a request: `queued`; `dropped`, since its like waits; or, for a person, that `waiting` one itself. */
export type Requested = { run_id: string; state: 'queued' | 'dropped' | 'waiting' }

type Like = { run_id: string; state: 'queued' | 'running'; alive: boolean | null }

/**
 * Asks for a run (rule 82): while its like waits, it is dropped, which is recorded; while its like runs, one is queued.
 * A person who asks for what already waits is given that run. Returns null where another process has fired this slot.
 */
export async function requestRun(q: Queryable, request: RunRequest): Promise<Requested | null> {
    return transaction(q, async (tx) => {
        await execute(tx, 'runs/lock_account', { account_id: request.account_id })
        const waiting = await waitingLike(tx, request)
        if (waiting && request.reason === 'person') return { run_id: waiting.run_id, state: 'waiting' }
        return insert(tx, request, waiting)
    })
}

/**
 * Asks for the run of a slot that was missed while nothing ran (rule 83). Null where the job was fired, or asked for
 * by anyone, since.
 */
export async function requestMissed(q: Queryable, request: RunRequest & { slot: Date }): Promise<Requested | null> {
    return transaction(q, async (tx) => {
        await execute(tx, 'runs/lock_account', { account_id: request.account_id })
        const { account_id, job, slot } = request
        const since = { account_id, job, arguments: request.arguments, slot }
        if ((await queryOne<{ fired: boolean }>(tx, 'runs/fired_since', since)).fired) return null
        return insert(tx, request, await waitingLike(tx, request))
    })
}

async function waitingLike(tx: Queryable, request: RunRequest): Promise<Like | undefined> {
    const likes = await query<Like>(tx, 'runs/like', {
        account_id: request.account_id,
        job: request.job,
        arguments: request.arguments,
        stale_after: STALE_AFTER_S,
    })
    return likes.find((like) => !like.alive)
}

async function insert(tx: Queryable, request: RunRequest, waiting: Like | undefined): Promise<Requested | null> {
    const { account_id, job, reason, slot, who = reason } = request
    const state = waiting ? 'dropped' : 'queued'
    const row = await queryFirst<{ run_id: string }>(tx, 'runs/insert', {
        account_id,
        job,
        arguments: request.arguments,
        reason,
        slot: slot ?? null,
        state,
    })
    if (row === null) return null
    await audit(tx, {
        account_id,
        who,
        what: `run.${state}`,
        run_id: row.run_id,
        detail: { job, arguments: request.arguments, ...(waiting && { waiting: waiting.run_id }) },
    })
    return { run_id: row.run_id, state }
}
