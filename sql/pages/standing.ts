import { queryOne } from '../query.ts'
import type { Queryable } from '../session.ts'

export type Standing = {
    runs: { job: string; state: string; runs: number }[]
    held: number
    notices: number
    stopped: number
    /**
     * Seconds since an hourly or nightly run that loaded a connection ended, or since it was accepted, of the connection for
     * which that is longest; null: nothing is connected.
     */
    since_stock: string | null
}

/** How the whole installation stands, in numbers, for whoever watches over it. */
export async function standing(q: Queryable): Promise<Standing> {
    return queryOne<Standing>(q, 'pages/standing')
}
