import type { Logger } from 'pino'
import type { Json } from '../connectors/entities/index.ts'
import type { ShopifyClient } from '../connectors/shopify/client.ts'
import type { Database, Session } from '../sql/database.ts'
import type { StoreRow } from '../sql/stores/stores.ts'
import type { Limits } from './limits.ts'

/** What a job is given: where it works, and the run it works for. */
export type RunContext = {
    db: Database
    accountId: number
    /** runs.run_id, a decimal string. */
    runId: string
    /** The fencing number this process holds (runs.attempt). */
    attempt: number
    /** Secrets are redacted. */
    log: Logger
    /** Aborted when the run was lost to another process, or this one is asked to end. */
    signal: AbortSignal
    limits: Limits
    /** Tells how far a step is; written to runs.progress at most once a second, and to whoever watches. */
    progress(step: string, done: number, total?: number): void
    /** The client of a store, one for each store and run; all share the store's rate budget of this process. */
    clientOf(store: StoreRow): ShopifyClient
    /**
     * A transaction that changes state. It first makes sure that this process still holds the run, and keeps it from
     * being taken over until the transaction ends. `on` is a pinned connection to open it on, where temporary tables
     * are needed.
     * @throws RunLostError where another process has taken the run over: stop, change nothing more.
     */
    inTransaction<T>(act: (tx: Session) => Promise<T>, on?: Session): Promise<T>
    /** Between phases: lets waiting runs that go before this job (hourly before nightly) work first (rule 82). */
    giveWay(): Promise<void>
    /** Asks for another run of this account (reason `job`); dropped where its like is waiting (rule 82). */
    request(job: string, args: Arguments): Promise<void>
}

export type Arguments = Record<string, Json>

/** How a run ended; a failure is thrown. `held`: something waits for a person. */
export type JobResult = { state: 'done' | 'held'; counts: Json }

export type Job = (context: RunContext, args: Arguments) => Promise<JobResult>

/** Another process has taken this run over; whatever this one still does must not change state. */
export class RunLostError extends Error {
    constructor(runId: string, attempt: number) {
        super(
            `Run ${runId} was taken over by another process while this one worked on it as attempt ${attempt}. Nothing more is changed here.`,
        )
        this.name = 'RunLostError'
    }
}
