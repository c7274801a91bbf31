import { transaction } from '../database.ts'
import { execute, queryFirst, queryOne } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'
import type { StoreRow } from '../stores/stores.ts'
import { hashOfKey, readTyped } from './codes.ts'
import { tellBoth, tellSource } from './tell.ts'

/** So many codes that are none may be tried by a store's people within so many minutes. */
const MOST_MISSES = 10
const WITHIN_MINUTES = 15

/** What came of asking to join. A code of another account is none here, and so is a key for another store. */
export type Asked =
    | { came: 'too_often' }
    | { came: 'unknown' }
    /** There is a connection of the two already. */
    | { came: 'stands'; source: string; state: 'requested' | 'connected' | 'blocked' | 'disconnected' }
    | { came: 'open'; source: string; state: 'waiting' | 'approved' }
    /** The source has refused, or was asked too often: until then it is left alone. */
    | { came: 'too_soon'; source: string; until: string }
    | { came: 'waiting' | 'approved'; source: string; join_id: number }

export type Wish = {
    account_id: number
    who: string
    destination: Pick<StoreRow, 'store_id' | 'domain'>
    /** A code or a key, as it was typed. */
    typed: string
    /** Whose stock is written there; null: its only one. */
    location_id: string | null
}

type Found = { store_id: number; domain: string; join_key_id: number | null; location_id: string | null }
type Pair = {
    connection_state: 'connected' | null
    open_state: 'waiting' | 'approved' | null
    wait_until: string | null
}

/** Asks a source by its code, which then decides; or by its key, which it gave away, so that it has agreed. */
export async function askToJoin(q: Queryable, wish: Wish): Promise<Asked> {
    const { account_id, destination, who } = wish
    const { store_id } = destination
    return transaction(q, async (tx) => {
        await execute(tx, 'joins/lock_store', { account_id, store_id })
        const { misses } = await queryOne<{ misses: number }>(tx, 'joins/misses', {
            ...{ account_id, store_id, minutes: WITHIN_MINUTES },
        })
        if (misses >= MOST_MISSES) return { came: 'too_often' }
        const found = await sourceBy(tx, wish)
        if (!found) {
            await audit(tx, { account_id, who, what: 'join.missed', store_id })
            return { came: 'unknown' }
        }
        return (await refusal(tx, wish, found)) ?? (await write(tx, wish, found))
    })
}

/** The source that a code or key stands for; null: it stands for none, or for none any more. */
async function sourceBy(tx: Queryable, { account_id, typed, destination }: Wish): Promise<Found | null> {
    const came = readTyped(typed)
    if (came === null) return null
    if ('code' in came) return queryFirst<Found>(tx, 'joins/source_by_code', { account_id, code: came.code })
    const sha256 = hashOfKey(came.key)
    return queryFirst<Found>(tx, 'joins/source_by_key', { account_id, sha256, domain: destination.domain })
}

async function refusal(tx: Queryable, { account_id, destination }: Wish, found: Found): Promise<Asked | null> {
    const { domain: source, join_key_id } = found
    const pair = await queryOne<Pair>(tx, 'joins/pair_stands', pairOf(account_id, found, destination))
    if (pair.connection_state) return { came: 'stands', source, state: pair.connection_state }
    if (pair.open_state === 'approved') return { came: 'open', source, state: 'approved' }
    if (join_key_id !== null) return null
    if (pair.open_state) return { came: 'open', source, state: pair.open_state }
    return pair.wait_until ? { came: 'too_soon', source, until: pair.wait_until } : null
}

async function write(tx: Queryable, { account_id, destination, who, location_id }: Wish, found: Found): Promise<Asked> {
    const { join_key_id, domain: source } = found
    const state = join_key_id === null ? 'waiting' : 'approved'
    if (join_key_id !== null) {
        await execute(tx, 'joins/use_key', { account_id, join_key_id, used_by_store_id: destination.store_id })
    }
    const { join_id } = await queryOne<{ join_id: number }>(tx, 'joins/ask', {
        ...pairOf(account_id, found, destination),
        ...{ state, who, destination_location_id: location_id, source_location_id: found.location_id },
    })
    const what = state === 'waiting' ? 'join.asked' : 'join.key_used'
    const ends = { destination: destination.store_id, source: found.store_id }
    await tellBoth(tx, { account_id, who, what, detail: { join: join_id } }, ends)
    await tellSource(tx, account_id, found)
    return { came: state, source, join_id }
}

function pairOf(account_id: number, found: Found, { store_id }: Wish['destination']) {
    return { account_id, source_store_id: found.store_id, destination_store_id: store_id }
}
