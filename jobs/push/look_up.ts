import type { UserError } from '../../connectors/shopify/errors.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { storeTime } from '../../connectors/shopify/store_time.ts'
import { query } from '../../sql/query.ts'
import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { inBatches } from './in_batches.ts'
import { deleteDraft, pushKinds } from './kinds.ts'
import { originField } from './order_document.ts'
import { type Recorder, recorderOf } from './record.ts'
import type { TwinNode } from './twin.ts'

export type OpenPush = {
    order_push_id: string
    state: 'sent' | 'unknown' | 'drafted'
    kind: 'order' | 'draft'
    origin: string
    source_draft_id: string | null
    first_sent_at: string
    looked_up_at: string | null
    cancelled_at: string | null
}

/** A create that lands after a look-up has landed by then: Shopify gives up on a request after seconds. */
const SETTLED_MS = 60_000

/**
 * Looks up what became of the pushes of a connection that got no answer, before anything else is sent: once, and again a
 * minute later. An order that is not there then is planned anew; a draft cannot be told to be missing, and waits for a
 * person (design: Orders). Drafts that the source has completed since become orders.
 */
export async function lookUpPushes(context: RunContext, connection: ConnectionRow, source: StoreRow): Promise<void> {
    const { account_id, connection_id } = connection
    const open = await query<OpenPush>(context.db, 'orders/open_pushes', { account_id, connection_id })
    if (open.length === 0) return
    const recorder = recorderOf(context)
    const now = await storeTime(context.clientOf(source))
    for (const push of open.filter(({ state }) => state !== 'drafted')) {
        context.signal.throwIfAborted()
        await lookUp(context, source, recorder, push, now)
    }
    await followDrafts(
        context,
        source,
        recorder,
        open.filter(({ state }) => state === 'drafted'),
    )
}

async function lookUp(context: RunContext, source: StoreRow, recorder: Recorder, push: OpenPush, now: Date) {
    const kind = pushKinds[push.kind]
    const { order_push_id: id, origin, looked_up_at: first } = push
    const since = new Date(push.first_sent_at)
    if (await kind.find(context.clientOf(source), recorder, { id, origin, since })) return
    const isSettled = first !== null && now.getTime() - Date.parse(first) >= SETTLED_MS
    if (!isSettled) return recorder.unknown(id, null, now)
    if (kind.sentAgain) return recorder.notThere(id, 'planned', null, null)
    const detail =
        `No answer came when it was sent as a draft, and two look-ups found none of ${origin}. Look among the drafts of ` +
        `${source.domain}; if there is none, push it again: crossdock orders push.`
    return recorder.notThere(id, 'unresolved', 'API_ERROR', detail)
}

type DraftNow = { id: string; status: string; completedAt: string | null; order: TwinNode | null }

/** What the source has made of drafts: completed, deleted, or not looked at yet. */
async function followDrafts(context: RunContext, source: StoreRow, recorder: Recorder, drafts: readonly OpenPush[]) {
    const client = context.clientOf(source)
    for (const batch of inBatches(drafts, 10)) {
        const ids = batch.map(({ source_draft_id }) => gid('DraftOrder', source_draft_id!))
        const { nodes } = await client.query<{ nodes: (DraftNow | null)[] }>(operation('push/drafts_now'), { ids })
        for (const [index, push] of batch.entries()) {
            await followDraft(context, source, recorder, push, nodes[index] ?? null)
        }
    }
}

async function followDraft(
    context: RunContext,
    source: StoreRow,
    recorder: Recorder,
    push: OpenPush,
    draft: DraftNow | null,
): Promise<void> {
    const { order_push_id: id, origin } = push
    const client = context.clientOf(source)
    if (draft?.order) {
        await markOrder(context, source, draft.order, origin)
        await recorder.answered(id, draft.order, draft.completedAt!)
    } else if (draft === null) {
        const detail = `${source.domain} has deleted the draft. Push it again, or release its movements.`
        await recorder.notThere(id, 'unresolved', 'API_ERROR', detail)
    } else if (push.cancelled_at !== null) {
        await deleteDraft(client, push.source_draft_id!)
        await recorder.notThere(id, 'refused', 'CANCELLED_BEFORE_PUSH', 'Its draft was deleted.')
    }
}

/** The order that a draft became says of itself which one it stands for; should the source refuse that, our own record does. */
async function markOrder(context: RunContext, source: StoreRow, { id, name }: TwinNode, origin: string): Promise<void> {
    type Marked = { metafieldsSet: { userErrors: UserError[] } }
    const variables = { metafields: [{ ...originField(origin), ownerId: id }] }
    const { metafieldsSet } = await context.clientOf(source).mutate<Marked>(operation('push/mark_order'), variables)
    if (metafieldsSet.userErrors.length === 0) return
    const said = metafieldsSet.userErrors.map(({ message }) => message).join('; ')
    context.log.warn({ store: source.domain, order: name, said }, 'an order could not be marked')
}
