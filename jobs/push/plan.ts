import { gateOrders } from '../../sql/orders/gated.ts'
import { execute, query, queryFirst, queryOne } from '../../sql/query.ts'
import type { Session } from '../../sql/session.ts'
import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import { minorDigits } from '../compare/parameters.ts'
import type { RunContext } from '../context.ts'
import { pushKinds } from './kinds.ts'
import { originOf } from './marks.ts'
import type { Document, Ready } from './ready.ts'

/** Orders planned at one time: what they carry is held in memory. */
const AT_A_TIME = 200

export type Planned = {
    order_push_id: string
    kind: 'order' | 'draft'
    origin: string
    document: Document
    name: string
}

/**
 * Writes the intent to push each order that no gate refuses (rule 52), a few hundred at a time, with the document that
 * will be sent: nothing was sent yet. Returns them, the older ones first; none when all are planned or pushed.
 */
export async function planPushes(
    context: RunContext,
    connection: ConnectionRow,
    { source, destination }: { source: StoreRow; destination: StoreRow },
): Promise<Planned[]> {
    const { account_id, connection_id } = connection
    return context.inTransaction(async (tx) => {
        const whose = { account_id, connection_id }
        const { order_ids } = await queryOne<{ order_ids: string[] }>(tx, 'orders/candidates', whose)
        if (order_ids.length === 0) return []
        await gateOrders(tx, { ...whose, order_ids })
        const digits = { digits: minorDigits(source.currency!), digits_there: minorDigits(destination.currency!) }
        const asked = { ...whose, ...digits, most: AT_A_TIME }
        const rows = await query<Ready>(tx, 'orders/ready', asked)
        const planned: Planned[] = []
        for (const row of rows) {
            const intent = await plan(tx, context, connection, destination, row)
            if (intent) planned.push(intent)
        }
        return planned
    })
}

async function plan(
    tx: Session,
    { runId }: RunContext,
    connection: ConnectionRow,
    destination: StoreRow,
    order: Ready,
): Promise<Planned | null> {
    const { account_id, connection_id, settings } = connection
    const kind = settings.push.as
    const document = pushKinds[kind].document(connection, destination, order)
    const origin = originOf(destination, order.order_id)
    const intent = await queryFirst<{ order_push_id: string }>(tx, 'orders/plan_push', {
        ...{ account_id, connection_id, order_id: order.order_id, kind, origin, document, run_id: runId },
        ...{ mode: order.is_asked ? 'manual' : 'auto', rate: order.rate, currency: order.currency },
        ...{ lines_total: order.lines_total, shipping_total: order.shipping_total },
    })
    if (intent === null) return null
    const keys = { account_id, order_push_id: intent.order_push_id }
    await execute(tx, 'orders/plan_push_lines', { ...keys, lines: order.lines })
    return { order_push_id: intent.order_push_id, kind, origin, document, name: order.name }
}
