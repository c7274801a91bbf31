import { execute } from '../query.ts'
import type { Session } from '../session.ts'

type Whose = { account_id: number; connection_id: number }

/**
 * Looks at the SKUs of both ends of a connection as they were last read and linked, and keeps what it finds: since when,
 * and how it stands after this run. Writes to no store.
 */
export async function lookAtSkus(tx: Session, { account_id, connection_id }: Whose, run_id: string): Promise<void> {
    const whose = { account_id, connection_id }
    await execute(tx, 'health/variants', whose)
    await execute(tx, 'health/index')
    await execute(tx, 'health/found')
    await execute(tx, 'health/find_keys')
    await execute(tx, 'health/find_near_misses')
    await execute(tx, 'health/find_problems', whose)
    await execute(tx, 'health/find_one_sided')
    await execute(tx, 'health/find_linked', whose)
    await execute(tx, 'health/find_stock', whose)
    await execute(tx, 'health/keep_findings', whose)
    await execute(tx, 'health/end_findings', whose)
    await execute(tx, 'health/keep_health', { ...whose, run_id })
}
