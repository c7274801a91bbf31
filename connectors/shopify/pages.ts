import type { ShopifyClient } from './client.ts'

type Connection<Node> = { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }

/**
 * All nodes of a short connection. The document takes `$first` and `$after`, and its one root field is a connection
 * with `nodes` and `pageInfo`. For what is long there are bulk queries.
 */
export async function allNodes<Node>(client: ShopifyClient, document: string, first = 100): Promise<Node[]> {
    const nodes: Node[] = []
    let after: string | null = null
    do {
        const data: Record<string, Connection<Node>> = await client.query(document, { first, after })
        const [connection] = Object.values(data)
        nodes.push(...connection!.nodes)
        after = connection!.pageInfo.hasNextPage ? connection!.pageInfo.endCursor : null
    } while (after !== null)
    return nodes
}
