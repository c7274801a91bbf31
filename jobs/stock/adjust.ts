import type { Json } from '../../connectors/entities/index.ts'
import type { ShopifyClient } from '../../connectors/shopify/client.ts'
import { AccessLostError, ShopifyError, ThrottledError, type UserError } from '../../connectors/shopify/errors.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { ADJUSTING, missingScopes } from '../../connectors/shopify/scopes.ts'
import { execute, query, queryOne } from '../../sql/query.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { eachOf } from '../load/each_of.ts'
import { readLevelsNow } from './levels.ts'

type Unsent = {
    movement_id: string
    kind: string
    origin: string
    origin_id: string
    location_id: string
    n: number
    source_item_id: string
    source_location_id: string
    units: number
    tries: number
}
type Payload = { inventoryAdjustmentGroup: { createdAt: string } | null; userErrors: UserError[] }
type Call = { callId: string; variables: Record<string, unknown> }

/** A level that moves under our hands is read again so often in a run; then the next run tells the source. */
const MOST_STALE = 3
/** Levels whose movements are on their way at one time. */
const AT_ONCE = 8

/**
 * Tells a connection's source what its destination sold and took back (D4 `adjust`, `two_way`; with `order_push` of orders
 * that it was told of in this way before): one call a movement, each over the figure that was just read, under a key made
 * of the event alone. Refused as moved, it is sent with the next n.
 */
export async function adjustSource(context: RunContext, connection: ConnectionRow, source: StoreRow): Promise<number> {
    const { account_id, connection_id, settings } = connection
    if (settings.orders === 'none') return 0
    const pushes = settings.orders === 'order_push'
    const unsent = () => query<Unsent>(context.db, 'stock/unsent', { account_id, connection_id, pushes })
    if (pushes && (await unsent()).length === 0) return 0
    if (await isDenied(context, source)) return 0
    let told = 0
    for (let round = 0; round < MOST_STALE; round++) {
        const movements = await unsent()
        if (movements.length === 0) break
        const done = await tellAll(context, connection, source, movements)
        told += done
        if (done === movements.length) break
    }
    return told
}

/** Levels side by side, the movements of each one after the other. Returns of how many the source was told. */
async function tellAll(
    context: RunContext,
    connection: ConnectionRow,
    source: StoreRow,
    movements: readonly Unsent[],
): Promise<number> {
    const figured = await withFigures(context, source, movements)
    const levels = [...Map.groupBy(figured, (it) => `${it.source_item_id}/${it.source_location_id}`).values()]
    const answers = await eachOf(levels, AT_ONCE, async (own) => {
        let done = 0
        for (const movement of own) if (await tell(context, connection, source, movement)) done++
        return done
    })
    return answers.reduce((sum, done) => sum + done, 0)
}

const NOT_TOLD = 'source_not_told'

/** A source that does not let its stock be adjusted is not asked; its sales count on as movements. */
async function isDenied(context: RunContext, source: StoreRow): Promise<boolean> {
    const missing = missingScopes(source.scopes, ADJUSTING)
    const text =
        `${source.domain} is not told of sales, which are subtracted from every destination meanwhile: ` +
        `grant ${missing.join(', ')} to the app there.`
    await context.inTransaction((tx) =>
        missing.length > 0 ? notify(tx, source, NOT_TOLD, text) : endNotice(tx, source, NOT_TOLD),
    )
    return missing.length > 0
}

type Figured = Unsent & { from: number; at: string }

/** Each movement with the figure it is sent over. Of several of one level each goes over what the one before leaves. */
async function withFigures(context: RunContext, source: StoreRow, movements: readonly Unsent[]): Promise<Figured[]> {
    const keys = movements.map((it) => ({ inventory_item_id: it.source_item_id, location_id: it.source_location_id }))
    const distinct = [...new Map(keys.map((key) => [`${key.inventory_item_id}/${key.location_id}`, key])).values()]
    const levels = await readLevelsNow(context, source, distinct)
    const figures = new Map(levels.map((it) => [`${it.inventory_item_id}/${it.location_id}`, it]))
    return movements.flatMap((movement): Figured[] => {
        const level = figures.get(`${movement.source_item_id}/${movement.source_location_id}`)
        if (level?.available == null) return []
        const from = level.available
        level.available += movement.units
        return [{ ...movement, from, at: level.read_at }]
    })
}

