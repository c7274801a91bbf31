import { query } from '../query.ts'
import type { Queryable } from '../session.ts'

/** Stores of whichever account that have a domain: by it alone a person comes in. */
export async function storesOfDomain(
    q: Queryable,
    domain: string,
): Promise<{ account_id: number; store_id: number; domain: string }[]> {
    return query(q, 'site/stores_of_domain', { domain })
}
