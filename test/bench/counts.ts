import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../../sql/database.ts'
import type { Expected } from './expected.ts'

/** What the last comparison recorded. */
export async function recorded(db: Database): Promise<Expected> {
    const lines = await counts(
        db,
        `select s.kind || ' ' || c.entity || ' ' || c.action as name, count(*) as count
        from changes as c join change_sets as s using (account_id, change_set_id)
        where s.state in ('held', 'approved') group by 1`,
    )
    const deviations = await counts(db, 'select entity as name, count(*) as count from deviations group by 1')
    return { lines, deviations }
}

async function counts(db: Database, statement: string): Promise<Record<string, number>> {
    const { rows } = await db.send<{ name: string; count: string }>(statement)
    return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]))
}

/** @throws where a measured run came to other counts than the generator's numbers: then its time says nothing. */
export function refuseUnlessCounted(what: string, came: Expected, expected: Expected): void {
    const of = ({ lines, deviations }: Expected) => ({ lines, deviations })
    if (isDeepStrictEqual(of(came), of(expected))) return
    throw new Error(`${what}: expected ${JSON.stringify(of(expected))}, came ${JSON.stringify(of(came))}.`)
}
