import { transaction } from '../database.ts'
import { execute, query, queryOne } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'
import { type ConnectionRow, connectionById, type StoreRow, storeById } from '../stores/stores.ts'

/** What becomes of the linked items when a connection ends; deleted only when it is disconnected (D14). */
export type Items = NonNullable<ConnectionRow['ending_items']>
export type Ending = NonNullable<ConnectionRow['ending']>

export type Whose = { account_id: number; who: string }

/** What a person is shown before they confirm an end, as last read. */
export type Numbers = {
    /** Linked variants, and the products of which the connection writes the fields. */
    items: number
    products: number
    /** Of those the ones it made itself. */
    made: number
    /** Of the products those that customers see there now. */
    published: number
    /** Units on sale of linked items. */
    units: number
    /** Lines that would be written for what was chosen. */
    lines: number
    /** Open stock movements, and what they come to. */
    movements: number
    movement_units: number
}

export type Ends = { connection: ConnectionRow; source: StoreRow; destination: StoreRow }

/** The states in which each end may be asked for. */
const FROM: Record<Ending, ConnectionRow['state'][]> = {
    blocked: ['connected'],
    disconnected: ['connected', 'blocked'],
}

/** A connection with both its stores. Throws where the account has no such connection. */
export async function endsOf(q: Queryable, account_id: number, connectionId: number): Promise<Ends> {
    const connection = await connectionById(q, account_id, connectionId)
    const source = await storeById(q, account_id, connection.source_store_id)
    const destination = await storeById(q, account_id, connection.destination_store_id)
    return { connection, source, destination }
}

/** Throws a sentence where a connection cannot end so from its present state (D14). */
export function refuseEnd({ connection }: Ends, to: Ending): void {
    const { connection_id, state, ending } = connection
    if (ending !== null && ending !== to) {
        throw new Error(
            `Connection ${connection_id} is about to be ${ending}: crossdock run hourly goes on with it. ` +
                `Then it can be ${to}.`,
        )
    }
    if (FROM[to].includes(state)) return
    throw new Error(
        `Expected a connection that is ${FROM[to].join(' or ')} to be ${to}, but connection ${connection_id} is ${state}: ` +
            `see crossdock connections.`,
    )
}

/** The numbers of an end, of what was last read. */
export async function numbersOf(q: Queryable, { connection }: Ends, items: Items): Promise<Numbers> {
    const { account_id, connection_id } = connection
    return queryOne<Numbers>(q, 'ends/numbers', { account_id, connection_id, items })
}

/** How many lines each choice for the items would write, of what was last read. */
export async function linesByChoice(q: Queryable, { connection }: Ends): Promise<Record<Items, number>> {
    const { account_id, connection_id } = connection
    const rows = await query<{ items: Items; lines: number }>(q, 'ends/lines_by_choice', { account_id, connection_id })
    const lines = Object.fromEntries(rows.map((row) => [row.items, row.lines]))
    return { leave: 0, zero: 0, draft: 0, delete: 0, ...lines }
}

/**
 * Remembers that a connection is to end, on whose behalf and with what for its items; from then on nothing else is
 * written for it, and `finishEnds` carries it out (D14, rule 89).
 */
export async function askForEnd(
    q: Queryable,
    { account_id, who }: Whose,
    ends: Ends,
    wish: { to: Ending; items: Items; numbers: Numbers },
): Promise<void> {
    refuseEnd(ends, wish.to)
    const { connection_id } = ends.connection
    const { to, items, numbers } = wish
    await transaction(q, async (tx) => {
        const asked = await execute(tx, 'ends/ask', { account_id, connection_id, to, items, who, states: FROM[to] })
        if (asked === 0) throw changedMeanwhile(connection_id)
        const detail = { to, items, numbers, on_behalf_of: to === 'blocked' ? 'source' : 'destination' }
        await audit(tx, { account_id, who, what: 'connection.end_asked', connection_id, detail })
    })
}

/** What is said where somebody else was quicker. */
export function changedMeanwhile(connectionId: number): Error {
    return new Error(`Connection ${connectionId} has changed meanwhile, so nothing was done.`)
}
