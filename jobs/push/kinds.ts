import type { ShopifyClient } from '../../connectors/shopify/client.ts'
import type { UserError } from '../../connectors/shopify/errors.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import { draftDocument } from './draft_document.ts'
import { orderDocument } from './order_document.ts'
import type { Document, Ready } from './ready.ts'
import type { Recorder } from './record.ts'
import type { TwinNode } from './twin.ts'

/** What came of sending: done, or refused with what the source said. Null: an answer that says neither. */
export type Sent = {
    at: Date | null
    refused: readonly UserError[]
    record: ((pushId: string) => Promise<unknown>) | null
}

/** How orders of one kind are written to a source, and found there again. */
export type PushKind = {
    document(connection: ConnectionRow, destination: StoreRow, order: Ready): Document
    send(client: ShopifyClient, recorder: Recorder, document: Document, sentAt: Date): Promise<Sent>
    /**
     * Looks whether it is there, made since a time; null: it is not. What is found is recorded. A draft that search does not
     * show yet may be there for all that.
     */
    find(client: ShopifyClient, recorder: Recorder, push: { id: string; origin: string; since: Date }): Promise<boolean>
    /** Whether it may be sent again after two look-ups, a minute apart, found nothing. */
    sentAgain: boolean
}

type Created = { orderCreate: { order: TwinNode | null; userErrors: UserError[] } | null }
type Drafted = { draftOrderCreate: { draftOrder: { id: string; name: string } | null; userErrors: UserError[] } | null }

const order: PushKind = {
    document: orderDocument,
    async send(client, recorder, document, sentAt) {
        const { data, at } = await client.send<Created>(operation('push/order_create'), document)
        const answer = data.orderCreate
        const twin = answer?.order
        return {
            ...{ at, refused: answer?.userErrors ?? [] },
            record: twin ? (id) => recorder.answered(id, twin, (at ?? sentAt).toISOString()) : null,
        }
    },
    /** By our unique metafield: exact, and without the lag of a search (rule 59). */
    async find(client, recorder, { id, origin, since }) {
        type Found = { orderByIdentifier: TwinNode | null }
        const { data, at } = await client.send<Found>(operation('push/order_by_origin'), { origin })
        const twin = data.orderByIdentifier
        if (twin) await recorder.answered(id, twin, (at ?? since).toISOString())
        return twin !== null
    },
    sentAgain: true,
}

/** An index may be late; drafts made a little earlier are looked at too. */
const REACH_BACK_MS = 10 * 60_000

const draft: PushKind = {
    document: draftDocument,
    async send(client, recorder, document) {
        const { data, at } = await client.send<Drafted>(operation('push/draft_create'), document)
        const answer = data.draftOrderCreate
        const made = answer?.draftOrder
        return {
            ...{ at, refused: answer?.userErrors ?? [] },
            record: made ? (id) => recorder.drafted(id, made) : null,
        }
    },
    async find(client, recorder, { id, origin, since }) {
        const from = new Date(since.getTime() - REACH_BACK_MS).toISOString().slice(0, 19)
        for await (const made of draftsSince(client, `created_at:>='${from}Z'`)) {
            if (made.origin?.value !== origin) continue
            await recorder.drafted(id, made)
            return true
        }
        return false
    },
    // Without an exact look-up nothing proves that it is not there.
    sentAgain: false,
}

type DraftNode = { id: string; name: string; origin: { value: string } | null }
type Page = { draftOrders: { nodes: DraftNode[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } }

async function* draftsSince(client: ShopifyClient, query: string): AsyncGenerator<DraftNode> {
    let after: string | null = null
    do {
        const { draftOrders }: Page = await client.query<Page>(operation('push/drafts_since'), { query, after })
        yield* draftOrders.nodes
        after = draftOrders.pageInfo.hasNextPage ? draftOrders.pageInfo.endCursor : null
    } while (after !== null)
}

export const pushKinds: Readonly<Record<'order' | 'draft', PushKind>> = { order, draft }

/** Takes a draft away that nobody has completed. Throws where the source says no. */
export async function deleteDraft(client: ShopifyClient, draftId: string): Promise<void> {
    type Deleted = { draftOrderDelete: { userErrors: UserError[] } }
    const { draftOrderDelete } = await client.mutate<Deleted>(operation('push/draft_delete'), {
        id: gid('DraftOrder', draftId),
    })
    if (draftOrderDelete.userErrors.length === 0) return
    throw new Error(
        `${client.domain}: expected to delete draft ${draftId}, whose order was cancelled, but it said: ` +
            `${draftOrderDelete.userErrors.map(({ message }) => message).join('; ')}. Delete it there.`,
    )
}
