import { query } from '../../sql/query.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import type { ConnectionRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'

const CLOSED = 'location_closed'

/** Flags a connection one of whose linked locations was closed: its figures are left alone, all others go on (rule 28). */
export async function flagLocations(context: RunContext, connection: ConnectionRow): Promise<void> {
    const { account_id, connection_id } = connection
    type Row = { domain: string; name: string }
    const closed = await query<Row>(context.db, 'stock/closed_locations', { account_id, connection_id })
    const names = closed.map(({ domain, name }) => `"${name}" of ${domain}`).join(', ')
    const text =
        `Connection ${connection_id}: ${names} is not active any more. No quantity is written for it; other locations go on. ` +
        `Activate it again, or link another one in "locations" of the settings.`
    await context.inTransaction((tx) =>
        closed.length > 0 ? notify(tx, connection, CLOSED, text) : endNotice(tx, connection, CLOSED),
    )
}
