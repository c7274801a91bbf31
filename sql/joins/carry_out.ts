import { execute, query, queryFirst } from '../query.ts'
import type { Queryable } from '../session.ts'

/** A wish that its source agreed to. */
export type ApprovedJoin = {
    join_id: number
    decided_by: string
    source_location_id: string | null
    destination_location_id: string | null
    source_store_id: number
    destination_store_id: number
}

/** Wishes that are to be carried out: all, or the one named. */
export async function approvedJoins(q: Queryable, account_id: number, join_id: number | null): Promise<ApprovedJoin[]> {
    return query<ApprovedJoin>(q, 'joins/approved', { account_id, join_id })
}

/** In a transaction: the wish as long as it is to be carried out, with the connection of its pair if there is one by now. */
export async function takeApproved(tx: Queryable, account_id: number, join_id: number) {
    return queryFirst<{ join_id: number; connection_id: number | null }>(tx, 'joins/take_approved', {
        ...{ account_id, join_id },
    })
}

/** Writes down that a wish was carried out. */
export async function noteConnected(
    tx: Queryable,
    account_id: number,
    { join_id, connection_id }: { join_id: number; connection_id: number },
): Promise<void> {
    await execute(tx, 'joins/connected', { account_id, join_id, connection_id })
}

/** Writes down why a try failed, and whose business that is (null: the operator's). */
export async function noteFault(
    tx: Queryable,
    account_id: number,
    { join_id, fault, store_id }: { join_id: number; fault: string; store_id: number | null },
): Promise<void> {
    await execute(tx, 'joins/failed', { account_id, join_id, fault, fault_store_id: store_id })
}
