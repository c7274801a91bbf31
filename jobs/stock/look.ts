import { execute, type Parameters, parametersOf, query, queryOne } from '../../sql/query.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import type { Session } from '../../sql/session.ts'
import { type ConnectionRow, carriesCounts, type StoreRow, storeById } from '../../sql/stores/stores.ts'
import type { Extent, Sales } from '../compare/in_question.ts'
import { comparisonParameters } from '../compare/parameters.ts'
import type { RunContext } from '../context.ts'
import { readOrdersNow } from '../extract/orders_now.ts'
import { type LevelKey, readLevelsNow } from './levels.ts'
import { refreshMovements } from './movements.ts'

type Count = LevelKey & { units: number }

/** Runs in one transaction, over the figures as a comparison would work them out now (`level_rows`). */
export async function withFigures<T>(
    context: RunContext,
    connection: ConnectionRow,
    extent: Extent | { products: string[]; sales: Extent['sales'] },
    act: (tx: Session, parameters: Parameters) => Promise<T>,
): Promise<T> {
    return context.inTransaction(async (tx) => {
        await execute(tx, 'diff/tune')
        const whole = 'whole' in extent ? extent : { whole: false, sales: extent.sales }
        const asked = await comparisonParameters(tx, connection, context.runId, whole)
        const parameters = 'products' in extent ? { ...asked, products: extent.products } : asked
        for (const file of ['diff/sold', 'diff/given_back', 'diff/set_aside', 'diff/older_moves', 'diff/level_rows'])
            await run(tx, file, parameters)
        return act(tx, parameters)
    })
}

async function run(tx: Session, file: string, parameters: Parameters): Promise<void> {
    const names = await parametersOf(file)
    await execute(tx, file, Object.fromEntries(names.map((name) => [name, parameters[name] ?? null])))
}

/**
 * Before figures are compared, what no index shows is looked at by id or at once (design: Stock): levels of which it shows
 * what was there before our own last write; then the destination's orders, where a figure is to be written whose level
 * moved for no reason we know, as a count by hand may hide a sale; and the source levels of what would be raised.
 *
 * @returns what is left to compare: the products that were found in question, what moves from now on (so that every pair is
 * held against its baseline once a pass), and which sales are known now.
 */
export async function lookAhead(
    context: RunContext,
    connection: ConnectionRow,
    extent: Extent & { sales: Sales },
): Promise<Extent & { sales: Sales }> {
    if (connection.settings.orders === 'none') return extent
    const { account_id, connection_id } = connection
    const found = await withFigures(context, connection, extent, async (tx, { raise_since = null, products }) => ({
        inQuestion: products as string[] | null,
        raised: await query<LevelKey>(tx, 'stock/to_raise', { account_id, connection_id, raise_since }),
        overtaken: await query<LevelKey>(tx, 'stock/overtaken', {}),
        unaccounted: (await queryOne<{ is_so: boolean }>(tx, 'stock/unaccounted', {})).is_so,
    }))
    const destination = await storeById(context.db, account_id, connection.destination_store_id)
    await readLevelsNow(context, destination, found.overtaken)
    const asks = found.unaccounted || found.overtaken.length > 0
    const own = !asks || (await lookAtSales(context, connection, destination))
    await readLevelsNow(context, await storeById(context.db, account_id, connection.source_store_id), found.raised)
    const sales = { ...extent.sales, own: extent.sales.own && own }
    return { ...extent, whole: false, besides: found.inQuestion ?? 'all', sales }
}

/** Whether the sales of a connection's destination are known, past every index. */
async function lookAtSales(context: RunContext, connection: ConnectionRow, destination: StoreRow): Promise<boolean> {
    const orders = await readOrdersNow(context, destination)
    await refreshMovements(context, connection, false)
    return orders.every(({ state }) => state === 'complete')
}

const BRAKE = 'hand_counts_held'

/** Makes movements of what hands changed at a destination, read again by id, unless they are more than its brake lets through (D4). */
export async function carryHandCounts(context: RunContext, connection: ConnectionRow, extent: Extent): Promise<void> {
    if (!carriesCounts(connection)) return
    const keys = { account_id: connection.account_id, connection_id: connection.connection_id }
    const countsNow = (tx: Session) => query<Count>(tx, 'stock/hand_counts', keys)
    // An index that lags shows a figure as it was before our own last write: by id it is as it is.
    const shown = await withFigures(context, connection, extent, countsNow)
    if (shown.length === 0) return context.inTransaction((tx) => endNotice(tx, connection, BRAKE))
    const destination = await storeById(context.db, connection.account_id, connection.destination_store_id)
    await readLevelsNow(context, destination, shown)
    await withFigures(context, connection, extent, async (tx) => {
        const counts = await countsNow(tx)
        const units = counts.reduce((sum, count) => sum + Math.abs(count.units), 0)
        const { adjust_most } = connection.settings.brakes
        if (units > adjust_most) return notify(tx, connection, BRAKE, heldText(connection, counts.length, units))
        await endNotice(tx, connection, BRAKE)
        if (counts.length > 0) await execute(tx, 'stock/carry_counts', { ...keys, counts })
    })
}

function heldText({ connection_id, settings }: ConnectionRow, items: number, units: number): string {
    return (
        `Connection ${connection_id}: ${items} figures were changed by hand at the destination, by ${units} units in all, more ` +
        `than the ${settings.brakes.adjust_most} that brakes.adjust_most lets through. Nothing is carried to the source, and ` +
        `these figures are left alone. Set them back there, or raise brakes.adjust_most in the settings.`
    )
}
