import { takeableRuns } from '../sql/runs/runs.ts'
import { execute } from './execute.ts'
import { openQueue, type Queue } from './queue.ts'
import type { Host } from './run_context.ts'

const LOOK_MS = 1_000
/** After this long a waiting run is offered anew: should the queue have lost it, it is not lost. */
const OFFER_AGAIN_MS = 10_000
/** Runs of different accounts worked at side by side. */
const SIDE_BY_SIDE = 3

export type Worker = {
    /** Takes no more runs, gives back those under way for another worker to take up, and ends. */
    stop(): Promise<void>
}

/**
 * Works at requested runs until stopped. Whoever wants a run writes its row; a worker offers the rows it finds to the
 * queue, and the queue hands each to one worker. Any number of workers may run.
 */
export async function startWorker(host: Host): Promise<Worker> {
    const stopping = new AbortController()
    const queue = await openQueue(host.db.url, host.log)
    await queue.take(SIDE_BY_SIDE, async ({ account_id, run_id }) => {
        const executed = await execute(host, account_id, run_id, { signal: stopping.signal, stopped: 'queued' })
        if (executed.state === 'busy') throw new Error(`Run ${run_id} waits for run ${executed.by}.`)
        if (executed.state === 'stopped') throw new Error(`Run ${run_id} was given back.`)
    })
    const stopOffering = offerWaiting(host, queue)
    return {
        async stop() {
            await stopOffering()
            stopping.abort(new Error('This process was asked to end.'))
            await queue.close()
        },
    }
}

/** Offers waiting and orphaned runs to the queue, again and again. Returns what ends it. */
function offerWaiting(host: Host, queue: Queue): () => Promise<void> {
    const offeredAt = new Map<string, number>()
    let underWay: Promise<void> | null = null

    async function look(): Promise<void> {
        const runs = await takeableRuns(host.db)
        const waiting = new Set(runs.map(({ run_id }) => run_id))
        for (const known of offeredAt.keys()) if (!waiting.has(known)) offeredAt.delete(known)
        for (const run of runs) {
            if (performance.now() - (offeredAt.get(run.run_id) ?? Number.NEGATIVE_INFINITY) < OFFER_AGAIN_MS) continue
            await queue.offer(run)
            offeredAt.set(run.run_id, performance.now())
        }
    }

    const looks = setInterval(() => {
        underWay ??= look()
            .catch((error) => host.log.warn({ err: error }, 'waiting runs could not be read; tried again in a second'))
            .finally(() => {
                underWay = null
            })
    }, LOOK_MS)
    return async () => {
        clearInterval(looks)
        await underWay
    }
}
