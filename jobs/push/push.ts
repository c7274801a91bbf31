import { ensureOriginDefinition } from '../../connectors/shopify/origin_definition.ts'
import { missingScopes, PUSHING } from '../../connectors/shopify/scopes.ts'
import { execute } from '../../sql/query.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { eachOf } from '../load/each_of.ts'
import { lookUpPushes } from './look_up.ts'
import { planPushes } from './plan.ts'
import { pushOne } from './send.ts'

/** Orders on their way to a source at one time. */
const AT_ONCE = 4
const NOT_PUSHED = 'orders_not_pushed'

export type Ends = { source: StoreRow; destination: StoreRow }

/** Finds out what became of the pushes of a connection, before its movements are counted: what is known of them counts. */
export async function settlePushes(context: RunContext, connection: ConnectionRow, source: StoreRow): Promise<void> {
    const keys = { account_id: connection.account_id, connection_id: connection.connection_id }
    await context.inTransaction((tx) => execute(tx, 'orders/resolve_twins', keys))
    await lookUpPushes(context, connection, source)
}

/**
 * Pushes the orders of a connection's destination that no gate refuses to its source, each once (rules 52 to 63); those that
 * got no answer were looked up before.
 * @returns how many the source holds now that it did not before.
 */
export async function pushOrders(context: RunContext, connection: ConnectionRow, ends: Ends): Promise<number> {
    if (await isDenied(context, connection, ends.source)) return 0
    const keys = { account_id: connection.account_id, connection_id: connection.connection_id }
    if (connection.settings.orders !== 'order_push' || connection.state !== 'connected') return 0
    await context.inTransaction((tx) => execute(tx, 'orders/retry_refused', keys))
    let pushed = 0
    for (const tried = new Set<string>(); ; ) {
        const planned = (await planPushes(context, connection, ends)).filter((it) => !tried.has(it.order_push_id))
        if (planned.length === 0) return pushed
        if (tried.size === 0) await ensureDefinitions(context, connection, ends.source)
        for (const { order_push_id } of planned) tried.add(order_push_id)
        const there = await eachOf(planned, AT_ONCE, (one) => pushOne(context, ends.source, one))
        pushed += there.filter(Boolean).length
        context.progress(`${ends.destination.domain}: pushing orders`, pushed)
    }
}

async function ensureDefinitions(context: RunContext, { settings }: ConnectionRow, source: StoreRow): Promise<void> {
    const client = context.clientOf(source)
    await ensureOriginDefinition(client, 'ORDER')
    if (settings.push.as === 'draft') await ensureOriginDefinition(client, 'DRAFTORDER')
}

/** A source that does not let orders be written is not asked; its sales count on as movements. */
async function isDenied(context: RunContext, connection: ConnectionRow, source: StoreRow): Promise<boolean> {
    const { orders, push } = connection.settings
    const missing = orders === 'order_push' ? missingScopes(source.scopes, PUSHING[push.as]) : []
    const text =
        `Orders are not pushed to ${source.domain}; their units are subtracted from every destination meanwhile: ` +
        `grant ${missing.join(', ')} to the app there.`
    await context.inTransaction((tx) =>
        missing.length > 0 ? notify(tx, connection, NOT_PUSHED, text) : endNotice(tx, connection, NOT_PUSHED),
    )
    return missing.length > 0
}
