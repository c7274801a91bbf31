import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type ClientOptions, createClient, type ShopifyClient } from '../../connectors/shopify/client.ts'
import type { Clock } from '../../connectors/shopify/clock.ts'
import { createRateBudget } from '../../connectors/shopify/throttle.ts'

/** One request as the stand-in received it; `operation` and `variables` are those of a GraphQL request. */
export type Asked = {
    method: string
    path: string
    headers: IncomingMessage['headers']
    body: Buffer
    operation: string
    document: string
    variables: Record<string, unknown>
}

/** An object is sent as JSON. `lost`: the socket is destroyed instead; `cutAt`: after so many bytes of the body. */
export type Reply = {
    status?: number
    headers?: Record<string, string>
    body?: object | string | Buffer
    lost?: boolean
    cutAt?: number
}

export type StandIn = { origin: string; asked: Asked[]; close(): Promise<void> }

/** A scripted HTTP server in a store's place, for answers that the sandbox has no reason to give. */
export async function startStandIn(reply: (asked: Asked, n: number) => Reply): Promise<StandIn> {
    const asked: Asked[] = []
    const server = createServer(async (request, response) => {
        const came = read(request, await buffer(request))
        asked.push(came)
        const { status = 200, headers = {}, body = '', lost, cutAt } = reply(came, asked.length)
        if (lost) return request.socket.destroy()
        const json = typeof body === 'object' && !Buffer.isBuffer(body)
        const content = Buffer.from(json ? JSON.stringify(body) : (body as string))
        response.writeHead(status, {
            'content-type': json ? 'application/json' : 'text/html',
            'content-length': String(content.length),
            ...headers,
        })
        if (cutAt === undefined) return response.end(content)
        response.write(content.subarray(0, cutAt), () => request.socket.destroy())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return {
        origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/shops/northwind.example`,
        asked,
        close: async () => {
            server.closeAllConnections()
            await new Promise((resolve) => server.close(resolve))
        },
    }
}

function read(request: IncomingMessage, body: Buffer): Asked {
    const isJson = request.headers['content-type']?.includes('application/json')
    const { query = '', variables = {} } = isJson ? JSON.parse(body.toString()) : {}
    const operation = /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? ''
    return {
        method: request.method!,
        path: request.url!,
        headers: request.headers,
        body,
        operation,
        document: query,
        variables,
    }
}

/** An answer with data, and the bucket it leaves behind. */
export function data(data: unknown, bucket = { available: 1990, requested: 10 }): Reply {
    return { body: { data, extensions: { cost: costOf(bucket) } } }
}

export function throttled(bucket: { available: number; requested: number }): Reply {
    const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }]
    return { body: { errors, extensions: { cost: costOf(bucket) } } }
}

function costOf({ available, requested }: { available: number; requested: number }) {
    return {
        requestedQueryCost: requested,
        actualQueryCost: requested,
        throttleStatus: { maximumAvailable: 2000, currentlyAvailable: available, restoreRate: 100 },
    }
}

/** A clock that moves only when someone sleeps, and remembers for how long. */
export function fakeClock(): Clock & { slept: number[] } {
    const slept: number[] = []
    let now = 0
    return {
        slept,
        now: () => now,
        sleep: async (ms, signal) => {
            signal?.throwIfAborted()
            slept.push(ms)
            now += ms
        },
    }
}

export const TOKEN = 'shpat_0123456789abcdef'

/** A client of northwind at the stand-in, with a clock and a budget of its own. */
export function clientAt(standIn: StandIn, options: Partial<ClientOptions> = {}): ShopifyClient & { slept: number[] } {
    const clock = fakeClock()
    const client = createClient({
        domain: 'northwind.example',
        origin: standIn.origin,
        apiVersion: '2026-07',
        credentials: { kind: 'static', token: TOKEN },
        clock,
        budget: createRateBudget(clock),
        ...options,
    })
    return { ...client, slept: clock.slept }
}
