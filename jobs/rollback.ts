import { execute, queryFirst, queryOne } from '../sql/query.ts'
import { connectionById, mayWrite } from '../sql/stores/stores.ts'
import type { RunContext } from './context.ts'
import { writeLines } from './load/load_set.ts'
import { type Place, placeOf, setOf } from './load/place.ts'
import { recoverCalls } from './load/recover.ts'

/** A line that was not rolled back, and why; `left` holds the first of them, all of them carry it as their message. */
export type Left = { change: string; entity: string; action: string; field: string; label: string; reason: string }

export type RolledBack = { rolled_back: number; left_count: number; left: Left[] }

type SetRow = { change_set_id: string; connection_id: number; kind: string; state: string }

const MOST_LISTED = 200

/**
 * Takes a loaded change set back (spec rule 87): fields return to the values of before where they still are what the
 * change wrote, creations become drafts, what was unpublished is published again and the other way round. Quantities
 * only with `stock`; deletions never. The way back goes through the outbox like any other write.
 *
 * @returns how many lines went back, and which did not.
 * @throws where the set was not loaded, or does not exist, or its connection is blocked or disconnected (D14).
 */
export async function rollBack(
    context: RunContext,
    changeSetId: string,
    { stock = false }: { stock?: boolean } = {},
): Promise<RolledBack> {
    const keys = { account_id: context.accountId, change_set_id: changeSetId }
    const set = await queryFirst<SetRow>(context.db, 'load/rollback_set', keys)
    if (set?.state !== 'loaded' && set?.state !== 'rolled_back') {
        const came = set ? `change set ${changeSetId}, which is ${set.state}` : `${changeSetId}, which does not exist`
        throw new Error(`Expected a loaded change set to roll back, got ${came}. List them: changes list.`)
    }
    const connection = await connectionById(context.db, context.accountId, set.connection_id)
    if (!mayWrite(connection)) {
        throw new Error(
            `Expected a connected connection to roll set ${changeSetId} back at, but connection ${set.connection_id} is ` +
                `${connection.ending ?? connection.state}: nothing is written for it (D14). See crossdock unblock and reconnect.`,
        )
    }
    const place: Place = { ...(await placeOf(context, connection)), changeSetId }
    await recoverCalls(context, place.destination)
    await planWayBack(place, stock)
    await writeLines(place)
    return finish(place)
}

/** Stock goes back only where a quantity may be written at all (D4). */
async function planWayBack(place: Place, asked: boolean): Promise<void> {
    const { context, connection } = place
    const { orders } = connection.settings
    const stock = asked && orders === 'none'
    const stock_reason = asked
        ? `quantities are written only with orders: none, not ${orders}`
        : 'stock was not asked for'
    const keys = setOf(place)
    await context.inTransaction(async (tx) => {
        await execute(tx, 'load/plan_rollback', { ...keys, connection_id: connection.connection_id, stock })
        await execute(tx, 'load/leave_in_rollback', { ...keys, stock_reason })
    })
}

async function finish(place: Place): Promise<RolledBack> {
    const { context, connection, changeSetId } = place
    const keys = setOf(place)
    return context.inTransaction(async (tx) => {
        await execute(tx, 'load/finish_rollback', {
            ...keys,
            connection_id: connection.connection_id,
            decided_by: `rollback of change set ${changeSetId}`,
        })
        await execute(tx, 'load/count_set', keys)
        type Row = { rolled_back: number; left_count: number; lines: Left[] }
        const { lines, ...counts } = await queryOne<Row>(tx, 'load/rolled_back', { ...keys, most: MOST_LISTED })
        return { ...counts, left: lines }
    })
}
