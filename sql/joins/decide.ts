import { transaction } from '../database.ts'
import { execute } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'
import { hashOfKey, newJoinCode, newJoinKey } from './codes.ts'
import { tellBoth, tellSource } from './tell.ts'

type Whose = { account_id: number; who: string }

/** What a wish is about. */
export type Pair = { join_id: number; source_store_id: number; destination_store_id: number; source: string }

/**
 * Approves, refuses or takes back a wish that waits; `location_id` says whose stock counts at the source. False: it waits
 * no more, and stays as it is.
 */
export async function decideJoin(
    q: Queryable,
    { account_id, who }: Whose,
    { join_id, source_store_id, destination_store_id, source }: Pair,
    state: 'approved' | 'refused' | 'taken_back',
    location_id: string | null = null,
): Promise<boolean> {
    return transaction(q, async (tx) => {
        const wish = { account_id, join_id, state, who, source_location_id: location_id }
        if ((await execute(tx, 'joins/decide', wish)) === 0) return false
        const ends = { source: source_store_id, destination: destination_store_id }
        await tellBoth(tx, { account_id, who, what: `join.${state}`, detail: { join: join_id } }, ends)
        await tellSource(tx, account_id, { store_id: source_store_id, domain: source })
        return true
    })
}

/** Gives a source another join code; the old one is dead at once. */
export async function renewCode(q: Queryable, { account_id, who }: Whose, store_id: number): Promise<void> {
    await transaction(q, async (tx) => {
        await execute(tx, 'joins/set_code', { account_id, store_id, join_code: newJoinCode() })
        await audit(tx, { account_id, who, what: 'join.code_renewed', store_id })
    })
}

export type NewKey = { store_id: number; domain: string | null; location_id: string | null; days: number }

/** Makes a key that connects one destination (of that domain, or any) with a source, once. Only a hash of it is kept. */
export async function makeJoinKey(q: Queryable, { account_id, who }: Whose, wish: NewKey): Promise<string> {
    const key = newJoinKey()
    const { store_id, domain, days } = wish
    await transaction(q, async (tx) => {
        await execute(tx, 'joins/add_key', { account_id, who, ...wish, sha256: hashOfKey(key) })
        await audit(tx, { account_id, who, what: 'join.key_made', store_id, detail: { for: domain, days } })
    })
    return key
}

/** Takes a key back that nobody has used. False: it is used, or was taken back before. */
export async function endJoinKey(
    q: Queryable,
    { account_id, who }: Whose,
    { join_key_id, store_id }: { join_key_id: number; store_id: number },
): Promise<boolean> {
    return transaction(q, async (tx) => {
        if ((await execute(tx, 'joins/end_key', { account_id, join_key_id })) === 0) return false
        await audit(tx, { account_id, who, what: 'join.key_taken_back', store_id })
        return true
    })
}
