import { idAt } from '../../connectors/entities/index.ts'
import type { ShopifyClient } from '../../connectors/shopify/client.ts'
import { GraphqlError } from '../../connectors/shopify/errors.ts'
import { gid, parseGid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { execute, query } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { stagingLock } from './merge.ts'

/** With a page of lines each, these many refunds cost less than the 1000 points of one query. */
const BATCH = 30
const LINES = 25
/** Pages of one refund's further lines. */
const MORE_LINES = 100
/** Ids that are held at once. */
const MOST = 5_000

/**
 * Reads the refunds that orders name and staging lacks, each with all its lines (rule 76). What is stored batch by batch
 * stays when a run dies, and the next reads the rest. One that Shopify does not show, as its order is older than the
 * scopes allow, is passed over.
 */
export async function readRefunds(context: RunContext, store: StoreRow, readAt: string) {
    const { account_id, store_id } = store
    const counts = { refunds: 0, refund_lines: 0 }
    let after = '0'
    for (;;) {
        const about = { account_id, store_id, after, most: MOST }
        const missing = await query<{ refund_id: string }>(context.db, 'staging/missing_refunds', about)
        if (missing.length === 0) return counts
        const ids = missing.map(({ refund_id }) => refund_id)
        for (let from = 0; from < ids.length; from += BATCH) {
            context.signal.throwIfAborted()
            const refunds = await refundsOf(context.clientOf(store), ids.slice(from, from + BATCH))
            await put(context, store, refunds, readAt)
            counts.refunds += refunds.length
            counts.refund_lines += refunds.reduce((sum, { lines }) => sum + lines.length, 0)
            context.progress(`${store.domain}: reading refunds`, counts.refunds)
        }
        after = ids.at(-1)!
    }
}

type Line = {
    id: string | null
    quantity: number
    restockType: string
    location: { id: string } | null
    lineItem: { id: string }
}
type Lines = { nodes: Line[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
type Read = {
    id: string
    createdAt: string | null
    processedAt: string
    updatedAt: string
    note: string | null
    totalRefundedSet: { shopMoney: { amount: string } }
    return: { id: string } | null
    order: { id: string }
    refundLineItems: Lines
}

type Refund = ReturnType<typeof refundFrom>

/** A batch that is too dear for one query is halved. */
async function refundsOf(client: ShopifyClient, ids: readonly string[]): Promise<Refund[]> {
    try {
        const variables = { ids: ids.map((id) => gid('Refund', id)), lines: LINES }
        const { nodes } = await client.query<{ nodes: (Read | null)[] }>(operation('orders/refunds'), variables)
        const refunds: Refund[] = []
        for (const read of nodes) if (read !== null) refunds.push(refundFrom(read, await allLines(client, read)))
        return refunds
    } catch (error) {
        const dear = error instanceof GraphqlError && error.codes.includes('MAX_COST_EXCEEDED')
        if (!dear || ids.length === 1) throw error
        const half = Math.ceil(ids.length / 2)
        return [...(await refundsOf(client, ids.slice(0, half))), ...(await refundsOf(client, ids.slice(half)))]
    }
}

async function allLines(client: ShopifyClient, { id, refundLineItems }: Read): Promise<Line[]> {
    const lines = [...refundLineItems.nodes]
    let page = refundLineItems.pageInfo
    while (page.hasNextPage) {
        type Data = { node: { refundLineItems: Lines } | null }
        const variables = { id, first: MORE_LINES, after: page.endCursor }
        const { node }: Data = await client.query<Data>(operation('orders/refund_lines'), variables)
        if (node === null) throw new Error(`Expected further lines of ${id}, which is gone meanwhile: read again.`)
        lines.push(...node.refundLineItems.nodes)
        page = node.refundLineItems.pageInfo
    }
    return lines
}

function refundFrom({ id, createdAt, processedAt, updatedAt, note, order, ...read }: Read, lines: readonly Line[]) {
    return {
        refund_id: parseGid('Refund', id),
        order_id: parseGid('Order', order.id),
        created_at: createdAt ?? processedAt,
        updated_at: updatedAt,
        note: note?.replaceAll('\0', '') ?? null,
        amount: read.totalRefundedSet.shopMoney.amount,
        return_id: read.return && numberOf(read.return),
        lines: lines.map((line) => lineFrom(line, id)),
    }
}

const numberOf = idAt('id')

function lineFrom(line: Line, refund: string) {
    const { quantity, restockType: restock_type, location } = line
    const refund_line_id = numberOf({ id: line.id })
    if (refund_line_id === null) {
        throw new Error(
            `Expected an id of each line of ${refund}, came none for ${line.lineItem.id}: without it what goes ` +
                `back into stock cannot be counted once. Ask Shopify's support about this refund.`,
        )
    }
    return {
        ...{ refund_line_id, line_item_id: numberOf(line.lineItem), quantity, restock_type },
        location_id: location && numberOf(location),
    }
}

async function put(context: RunContext, store: StoreRow, refunds: readonly Refund[], read_at: string): Promise<void> {
    if (refunds.length === 0) return
    const { account_id, store_id } = store
    await context.inTransaction(async (tx) => {
        await query(tx, 'locks/lock_in_transaction', { key: stagingLock(store) })
        await execute(tx, 'staging/put_refunds', { account_id, store_id, refunds, read_at })
    })
}
