import { z } from 'zod'
import { transaction } from '../../sql/database.ts'
import { mirrorsOf } from '../../sql/mirror/mirrors.ts'
import { linesOf, type OrderLineRow, type OrderRow, ordersNamed, ordersOf } from '../../sql/orders/orders.ts'
import { connectionsOf } from '../../sql/stores/stores.ts'
import { command } from './command.ts'
import { number } from './given.ts'
import { mirrorTable } from './orders_release.ts'
import { table, when } from './table.ts'

const MOST = 100
const CONNECTION = ['--connection <id>', 'orders of its destination, as far as its source is concerned'] as const

export const ordersList = command({
    name: 'orders list',
    does: 'Lists orders of destinations, whether they were pushed to their source, and why not.',
    example: 'crossdock orders list --state not_pushed',
    options: [
        CONNECTION,
        ['--state <state>', 'pushed, not_pushed or cancelled'],
        ['--reason <code>', 'only what this gate refuses, such as NO_ADDRESS'],
        ['--limit <number>', `at most so many of each connection, ${MOST} by default`],
    ],
    given: z.object({
        connection: number.optional(),
        state: z.enum(['pushed', 'not_pushed', 'cancelled']).optional(),
        reason: z.string().toUpperCase().optional(),
        limit: number.default(MOST),
    }),
    async run({ connection, state, reason, limit }, desk) {
        const { account_id } = await desk.account()
        const db = await desk.db()
        const all = await connectionsOf(db, account_id)
        const chosen = all.filter(({ connection_id }) => connection === undefined || connection_id === connection)
        if (chosen.length === 0)
            throw new Error('Expected a connection, got none that fits: see crossdock connections.')
        const orders: OrderRow[] = []
        for (const { connection_id } of chosen) {
            const filter = { push_state: state, reason, limit }
            orders.push(...(await transaction(db, (tx) => ordersOf(tx, { account_id, connection_id }, filter))))
        }
        return { json: { orders: orders.map((row) => ({ ...row })) }, text: orderTable(orders) }
    },
})

export function orderTable(rows: readonly OrderRow[]): string[] {
    return table(
        ['connection', 'order', 'made', 'payment', 'total', 'push', 'why not', 'source order', 'decided'],
        rows.map((row) => [
            ...[row.connection_id, row.name, when(row.created_at), row.financial_status],
            row.total === null ? '' : `${row.total} ${row.currency}`,
            row.intent === 'drafted' ? 'pushed as draft' : row.push_state.replace('_', ' '),
            ...[row.reason, row.source_order_name, row.decision],
        ]),
        'There is no order that fits.',
    )
}

export const ordersShow = command({
    name: 'orders show',
    does: 'Shows one order of a destination: its lines, which of them travel, and what became of it at the source.',
    example: 'crossdock orders show 1001 --connection 2',
    arguments: [['<order>', 'its name, or its id']],
    options: [CONNECTION],
    given: z.object({ order: z.string(), connection: number }),
    async run({ order: wanted, connection: connection_id }, desk) {
        const { account_id } = await desk.account()
        const db = await desk.db()
        const whose = { account_id, connection_id }
        const [named] = await ordersNamed(db, whose, [wanted])
        const { order, lines } = await transaction(db, async (tx) => {
            const [order] = await ordersOf(tx, whose, { order_ids: [named!.order_id], limit: 1 })
            return { order: order!, lines: await linesOf(tx, whose, named!.order_id) }
        })
        const mirrors = await mirrorsOf(db, account_id, {
            connection: connection_id,
            orders: [named!.name],
            limit: MOST,
        })
        const lists = { lines: lines.map((row) => ({ ...row })), mirrors: mirrors.map((row) => ({ ...row })) }
        const detail = order.detail ? [order.detail] : []
        return {
            json: { order: { ...order, ...lists } },
            text: [...orderTable([order]), ...detail, '', ...lineTable(lines), '', ...mirrorTable(mirrors)],
        }
    },
})

function lineTable(lines: readonly OrderLineRow[]): string[] {
    return table(
        ['SKU', 'title', 'ordered', 'left', 'source SKU', 'matched by', 'state', 'why not', 'units there'],
        lines.map((row) => [
            ...[row.sku, row.title, row.quantity, row.current_quantity, row.source_sku, row.matched_by],
            ...[row.line_state, row.reason, row.units_pushed],
        ]),
        'It has no lines.',
    )
}
