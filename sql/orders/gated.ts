import { execute } from '../query.ts'
import type { Session } from '../session.ts'

export type Gating = {
    account_id: number
    connection_id: number
    /** Orders of the destination; null: all that are kept. */
    order_ids: readonly string[] | null
}

/**
 * Makes the temporary tables `gated_lines` and `gated_orders` of a connection, which live as long as the transaction:
 * for each order of the destination the first gate that refuses it now, and for each line whether it travels (rule 52).
 */
export async function gateOrders(tx: Session, gating: Gating): Promise<void> {
    await execute(tx, 'orders/gated_lines', gating)
    await execute(tx, 'orders/analyze_gated')
    await execute(tx, 'orders/gated_orders', gating)
}
