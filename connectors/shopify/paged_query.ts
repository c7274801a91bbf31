import type { ShopifyClient } from './client.ts'
import { gidType } from './gid.ts'
import { type PagedDocument, pagedDocument } from './paged_document.ts'

type Node = { id: string; [key: string]: unknown }
type Connection = { edges: { node: Node }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }

export type PagedAsk = {
    /** A document as for a bulk query, of a root that knows the sort key UPDATED_AT and whose nodes tell `updatedAt`. */
    document: string
    /** Reading ends with the first object that has not moved since then. */
    since: Date
    /** Whether an object of the root is wanted; by default each is. */
    wanted?: (node: Node) => boolean
    /** Is given the store's own time of the first answer, before the first lines. */
    told: (at: Date | null) => void
}

/**
 * What moved since a time, as the lines that a bulk query would give, read by plain queries: page by page from the
 * newest change back. Without a filter, as filters are answered by an index that lags. For a few objects.
 */
export async function* pagedLines(client: ShopifyClient, ask: PagedAsk): AsyncGenerator<Buffer[]> {
    const paged = pagedDocument(ask.document)
    let after: string | null = null
    for (;;) {
        const { data, at } = await client.send<Record<string, Connection>>(paged.first, { after })
        if (after === null) ask.told(at)
        const [[key, connection]] = Object.entries(data) as [[string, Connection]]
        const nodes = connection.edges.map(({ node }) => node)
        const moved = nodes.filter(({ updatedAt }) => Date.parse(String(updatedAt)) >= ask.since.getTime())
        for (const node of moved) {
            if (!(ask.wanted?.(node) ?? true)) continue
            yield (await objectsOf(client, paged, node, [key])).map((line) => Buffer.from(JSON.stringify(line)))
        }
        if (moved.length < nodes.length || !connection.pageInfo.hasNextPage) return
        after = connection.pageInfo.endCursor
    }
}

/** An object and everything below it, each as a line of its own with its parent's id. */
async function objectsOf(
    client: ShopifyClient,
    paged: PagedDocument,
    node: Node,
    path: readonly string[],
    parent?: string,
): Promise<object[]> {
    const own: Record<string, unknown> = parent === undefined ? {} : { __parentId: parent }
    const lines: object[] = [own]
    for (const [key, value] of Object.entries(node)) {
        if (!isConnection(value)) {
            own[key] = value
            continue
        }
        const below = [...path, key]
        for (const child of await allOf(client, paged, node, below, value)) {
            lines.push(...(await objectsOf(client, paged, child, below, node.id)))
        }
    }
    return lines
}

function isConnection(value: unknown): value is Connection {
    return typeof value === 'object' && value !== null && 'edges' in value && 'pageInfo' in value
}

/** The nodes of a connection with those of its further pages. */
async function allOf(
    client: ShopifyClient,
    paged: PagedDocument,
    { id }: Node,
    path: readonly string[],
    first: Connection,
): Promise<Node[]> {
    const key = path.at(-1)!
    const nodes = first.edges.map(({ node }) => node)
    let page = first.pageInfo
    while (page.hasNextPage) {
        type Data = { node: Record<string, Connection> | null }
        const data: Data = await client.query<Data>(paged.further(path, gidType(id)), { id, after: page.endCursor })
        const next = data.node?.[key]
        if (next === undefined)
            throw new Error(`Expected further ${key} of ${id}, which is gone meanwhile: read again.`)
        nodes.push(...next.edges.map(({ node }) => node))
        page = next.pageInfo
    }
    return nodes
}
