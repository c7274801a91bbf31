import type { ShopifyClient } from '../../connectors/shopify/client.ts'
import type { UserError } from '../../connectors/shopify/errors.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { execute } from '../../sql/query.ts'
import { type Added, addedLines, type Edit, type Expected, editOf, refusedEdit } from './edit_lines.ts'
import {
    clientOf,
    type Found,
    type Intent,
    type Mirror,
    noteOf,
    orderOf,
    type Result,
    type Stage,
    type Unanswered,
} from './intent.ts'
import { readLines } from './orders_now.ts'
import { send, settle } from './send.ts'

type Begun = { orderEditBegin: { calculatedOrder: { id: string } | null; userErrors: UserError[] } | null }
type Changed = { [mutation: string]: { userErrors: UserError[] } | null }
type Committed = { orderEditCommit: { order: { id: string } | null; userErrors: UserError[] } | null }
type Remembered = { remember: { expected: Expected[]; known: string[] } }

/**
 * What the destination's order was edited by is carried to its twin as a difference (rule 67). Nothing of an edit counts
 * until it is committed, so that the commit alone is the write.
 */
export const edits: Mirror = {
    async carry(stage, given): Promise<Result> {
        const intent = given as Intent<unknown> as Intent<Edit>
        const client = clientOf(stage, intent)
        const now = await readLines(client, orderOf(intent))
        if (now.cancelledAt !== null) {
            return settle(stage, intent, { state: 'adopted', reason: 'CANCELLED', at: now.cancelledAt })
        }
        const edit = await editOf(stage, intent, now)
        if (typeof edit === 'string') return settle(stage, intent, refusedEdit(edit))
        const begun = await begin(client, orderOf(intent), edit, intent.payload.added)
        if ('errors' in begun) {
            const detail = begun.errors.map(({ message }) => message).join('; ')
            return settle(stage, intent, { state: 'refused', reason: 'API_ERROR', detail })
        }
        const call = {
            document: operation('mirror/edit_commit'),
            variables: { id: begun.id, staffNote: noteOf(stage, intent, 'Edited') },
            at: now.at,
            remember: { expected: edit, known: [...now.lines.keys()] },
        }
        const result = await send<Committed>(
            stage,
            intent,
            call,
            ({ orderEditCommit: answer }) => answer && { ...answer },
        )
        if (result === 'done') await noteAdded(stage, intent, call.remember.known)
        return result
    },

    async find(stage, given): Promise<Found> {
        const intent = given as Intent<unknown> as Unanswered<Edit>
        const now = await readLines(clientOf(stage, intent), orderOf(intent))
        const { expected, known } = (JSON.parse(intent.variables) as Remembered).remember
        const at = now.at.toISOString()
        const set = expected.filter(({ id, quantity }) => now.lines.get(id)?.current === quantity)
        const untouched = expected.filter(({ id, before }) => now.lines.get(id)?.current === before)
        const added = addedLines(now, known, intent.payload.added)
        if (set.length === expected.length && added.length === intent.payload.added.length) {
            await putAdded(stage, intent, added)
            return { state: 'there', target_id: null, at }
        }
        if (untouched.length === expected.length && added.length === 0) return { state: 'absent', at }
        return { state: 'several', at }
    },
}

/** Opens an edit and enters all of it. */
async function begin(
    client: ShopifyClient,
    order: string,
    edit: readonly Expected[],
    added: readonly Added[],
): Promise<{ id: string } | { errors: UserError[] }> {
    const { orderEditBegin: begun } = await client.mutate<Begun>(operation('mirror/edit_begin'), {
        id: gid('Order', order),
    })
    const id = begun?.calculatedOrder?.id
    if (!id) return { errors: begun?.userErrors ?? [{ field: null, message: 'The store opened no edit.' }] }
    const enter = async (name: string, variables: Record<string, unknown>) => {
        const [answer] = Object.values(await client.mutate<Changed>(operation(name), { id, ...variables }))
        return answer?.userErrors ?? [{ field: null, message: 'The store answered nothing to it.' }]
    }
    const errors: UserError[] = []
    for (const { id: line, quantity, before } of edit) {
        // a line of an edit has the number of the order's
        const lineItemId = gid('CalculatedLineItem', line)
        errors.push(...(await enter('mirror/edit_set', { lineItemId, quantity, restock: quantity < before })))
    }
    for (const { source_variant_id, source_units, location_id } of added) {
        const variantId = gid('ProductVariant', source_variant_id)
        const locationId = location_id === null || location_id === '0' ? null : gid('Location', location_id)
        errors.push(...(await enter('mirror/edit_add', { variantId, quantity: source_units, locationId })))
    }
    return errors.length > 0 ? { errors } : { id }
}

/** Which lines of the twin the added ones became. A killed process leaves that to the next, which reads it again. */
async function noteAdded(stage: Stage, intent: Intent<Edit>, known: readonly string[]): Promise<void> {
    if (intent.payload.added.length === 0) return
    const now = await readLines(clientOf(stage, intent), orderOf(intent))
    await putAdded(stage, intent, addedLines(now, known, intent.payload.added))
}

async function putAdded(
    { context, connection }: Stage,
    intent: Intent<Edit>,
    lines: readonly (Added & { source_line_item_id: string })[],
): Promise<void> {
    if (lines.length === 0) return
    const { account_id } = connection
    const rows = lines.map((it) => ({ ...it, units: it.source_units }))
    const asked = { account_id, order_push_id: intent.order_push_id, lines: rows }
    await context.inTransaction((tx) => execute(tx, 'mirror/put_added_lines', asked))
}
