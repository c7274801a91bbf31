import { query, queryOne } from '../query.ts'
import type { Queryable } from '../session.ts'

/** A row of `accounts`: the tenant, whose stores may be connected with each other. */
export type AccountRow = { account_id: number; name: string; created_at: string }

/** Every account, the oldest first; with `name` those of that name or number. */
export async function accountsOf(q: Queryable, name: string | null = null): Promise<AccountRow[]> {
    return query<AccountRow>(q, 'stores/accounts_of', { name })
}

/** Makes an account. */
export async function addAccount(q: Queryable, name: string): Promise<AccountRow> {
    return queryOne<AccountRow>(q, 'stores/add_account', { name })
}
