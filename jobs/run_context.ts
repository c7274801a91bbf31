import type { ShopifyClient } from '../connectors/shopify/client.ts'
import { type Database, transaction } from '../sql/database.ts'
import { type Claim, holdsRun } from '../sql/runs/claims.ts'
import { requestRun } from '../sql/runs/requests.ts'
import type { SealingKey } from '../sql/stores/seal.ts'
import { clientFor } from './client.ts'
import { type Job, type RunContext, RunLostError } from './context.ts'
import { type Limits, limits } from './limits.ts'
import type { Logger } from './log.ts'

/** Where runs are worked at: one process, its database, the jobs it knows. */
export type Host = {
    db: Database
    log: Logger
    /** Opens the stores' credentials. */
    key: SealingKey
    jobs: Readonly<Record<string, Job>>
    /** By default those of limits.ts. */
    limits?: Limits
}

/** What a run's context needs besides its host. */
export type Parts = {
    signal: AbortSignal
    progress: RunContext['progress']
    giveWay: RunContext['giveWay']
}

/** The context of a run that this process holds. */
export function createRunContext(host: Host, claim: Claim, { signal, progress, giveWay }: Parts): RunContext {
    const { account_id, run_id, attempt } = claim
    const log = host.log.child({ run: run_id })
    const clients = new Map<number, ShopifyClient>()
    return {
        db: host.db,
        accountId: account_id,
        runId: run_id,
        attempt,
        log,
        signal,
        limits: host.limits ?? limits,
        progress,
        giveWay,
        clientOf(store) {
            const client = clients.get(store.store_id) ?? clientFor({ ...host, log }, store, signal)
            clients.set(store.store_id, client)
            return client
        },
        inTransaction(act, on) {
            return transaction(on ?? host.db, async (tx) => {
                if (!(await holdsRun(tx, claim))) throw new RunLostError(run_id, attempt)
                return act(tx)
            })
        },
        async request(job, args) {
            const asked = await requestRun(host.db, { account_id, job, arguments: args, reason: 'job' })
            log.info({ job, asked: asked?.run_id, state: asked?.state }, 'asked for a run')
        },
    }
}
