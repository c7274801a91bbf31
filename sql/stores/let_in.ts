import { transaction } from '../database.ts'
import { newJoinCode } from '../joins/codes.ts'
import { execute, queryFirst } from '../query.ts'
import { audit } from '../runs/audit.ts'
import { endNotice } from '../runs/notices.ts'
import type { Queryable } from '../session.ts'
import type { StoreRow } from './stores.ts'

/** Code of the notice that a store lets us in no more (rule 90). */
export const STORE_STOPPED = 'store_stopped'

type Whose = { account_id: number; who: string }

/** `credentials`: the app of the store's owner, sealed; its token comes once the owner lets us in. */
export type Invited = Pick<StoreRow, 'domain' | 'role' | 'origin' | 'api_version' | 'credentials'>

/** Adds a store whose owner has yet to let us in. False: the account has a store of that domain. */
export async function inviteStore(q: Queryable, { account_id, who }: Whose, store: Invited): Promise<boolean> {
    const { domain, role } = store
    const reason = 'Its owner has not let us in yet.'
    const join_code = role === 'source' ? newJoinCode() : null
    return transaction(q, async (tx) => {
        const row = await queryFirst<{ store_id: number }>(tx, 'stores/invite', {
            ...{ account_id, domain, role, join_code, reason },
            ...{ origin: store.origin, api_version: store.api_version, credentials: store.credentials },
        })
        if (row === null) return false
        await audit(tx, { account_id, who, what: 'store.invited', store_id: row.store_id, detail: { domain, role } })
        return true
    })
}

/** What a store's owner granted: the way in, sealed, and what we may do; `lacking`: a sentence, if that is not enough. */
export type Granted = { credentials: Buffer; scopes: string[]; lacking: string | null }

/** Keeps what a store's owner granted. It works from then on, unless something is lacking. */
export async function letIn(
    q: Queryable,
    { account_id, who }: Whose,
    store: StoreRow,
    granted: Granted,
): Promise<void> {
    const { store_id } = store
    const { credentials, scopes, lacking } = granted
    await transaction(q, async (tx) => {
        await execute(tx, 'stores/set_credentials', { account_id, store_id, credentials })
        await execute(tx, 'stores/set_scopes', { account_id, store_id, scopes })
        const state = lacking === null ? 'ready' : 'stopped'
        await execute(tx, 'stores/set_state', { account_id, store_id, state, reason: lacking })
        if (lacking === null) await endNotice(tx, { account_id, store_id }, STORE_STOPPED)
        await audit(tx, { account_id, who, what: 'store.let_in', store_id, detail: { scopes, lacking } })
    })
}

/** Takes a store away that never let us in, such as one that was misspelt. False: it did, or something hangs on it. */
export async function forgetStore(
    q: Queryable,
    { account_id, who }: Whose,
    { store_id, domain }: Pick<StoreRow, 'store_id' | 'domain'>,
): Promise<boolean> {
    return transaction(q, async (tx) => {
        await execute(tx, 'stores/forget_links', { account_id, store_id })
        if ((await execute(tx, 'stores/forget', { account_id, store_id })) === 0) return false
        await audit(tx, { account_id, who, what: 'store.forgotten', detail: { domain } })
        return true
    })
}
