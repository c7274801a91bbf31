import { readStore } from '../../connectors/shopify/store_info.ts'
import { transaction } from '../../sql/database.ts'
import type { Whose } from '../../sql/ends/ask.ts'
import { newJoinCode } from '../../sql/joins/codes.ts'
import { execute } from '../../sql/query.ts'
import { audit } from '../../sql/runs/audit.ts'
import type { Queryable } from '../../sql/session.ts'
import { type ConnectionRow, connectionsOf, type StoreRow } from '../../sql/stores/stores.ts'
import { clientFor } from '../client.ts'
import { refuseMissingScopes } from '../connect.ts'
import type { Host } from '../run_context.ts'

/** The connections of a store that are disconnected, whose links wait for the roles they were made with. */
export type Kept = ConnectionRow[]

/**
 * Throws a sentence where a store cannot change its role: it has it already, or something is connected to it still, with
 * what to do about each (D6). Returns what is kept.
 */
export async function refuseRole(q: Queryable, store: StoreRow, role: StoreRow['role']): Promise<Kept> {
    const { account_id, store_id, domain } = store
    if (store.role === role) throw new Error(`${domain} is a ${role} already: see crossdock store list.`)
    const own = (await connectionsOf(q, account_id)).filter((it) =>
        [it.source_store_id, it.destination_store_id].includes(store_id),
    )
    const standing = own.filter((it) => it.state !== 'disconnected' || it.ending !== null)
    if (standing.length === 0) return own
    const each = standing.map(
        ({ connection_id, state }) => `crossdock disconnect --connection ${connection_id} (${state})`,
    )
    throw new Error(
        `Expected ${domain} to be disconnected from all stores before it becomes a ${role} (D6). First:\n  ${each.join('\n  ')}`,
    )
}

/** Gives a store its other role, once it lets us do what that role needs (D6). Throws as refuseRole, or naming scopes. */
export async function changeRole(host: Host, { account_id, who }: Whose, store: StoreRow, role: StoreRow['role']) {
    await refuseRole(host.db, store, role)
    refuseMissingScopes(store.domain, role, await readStore(clientFor(host, store)))
    const { store_id } = store
    await transaction(host.db, async (tx) => {
        await refuseRole(tx, store, role)
        await execute(tx, 'stores/set_role', { account_id, store_id, role, join_code: newJoinCode() })
        const detail = { from: store.role, to: role }
        await audit(tx, { account_id, who, what: 'store.role_changed', store_id, detail })
    })
}
