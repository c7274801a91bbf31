import { findBulkOperation } from '../../connectors/shopify/bulk_operation.ts'
import { execute, query } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import { connectionById } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { collect, operationName } from './bulk.ts'
import { settleRest } from './bulk_lines.ts'
import { kindOf } from './calls/index.ts'
import { linesById, openBulkLines } from './outbox.ts'
import { again, NOT_DONE } from './outcome.ts'
import { type Place, placeOf } from './place.ts'
import { answered } from './send.ts'

type Unanswered = {
    call_id: string
    connection_id: number
    change_set_id: string
    name: string
    transport: 'plain' | 'bulk'
    state: 'planned' | 'sent' | 'unknown'
    bulk_operation_id: string | null
    sent_at: string | null
}

/** More lines than one bulk call can hold. */
const ALL_LINES = 10_000_000

/**
 * Looks up the calls to a store that earlier runs left without an answer, before anything else is read or written
 * there: what was planned and never sent is dropped, what was sent is settled by its result or by reading the store.
 * Its lines that were not written become `approved` again where their set is still to be loaded.
 * @returns how many calls were looked up.
 */
export async function recoverCalls(context: RunContext, store: StoreRow): Promise<number> {
    const keys = { account_id: context.accountId, store_id: store.store_id }
    const calls = await query<Unanswered>(context.db, 'load/unanswered', keys)
    await dropPlanned(context, calls)
    const sent = calls.filter((call) => call.state !== 'planned')
    for (const call of sent) {
        context.signal.throwIfAborted()
        const connection = await connectionById(context.db, context.accountId, call.connection_id)
        const place = { ...(await placeOf(context, connection)), changeSetId: call.change_set_id }
        context.log.info({ call: call.call_id, name: call.name, store: store.domain }, 'looking up an unanswered call')
        if (call.transport === 'plain') await lookUpPlain(place, call)
        else await lookUpBulk(place, call)
    }
    return sent.length
}

async function dropPlanned(context: RunContext, calls: readonly Unanswered[]): Promise<void> {
    const call_ids = calls.filter((call) => call.state === 'planned').map((call) => call.call_id)
    if (call_ids.length === 0) return
    const parameters = { account_id: context.accountId, call_ids }
    await context.inTransaction(async (tx) => {
        await execute(tx, 'load/drop_planned', parameters)
        await execute(tx, 'load/delete_planned', parameters)
    })
}

const whenSent = (call: Unanswered) => ({ later: true, sentAt: new Date(call.sent_at ?? 0) })

async function lookUpPlain(place: Place, call: Unanswered): Promise<void> {
    const rows = await openBulkLines(place, call.call_id, null, ALL_LINES)
    const lines = await linesById(
        place,
        rows.flatMap((row) => row.change_ids),
    )
    const outcomes = lines.length > 0 ? await kindOf(call.name).lookUp(lines, place, whenSent(call)) : []
    await answered(place, call.call_id, outcomes, { error: 'lost: looked up by a later run' })
}

/** A bulk call is found again by its operation's name; its result is joined as if it had been awaited. */
async function lookUpBulk(place: Place, call: Unanswered): Promise<void> {
    const kind = kindOf(call.name)
    const rows = await openBulkLines(place, call.call_id, null, ALL_LINES)
    const operationId = call.bulk_operation_id ?? (await findStarted(place, call))
    if (operationId === null) {
        await settleRest(place, kind, call.call_id, (lines) => lines.map((line) => again(line, NOT_DONE)))
        return
    }
    const lines = (rows.at(-1)?.line_number ?? -1) + 1
    await collect(place, kind, { callId: call.call_id, operationId, lines }, whenSent(call))
}

async function findStarted(place: Place, call: Unanswered): Promise<string | null> {
    const since = new Date(call.sent_at ?? 0)
    return (await findBulkOperation(place.client, operationName(call.call_id), since))?.id ?? null
}
