import { transaction } from '../database.ts'
import type { SeenConnection } from '../pages/connections.ts'
import { execute } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'

/** Ignores findings that are in sight for some days, or (0) no more. Returns how many there were. */
export async function ignore(
    q: Queryable,
    { account_id, connection_id, side }: SeenConnection,
    { who, findings, days }: { who: string; findings: readonly string[]; days: number },
): Promise<number> {
    return transaction(q, async (tx) => {
        const number = await execute(tx, 'health/ignore', { account_id, connection_id, side, findings, days })
        const detail = { findings: [...findings], days }
        await audit(tx, { account_id, connection_id, who, what: 'findings.ignored', detail })
        return number
    })
}
