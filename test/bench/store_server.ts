import { createReadStream, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { jsonlFile, type Result, type Written } from './files.ts'
import type { Side } from './goods.ts'

export type StoreServer = { originOf(side: Side): string; close(): Promise<void> }

type Asked = { query: string; variables: { query?: string; id?: string } }

/**
 * Both stores over HTTP, as far as a reading asks: a bulk query is complete at once, and its result is a ready-made
 * file. Served from another process than the one that reads.
 */
export async function serveStores(folder: string, written: Written, orders: number): Promise<StoreServer> {
    const begun: { side: Side; result: Result; createdAt: string }[] = []
    const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

    function answer({ query, variables }: Asked, side: Side) {
        if (query.includes('ordersCount')) return { count: { count: orders, precision: 'EXACT' } }
        if (variables.query !== undefined) {
            const result = resultOf(variables.query)
            const createdAt = new Date().toISOString()
            const id = `gid://shopify/BulkOperation/${begun.push({ side, result, createdAt })}`
            return { bulkOperationRunQuery: { bulkOperation: { id, createdAt }, userErrors: [] } }
        }
        const operation = begun[Number(variables.id!.split('/').at(-1)) - 1]!
        return { bulkOperation: completed(folder, written, operation, origin(), variables.id!) }
    }

    const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
        const [, side, ...rest] = request.url!.split('/') as [string, Side, ...string[]]
        if (request.method === 'POST') {
            const data = answer((await json(request)) as Asked, side)
            response.setHeader('content-type', 'application/json')
            return response.end(JSON.stringify({ data }))
        }
        const path = jsonlFile(folder, side, rest[0] as Result)
        response.setHeader('content-length', statSync(path).size)
        return createReadStream(path, { highWaterMark: 256 * 1024 }).pipe(response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return {
        originOf: (side) => `${origin()}/${side}`,
        close: () => new Promise((resolve) => server.close(() => resolve())),
    }
}

function resultOf(document: string): Result {
    if (document.includes('inventoryItems(')) return 'items_moved'
    const moved = document.includes('updated_at:') ? '_moved' : ''
    if (document.includes('inventoryLevels')) return `levels${moved}`
    return document.includes('orders(') ? 'orders' : `catalogue${moved}`
}

type Begun = { side: Side; result: Result; createdAt: string }

function completed(folder: string, written: Written, { side, result, createdAt }: Begun, origin: string, id: string) {
    const objects = String(written[side][result])
    const facts = { id, type: 'QUERY', status: 'COMPLETED', errorCode: null, createdAt, completedAt: createdAt }
    if (objects === '0') return { ...facts, objectCount: '0', rootObjectCount: '0', fileSize: null, url: null }
    return {
        ...facts,
        ...{ objectCount: objects, rootObjectCount: objects },
        fileSize: String(statSync(jsonlFile(folder, side, result)).size),
        url: `${origin}/${side}/${result}`,
    }
}
