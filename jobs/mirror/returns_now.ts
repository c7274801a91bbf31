import type { ShopifyClient } from '../../connectors/shopify/client.ts'
import { gid, parseGid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { OrderUnreadableError } from './orders_now.ts'

export type ReturnNow = {
    id: string
    status: string
    createdAt: string
    lines: {
        id: string
        quantity: number
        processed: number
        fulfillment_line_id: string
        line_item_id: string
        /** By what its units are disposed of, where it is to come back. */
        reverse_line_id: string | null
    }[]
    refunds: { id: string; createdAt: string | null }[]
}

type Id = { id: string }
type Data = {
    order: {
        returns: {
            nodes: {
                id: string
                status: string
                createdAt: string
                returnLineItems: {
                    nodes: {
                        id: string
                        quantity: number
                        processedQuantity?: number
                        fulfillmentLineItem?: { id: string; lineItem: Id }
                    }[]
                    pageInfo: { hasNextPage: boolean }
                }
                refunds: { nodes: { id: string; createdAt: string | null }[] }
                reverseFulfillmentOrders: {
                    nodes: { lineItems: { nodes: { id: string; fulfillmentLineItem: Id | null }[] } }[]
                }
            }[]
            pageInfo: { hasNextPage: boolean }
        }
    } | null
}

/** The returns of an order by its id, past every index. */
export async function readReturns(client: ShopifyClient, order: string): Promise<{ at: Date; returns: ReturnNow[] }> {
    const { data, at } = await client.send<Data>(operation('mirror/order_returns'), { id: gid('Order', order) })
    if (data.order === null) throw new OrderUnreadableError(client.domain, order, 'the store shows none')
    if (at === null) throw new Error(`${client.domain}: expected a Date header with its answer, came none.`)
    const { nodes, pageInfo } = data.order.returns
    if (pageInfo.hasNextPage || nodes.some((it) => it.returnLineItems.pageInfo.hasNextPage)) {
        throw new OrderUnreadableError(client.domain, order, 'it has more than 50 returns, or one has more lines')
    }
    return { at, returns: nodes.map(returnFrom) }
}

type Node = NonNullable<Data['order']>['returns']['nodes'][number]

function returnFrom(it: Node): ReturnNow {
    const reverse = it.reverseFulfillmentOrders.nodes.flatMap(({ lineItems }) => lineItems.nodes)
    return {
        id: parseGid('Return', it.id),
        ...{ status: it.status, createdAt: it.createdAt },
        lines: it.returnLineItems.nodes.flatMap((line) => {
            const shipped = line.fulfillmentLineItem
            if (!shipped) return []
            const id = reverse.find(({ fulfillmentLineItem }) => fulfillmentLineItem?.id === shipped.id)?.id
            return [
                {
                    ...{ id: parseGid('ReturnLineItem', line.id), quantity: line.quantity },
                    processed: line.processedQuantity ?? 0,
                    fulfillment_line_id: parseGid('FulfillmentLineItem', shipped.id),
                    line_item_id: parseGid('LineItem', shipped.lineItem.id),
                    reverse_line_id: id ? parseGid('ReverseFulfillmentOrderLineItem', id) : null,
                },
            ]
        }),
        refunds: it.refunds.nodes.map(({ id, createdAt }) => ({ id: parseGid('Refund', id), createdAt })),
    }
}
