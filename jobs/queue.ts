import { PgBoss } from 'pg-boss'
import type { Takeable } from '../sql/runs/runs.ts'
import { calendar } from './calendar.ts'
import type { Logger } from './log.ts'

const QUEUE = 'runs'
const DAY_S = 86_400
/** A dead worker's job is handed on after HEARTBEAT_S and the next look: well within a minute. */
const HEARTBEAT_S = 15
const LOOK_EVERY_S = 10
const POLL_EVERY_S = 1
/** Until a run that found its account busy is offered again. */
const AGAIN_AFTER_S = 3
/** Busy is no failure, so the offers have no end; runs that kill their process are given up by their attempts. */
const NO_LIMIT = 1_000_000

/** What a queued job carries; all else stands in the `runs` row. */
export type Ticket = { account_id: number; run_id: string }

export type Queue = {
    /** Offers a run to the workers; one that is offered already, or being worked at, stays as it is. */
    offer(run: Takeable): Promise<void>
    /** Hands runs to `work`, `side` at a time. When `work` throws, the run is offered again a little later. */
    take(side: number, work: (ticket: Ticket) => Promise<void>): Promise<void>
    /** Takes no more, waits for what is under way, and closes. */
    close(): Promise<void>
}

/** Opens pg-boss's queue in the same database, in a schema of its own (`pgboss`), which it makes and migrates itself. */
export async function openQueue(url: string, log: Logger): Promise<Queue> {
    const boss = new PgBoss({
        connectionString: url,
        application_name: 'crossdock queue',
        max: 4,
        schedule: false,
        superviseIntervalSeconds: LOOK_EVERY_S,
        monitorIntervalSeconds: LOOK_EVERY_S,
    })
    boss.on('error', (error) => log.warn({ err: error }, 'the queue met an error and goes on'))
    await boss.start()
    const times = { heartbeatSeconds: HEARTBEAT_S, expireInSeconds: DAY_S - 1, deleteAfterSeconds: 3600 }
    await boss.createQueue(QUEUE, { policy: 'exclusive', retryLimit: NO_LIMIT, retryDelay: AGAIN_AFTER_S, ...times })
    return {
        async offer({ account_id, run_id, job }) {
            const ticket: Ticket = { account_id, run_id }
            await boss.send(QUEUE, ticket, {
                singletonKey: `${account_id}/${run_id}`,
                priority: priorityOf(job),
                group: { id: String(account_id) },
            })
        },
        async take(side, work) {
            // One run of an account at a time; claimRun makes sure of it, this only saves needless offers.
            const options = { localConcurrency: side, groupConcurrency: 1, pollingIntervalSeconds: POLL_EVERY_S }
            await boss.work<Ticket>(QUEUE, options, async (tickets) => {
                for (const ticket of tickets) await work(ticket.data)
            })
        },
        close: () => boss.stop({ graceful: true, timeout: 30_000 }),
    }
}

/** A job goes before as many others as have it in their `after`. */
function priorityOf(job: string): number {
    return calendar.filter(({ after }) => after.includes(job)).length
}