/** Whether the source was told. */
async function tell(context: RunContext, connection: ConnectionRow, source: StoreRow, it: Figured): Promise<boolean> {
    const idempotencyKey = keyOf(connection, it)
    const variables = { input: inputOf(context, it), idempotencyKey }
    const { call_id: callId } = await context.inTransaction((tx) =>
        queryOne<{ call_id: string }>(tx, 'stock/plan_adjustment', {
            account_id: connection.account_id,
            store_id: source.store_id,
            connection_id: connection.connection_id,
            run_id: context.runId,
            variables,
            idempotency_key: idempotencyKey,
            movement_id: it.movement_id,
            sent_at: it.at,
        }),
    )
    return send(context, context.clientOf(source), connection.account_id, { callId, variables })
}

/** Never from a run: an event has one key at each try, whoever sends it (design: Load). */
function keyOf({ join_key, connection_id }: ConnectionRow, it: Unsent): string {
    return [
        'crossdock',
        join_key,
        connection_id,
        it.origin,
        it.origin_id,
        it.location_id,
        it.kind,
        it.n,
        it.tries,
    ].join('-')
}

function inputOf({ runId }: RunContext, it: Figured) {
    const change = {
        inventoryItemId: gid('InventoryItem', it.source_item_id),
        locationId: gid('Location', it.source_location_id),
        delta: it.units,
        changeFromQuantity: it.from,
    }
    return {
        name: 'available',
        reason: it.kind === 'restock' ? 'restock' : 'correction',
        referenceDocumentUri: `gid://crossdock/Run/${runId}`,
        changes: [change],
    }
}

/** Sends an adjustment as it stands in the outbox and settles it. What got no answer stays `unknown`: it is looked up by its key. */
async function send(context: RunContext, client: ShopifyClient, account_id: number, call: Call): Promise<boolean> {
    const settle = (facts: { answer?: Json; error: string | null; told_at?: string | null }) =>
        context.inTransaction((tx) =>
            execute(tx, 'stock/settle_adjustment', {
                ...{ account_id, call_id: call.callId, answer: null, told_at: null },
                ...facts,
            }),
        )
    const unknown = (error: string) =>
        context.inTransaction((tx) =>
            execute(tx, 'stock/unknown_adjustment', { account_id, call_id: call.callId, error }),
        )
    try {
        const came = await answerTo(client, call)
        const refused = came?.answer.userErrors ?? []
        const error = refused.map(({ message }) => message).join('; ') || null
        if (came === null || refused.some(({ code }) => code === 'IDEMPOTENCY_CONCURRENT_REQUEST')) {
            await unknown(error ?? 'the store answered nothing to it')
            return false
        }
        await settle({ answer: came.answer as unknown as Json, error, told_at: error === null ? came.at : null })
        return error === null
    } catch (error) {
        if (!(error instanceof ShopifyError)) throw error
        if (error.mayBeDone) await unknown(error.message)
        else await settle({ error: error.message })
        if (error instanceof AccessLostError || error instanceof ThrottledError) throw error
        return false
    }
}

/** The answer, and Shopify's time of it: it may leave the group out of one that says it is done. None at all proves nothing. */
async function answerTo(
    client: ShopifyClient,
    { variables }: Call,
): Promise<{ answer: Payload; at: string | null } | null> {
    type Data = { inventoryAdjustQuantities: Payload | null }
    const { data, at } = await client.send<Data>(operation('stock/level_adjust'), variables)
    const answer = data.inventoryAdjustQuantities
    if (!answer) return null
    const told = answer.inventoryAdjustmentGroup?.createdAt ?? at?.toISOString() ?? null
    return told === null && answer.userErrors.length === 0 ? null : { answer, at: told }
}

type Unanswered = { call_id: string; variables: string; repeatable: boolean }

/**
 * Adjustments that an earlier run left without an answer are sent again as they were: their key tells Shopify whether it
 * did them. After 20 hours it may have forgotten: they wait for a person, and their movements count on.
 */
export async function recoverAdjustments(context: RunContext, source: StoreRow, now: Date): Promise<void> {
    const { account_id, store_id } = source
    const calls = await query<Unanswered>(context.db, 'stock/unanswered_adjustments', { account_id, store_id, now })
    for (const { call_id: callId, variables, repeatable } of calls) {
        if (!repeatable) continue
        await send(context, context.clientOf(source), account_id, { callId, variables: JSON.parse(variables) })
    }
}
