import type { Database } from '../../sql/database.ts'
import { listedOf as listed } from '../../sql/reports/outcome.ts'
import type { Listed } from '../oracle/lists.ts'

/** What Crossdock lists of a connection: differences left standing, problems, and lines of its newest sets that wait. */
export async function listedOf(db: Database, connection_id: number): Promise<Listed> {
    const { rows } = await db.send(`select account_id from connections where connection_id = ${connection_id}`)
    return listed(db, { account_id: (rows as { account_id: number }[])[0]!.account_id, connection_id })
}
