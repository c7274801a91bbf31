import { transaction } from '../database.ts'
import type { SeenConnection } from '../pages/connections.ts'
import { execute } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'

/**
 * Takes back what a person said of the creation of a product (rule 88), so that the next comparison proposes it. False:
 * nothing was said of it.
 */
export async function offerAgain(
    q: Queryable,
    { account_id, connection_id, source_store_id: source }: SeenConnection,
    { who, product_id }: { who: string; product_id: string },
): Promise<boolean> {
    return transaction(q, async (tx) => {
        const number = await execute(tx, 'changes/offer_again', { account_id, connection_id, source, product_id })
        if (number === 0) return false
        const detail = { product: product_id }
        await audit(tx, { account_id, connection_id, who, what: 'lines.offered_again', detail })
        return true
    })
}
