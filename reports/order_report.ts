import { minorDigits } from '../connectors/entities/index.ts'
import type { Session } from '../sql/database.ts'
import { gateOrders } from '../sql/orders/gated.ts'
import { execute, type Parameters, query, queryOne } from '../sql/query.ts'
import { connectionById, storeById } from '../sql/stores/stores.ts'
import { make } from './made.ts'
import type { OrderGiven } from './order_given.ts'
import { reasons } from './reasons.ts'
import type { OpenSheet, Side, Verdict } from './report.ts'
import { assembleSummary, words } from './summary.ts'

type Head = {
    connection_id: number
    state: string
    ending: string | null
    orders: string | null
    accepted_at: string | null
    destination: string
    source: string
    made_at: string
    destination_read_at: string | null
    source_read_at: string | null
    oldest_order_at: string | null
}

/** Where store has no currency or zone yet, nothing of it was read: then there is nothing to round or to date. */
const UNREAD = { currency: 'USD', zone: 'UTC' }

/**
 * Makes what the sheets of an order report are read from: the orders of a connection's destination made on the days of a
 * range, and their lines, each with the gate that refuses it (rules 52, 84), of this connection alone (rule 91). Whatever
 * its state: a connection that is blocked or disconnected keeps its reports (D14).
 * @returns the parameters of the sheets' statements.
 */
export async function makeOrderTables(
    tx: Session,
    account_id: number,
    given: OrderGiven,
    side: Side = null,
): Promise<Parameters> {
    const connection = await connectionById(tx, account_id, given.connection)
    const { connection_id } = connection
    const source = await storeById(tx, account_id, connection.source_store_id)
    const destination = await storeById(tx, account_id, connection.destination_store_id)
    const currency = destination.currency ?? UNREAD.currency
    const source_currency = source.currency ?? UNREAD.currency
    const zone = given.zone ?? destination.zone ?? UNREAD.zone
    const asked = { account_id, connection_id, from_day: given.from, to_day: given.to, zone }
    const order_ids = (await query<{ order_id: string }>(tx, 'reports/orders/of_range', asked)).map((it) => it.order_id)
    const parameters = {
        ...asked,
        order_ids,
        ...{ currency, digits: minorDigits(currency), source_currency, source_digits: minorDigits(source_currency) },
        ...{ commission_type: given.commission?.type ?? null, commission_rate: given.commission?.rate ?? null },
        pushed_only: side === 'source',
        reasons,
    }
    // a month's limit counts the orders before these too (rule 52)
    const isLimited = connection.settings.push.most_a_month !== null
    await gateOrders(tx, { account_id, connection_id, order_ids: isLimited ? null : order_ids })
    for (const name of ['gated_lines', 'gated_orders']) await execute(tx, 'reports/orders/analyze', { name })
    await makeTables(tx, ['range', 'lines', 'orders'], parameters)
    return parameters
}

/** Makes the temporary tables of sql/reports/orders/, each from those before it. */
export async function makeTables(tx: Session, tables: readonly string[], parameters: Parameters): Promise<void> {
    for (const table of tables) {
        await make(tx, [`reports/orders/${table}`], parameters)
        await execute(tx, 'reports/orders/analyze', { name: `report_${table}` })
    }
}

/** The first sheet: whom the report is about, when and how fresh it is, how long its sheets are, then its own figures. */
export async function summaryOf(
    tx: Session,
    title: string,
    parameters: Parameters,
    sheets: readonly OpenSheet[],
    figures: OpenSheet,
    verdict: Verdict | null = null,
): Promise<OpenSheet> {
    const { account_id, connection_id, zone, from_day, to_day } = parameters as { [name: string]: string }
    const isSource = parameters.pushed_only === true
    const head = await queryOne<Head>(tx, 'reports/order_head', {
        ...{ account_id: account_id!, connection_id: connection_id!, zone: zone! },
    })
    return assembleSummary(
        [
            words('report', 'report', title),
            words('report', 'made at', head.made_at),
            words('report', 'connection', String(head.connection_id)),
            words('report', 'source store', head.source),
            words('report', 'destination store', head.destination),
            words(
                'report',
                'connection status',
                head.ending === null ? head.state : `${head.state}, to be ${head.ending}`,
            ),
            words('report', 'connected since', head.accepted_at),
            words('report', 'orders', head.orders),
            words('report', 'range', `${from_day} to ${to_day}, both included`),
            words('report', 'time zone', zone!),
            words('report', 'filter', isSource ? 'orders that were pushed, and their lines' : 'none'),
            words('report', 'orders of the destination read until', head.destination_read_at),
            words('report', 'orders of the source read until', head.source_read_at),
            words('report', 'oldest order that is kept', isSource ? null : head.oldest_order_at),
            ...(verdict ? [words('report', 'verdict', verdict.sentence)] : []),
        ],
        sheets,
        figures,
    )
}
