import { setTimeout } from 'node:timers/promises'
import { standing } from '../../sql/pages/standing.ts'
import type { BareRoute } from '../route.ts'

/** A database that has not answered by then is as good as none for whoever asks. */
const PATIENCE_MS = 3000

/**
 * Whether the database answers, and how long ago a run last wrote stock for the connection that has waited longest. Says
 * nothing else: anyone may ask.
 */
export const health: BareRoute = {
    method: 'get',
    path: '/healthz',
    async serve({ db, log }, _request, response) {
        response.set('cache-control', 'no-store')
        try {
            const now = await Promise.race([standing(db), tooLate()])
            const since = now.since_stock === null ? null : Number(now.since_stock)
            response.json({ database: 'answers', seconds_since_stock: since })
        } catch (error) {
            log.error({ err: error }, 'the database does not answer')
            response.status(503).json({ database: 'does not answer', seconds_since_stock: null })
        }
    },
}

async function tooLate(): Promise<never> {
    await setTimeout(PATIENCE_MS, undefined, { ref: false })
    throw new Error(`The database did not answer within ${PATIENCE_MS} ms.`)
}
