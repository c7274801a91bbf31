import { type Claim, claimRun, type End, endRun } from '../sql/runs/claims.ts'
import { type JsonObject, waitingRuns } from '../sql/runs/runs.ts'
import { goesBefore } from './calendar.ts'
import { type Arguments, type Job, type JobResult, RunLostError } from './context.ts'
import { startHeartbeat } from './heartbeat.ts'
import { createRunContext, type Host } from './run_context.ts'

/** Told how far a run is. */
export type Watch = (step: string, done: number, total?: number) => void

export type Options = {
    /** Aborted when this process is asked to end. */
    signal: AbortSignal
    /** What becomes of the run then: `queued` for another to take up, or `failed`. */
    stopped: 'queued' | 'failed'
    watch?: Watch
    /** The run that gives way to this one. */
    beside?: string
}

/** What came of it. `over`: there was nothing to do. `busy`: another run of the account is at work, or this one is. */
export type Executed =
    | { state: 'done' | 'held'; counts: JsonObject }
    | { state: 'failed'; error: Error; counts: JsonObject | null }
    | { state: 'busy'; by: string }
    | { state: 'over' }
    | { state: 'lost' }
    | { state: 'stopped' }

type Ended = Exclude<Executed, { state: 'busy' } | { state: 'over' }>

/** A run of which a part failed while the rest was done; `counts` say what. */
export class PartlyFailedError extends Error {
    readonly counts: JsonObject

    constructor(message: string, counts: JsonObject, causes: readonly unknown[]) {
        super(message, { cause: causes[0] })
        this.name = 'PartlyFailedError'
        this.counts = counts
    }
}

/** Claims a run and works it to its end in this process; the `runs` row says the rest. Throws only where SQL does. */
export async function execute(host: Host, accountId: number, runId: string, options: Options): Promise<Executed> {
    const claimed = await claimRun(host.db, accountId, runId, options.beside)
    if (!claimed.taken) return claimed.why === 'busy' ? { state: 'busy', by: claimed.by } : { state: 'over' }
    const { claim, job } = claimed
    const losing = new AbortController()
    const signal = AbortSignal.any([losing.signal, options.signal])
    const heartbeat = startHeartbeat(host.db, claim, (error) => losing.abort(error))
    const log = host.log.child({ run: runId, job })
    log.info({ attempt: claim.attempt, arguments: claimed.arguments }, 'run begun')
    const context = createRunContext(host, claim, {
        signal,
        progress(step, done, total) {
            heartbeat.progress(step, done, total)
            options.watch?.(step, done, total)
        },
        giveWay: () => giveWay(host, accountId, runId, job, options),
    })
    const outcome = await attempt(() => find(host, job)(context, claimed.arguments as Arguments))
    await heartbeat.stop()
    const executed = judge(outcome, losing.signal, options.signal)
    const kept = await record(host, claim, executed, options)
    log.info({ state: kept.state }, 'run ended')
    return kept
}

type Outcome = { result: JobResult } | { error: unknown }

async function attempt(act: () => Promise<JobResult>): Promise<Outcome> {
    try {
        return { result: await act() }
    } catch (error) {
        return { error }
    }
}

function find(host: Host, name: string): Job {
    const job = host.jobs[name]
    if (job) return job
    throw new Error(
        `Expected a job this Crossdock knows (${Object.keys(host.jobs).join(', ')}), got ${name}. Update it.`,
    )
}

function judge(outcome: Outcome, losing: AbortSignal, stopping: AbortSignal): Ended {
    if ('result' in outcome) return { state: outcome.result.state, counts: (outcome.result.counts ?? {}) as JsonObject }
    const error = outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error))
    if (losing.aborted || error instanceof RunLostError) return { state: 'lost' }
    if (stopping.aborted) return { state: 'stopped' }
    return { state: 'failed', error, counts: error instanceof PartlyFailedError ? error.counts : null }
}

async function record(host: Host, claim: Claim, ended: Ended, { stopped }: Options): Promise<Ended> {
    const kept = ended.state === 'lost' || (await endRun(host.db, claim, endOf(ended, stopped)))
    return kept ? ended : { state: 'lost' }
}

function endOf(ended: Exclude<Ended, { state: 'lost' }>, stopped: Options['stopped']): End {
    if (ended.state === 'stopped') return { state: stopped, error: 'Its process was asked to end.' }
    if (ended.state === 'failed') return { state: 'failed', result: ended.counts, error: ended.error.message }
    return { state: ended.state, result: ended.counts }
}

/** Lets the waiting runs of jobs that go before this one have their turn, here and now (rule 82). */
async function giveWay(host: Host, accountId: number, runId: string, job: string, options: Options): Promise<void> {
    for (const first of goesBefore(job)) {
        for (const waiting of await waitingRuns(host.db, accountId, first)) {
            if (options.signal.aborted) return
            host.log.info({ run: runId, job, before: waiting }, `gives way to ${first}`)
            await execute(host, accountId, waiting, { ...options, watch: undefined, beside: runId })
        }
    }
}
