import type { TestContext } from 'node:test'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../connectors/sandbox/sandbox.ts'

export type Body = {
    data?: Record<string, unknown> | null
    errors?: { message: string; locations?: unknown; path?: unknown; extensions?: Record<string, unknown> }[] | string
    extensions?: { cost: { requestedQueryCost: number; actualQueryCost: number | null; throttleStatus: Throttle } }
}
type Throttle = { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }
export type Asked = { version?: string; token?: string; shop?: string; operationName?: string }
export type Told = { status: number; headers: Headers; body: Body; text: string }

export const NORTHWIND = 'northwind.example'

/** A sandbox for one test, by default with the shop northwind and nothing in it; closed when the test is over. */
export async function sandboxFor(t: TestContext, options: Partial<SandboxOptions> = {}) {
    const sandbox = await startSandbox({ shops: [{ domain: NORTHWIND }], ...options })
    t.after(() => sandbox.close())
    return talkTo(sandbox)
}

export type Talk = ReturnType<typeof talkTo>

/** Ways to talk to a running sandbox over HTTP. */
export function talkTo(sandbox: Sandbox) {
    const ask = async (query: string, variables: object = {}, asked: Asked = {}): Promise<Told> => {
        const { shop = NORTHWIND, version = '2026-07', token = `token-${shop}`, operationName } = asked
        const response = await fetch(`${sandbox.originOf(shop)}/admin/api/${version}/graphql.json`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
            body: JSON.stringify({ query, variables, operationName }),
        })
        const text = await response.text()
        const isJson = response.headers.get('content-type')?.includes('json') ?? false
        return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {}, text }
    }
    const control = async (verb: string, body: object = {}) => {
        const response = await fetch(`${sandbox.url}/control`, {
            method: 'POST',
            body: JSON.stringify({ verb, ...body }),
        })
        return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    }
    return { sandbox, ask, control }
}

/** A value inside an answer by its path; undefined where the path ends early. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
    return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | null)?.[step], value)
}
