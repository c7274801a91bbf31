import { transaction } from '../database.ts'
import { execute, queryFirst } from '../query.ts'
import { audit } from '../runs/audit.ts'
import { endNotice } from '../runs/notices.ts'
import type { Queryable } from '../session.ts'
import type { ConnectionRow, StoreRow } from '../stores/stores.ts'
import { changedMeanwhile, type Ends, type Whose } from './ask.ts'

/** Code of the notice that what was chosen could not be written. */
export const STANDS = 'end_stands'
/** Code of the notice that a connection ended before its source was told of all that it sold. */
export const UNTOLD = 'end_untold'

/** Unblocks a connection on behalf of its source (D14). Throws where it is not blocked. */
export async function unblock(q: Queryable, { account_id, who }: Whose, ends: Ends): Promise<void> {
    refuseUnless(ends, 'blocked', 'unblocked')
    const { connection_id } = ends.connection
    await transaction(q, async (tx) => {
        if ((await execute(tx, 'ends/unblock', { account_id, connection_id })) === 0)
            throw changedMeanwhile(connection_id)
        await execute(tx, 'ends/unsettle_levels', { account_id, connection_id })
        for (const code of [STANDS, UNTOLD]) await endNotice(tx, ends.connection, code)
        const detail = { on_behalf_of: 'source' }
        await audit(tx, { account_id, who, what: 'connection.unblocked', connection_id, detail })
    })
}

/**
 * Reconnects a connection on behalf of its destination, with its links (D14); what the source had blocked before stays
 * blocked. Returns the new state. Throws where it is not disconnected, or a store changed its role since (D6).
 */
export async function reconnect(q: Queryable, { account_id, who }: Whose, ends: Ends): Promise<ConnectionRow['state']> {
    refuseUnless(ends, 'disconnected', 'reconnected')
    refuseOtherRole(ends.source, 'source')
    refuseOtherRole(ends.destination, 'destination')
    const { connection_id } = ends.connection
    return transaction(q, async (tx) => {
        const row = await queryFirst<{ state: ConnectionRow['state'] }>(tx, 'ends/reconnect', {
            account_id,
            connection_id,
        })
        if (!row) throw changedMeanwhile(connection_id)
        await execute(tx, 'ends/unsettle_levels', { account_id, connection_id })
        for (const code of [STANDS, UNTOLD]) await endNotice(tx, ends.connection, code)
        const detail = { on_behalf_of: 'destination', state: row.state }
        await audit(tx, { account_id, who, what: 'connection.reconnected', connection_id, detail })
        return row.state
    })
}

/** Throws a sentence where a connection is not in the state from which it could go on. */
export function refuseUnless({ connection }: Ends, state: ConnectionRow['state'], wish: string): void {
    if (connection.state === state && connection.ending === null) return
    const now = connection.ending === null ? connection.state : `about to be ${connection.ending}`
    throw new Error(
        `Expected a connection that is ${state} to be ${wish}, but connection ${connection.connection_id} is ${now}: ` +
            `see crossdock connections.`,
    )
}

function refuseOtherRole({ domain, role }: StoreRow, needed: StoreRow['role']): void {
    if (role === needed) return
    throw new Error(
        `Expected ${domain} as the ${needed} of this connection, but it is a ${role} now (D6). ` +
            `Change it back with crossdock store role, or connect the pair the other way round.`,
    )
}
