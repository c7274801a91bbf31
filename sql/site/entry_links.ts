import { createHash, randomBytes } from 'node:crypto'
import { transaction } from '../database.ts'
import { execute, queryFirst } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'

const SECRET_BYTES = 32
/** An operator may come to the server's first words late; a store's people get theirs by mail or chat. */
const HOURS = 48

/** Whom a link lets in: a store's people, or (store_id null) an operator who sets a password. */
export type Entry = { account_id: number; entry_link_id: number; store_id: number | null; made_by: string }

/**
 * Makes a link that lets somebody in once within two days, and returns its path below the site's address. Only a hash
 * of it is kept. An operator's link replaces those that were made for them before.
 */
export async function makeEntryLink(
    q: Queryable,
    { account_id, store_id, who }: { account_id: number; store_id: number | null; who: string },
): Promise<string> {
    const secret = randomBytes(SECRET_BYTES)
    await transaction(q, async (tx) => {
        if (store_id === null) await execute(tx, 'site/end_operator_links', { account_id })
        await execute(tx, 'site/add_entry_link', {
            account_id,
            store_id,
            made_by: who,
            sha256: hashOf(secret),
            hours: HOURS,
        })
        await audit(tx, { account_id, who, what: 'link.made', ...(store_id !== null && { store_id }) })
    })
    return `/enter/${account_id}-${secret.toString('base64url')}`
}

/** What a link's last part stands for; null where it never was one, is used up or too old. Looking uses nothing up. */
export async function findEntryLink(q: Queryable, text: string): Promise<Entry | null> {
    const key = keyOf(text)
    return key && queryFirst<Entry>(q, 'site/find_entry_link', key)
}

/** Uses a link up; null where it was none any more. Of two who come with it at once one gets in. */
export async function useEntryLink(q: Queryable, text: string): Promise<Entry | null> {
    const key = keyOf(text)
    return key && queryFirst<Entry>(q, 'site/use_entry_link', key)
}

/** Signs a store's people out, wherever they are signed in; links by which others could still come in are dead. */
export async function signOutStore(
    q: Queryable,
    { account_id, store_id, who }: { account_id: number; store_id: number; who: string },
): Promise<void> {
    await transaction(q, async (tx) => {
        await execute(tx, 'site/end_links_of_store', { account_id, store_id })
        await execute(tx, 'site/end_sessions_of_store', { account_id, store_id })
        await audit(tx, { account_id, who, what: 'store.signed_out', store_id })
    })
}

function keyOf(text: string): { account_id: number; sha256: Buffer } | null {
    const [, account, secret] = /^(\d{1,9})-([\w-]{43})$/.exec(text) ?? []
    if (!account || !secret) return null
    return { account_id: Number(account), sha256: hashOf(Buffer.from(secret, 'base64url')) }
}

function hashOf(secret: Buffer): Buffer {
    return createHash('sha256').update(secret).digest()
}
