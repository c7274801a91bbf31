import type { Database } from '../../sql/database.ts'
import type { Listed, Row } from '../oracle/lists.ts'

/** Statuses of a line that was proposed and is not written: each needs a reason. */
const WAITING = [
    'proposed',
    'held',
    'approved',
    'loading',
    'settling',
    'stale_source',
    'conflict',
    'failed',
    'blocked',
    'unknown',
]

/** What Crossdock lists of a connection: differences left standing, problems, and lines of its newest sets that wait. */
export async function listedOf(db: Database, connection: number): Promise<Listed> {
    const rows = async (statement: string) => (await db.send(statement)).rows as Row[]
    const newest = `select max(change_set_id) from change_sets where connection_id = ${connection} group by kind`
    const waiting = WAITING.map((status) => `'${status}'`).join(', ')
    return {
        deviations: await rows(`select * from deviations where connection_id = ${connection}`),
        problems: await rows(`select * from problems where connection_id = ${connection}`),
        held: await rows(
            `select * from changes where change_set_id in (${newest}) and status in (${waiting}) and origin <> 'rollback'`,
        ),
    }
}
