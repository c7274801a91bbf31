import { createAdminApiClient } from '@shopify/admin-api-client'
import type { Cost } from './throttle.ts'

/** Where a store's API is: `origin` may be http and have a path, as a stand-in for Shopify has. */
export type Endpoint = { domain: string; origin: string; apiVersion: string; timeoutMs: number }

/** What came of one request, before any rule judges it. */
export type Exchange = {
    status?: number
    headers?: Headers
    data?: unknown
    /** Top-level `errors`; Shopify sends an array, or at times a plain string. */
    errors?: unknown
    cost?: Cost
    /** Text of an answer that was not 200. */
    body?: string
    /** Why there is no answer, or none that can be read. */
    failure?: unknown
}

/**
 * One POST to the store's GraphQL address, never repeated: the package's own retries read Retry-After as milliseconds
 * and would send a write twice. A client of the package is made for each request, since its token is fixed when made;
 * `customFetchApi` puts our origin in the place of https://<domain>, which the package would force.
 * Never throws: what failed is told in the result.
 */
export async function exchange(
    endpoint: Endpoint,
    token: string,
    document: string,
    variables: Variables,
): Promise<Exchange> {
    let failure: unknown
    const admin = createAdminApiClient({
        storeDomain: endpoint.domain,
        apiVersion: endpoint.apiVersion,
        accessToken: token,
        userAgentPrefix: 'Crossdock',
        retries: 0,
        logger: () => undefined,
        customFetchApi: async (url, init) => {
            try {
                // A redirect would carry the token to another host, so it is never followed.
                return await fetch(endpoint.origin + new URL(String(url)).pathname, { ...init, redirect: 'manual' })
            } catch (error) {
                failure = error
                throw error
            }
        },
    })
    const answer = await admin.request(document, { variables, signal: AbortSignal.timeout(endpoint.timeoutMs) })
    const read = await readAnswer(answer as PackageAnswer, failure)
    // A body may echo the token it refuses.
    return read.body === undefined ? read : { ...read, body: read.body.replaceAll(token, '[token]') }
}

export type Variables = Record<string, unknown>

type PackageAnswer = {
    data?: unknown
    extensions?: { cost?: Cost }
    headers?: Headers
    errors?: { networkStatusCode?: number; message?: string; graphQLErrors?: unknown; response?: Response }
}

async function readAnswer(answer: PackageAnswer, failure: unknown): Promise<Exchange> {
    const { data, extensions, errors } = answer
    const response = errors?.response
    const headers = answer.headers ?? response?.headers
    const cost = extensions?.cost
    if (!errors) return { status: 200, headers, data, cost }
    if (response === undefined) return { failure: failure ?? new Error(errors.message) }
    if (response.status !== 200) return { status: response.status, headers, body: await bodyText(response) }
    if (errors.graphQLErrors !== undefined) return { status: 200, headers, data, cost, errors: errors.graphQLErrors }
    return { status: 200, headers, failure: new Error(errors.message) }
}

async function bodyText(response: Response): Promise<string> {
    try {
        const text = await response.text()
        return ((/^\s*</.test(text) && wordsOf(text)) || text).replace(/\s+/g, ' ').trim()
    } catch (error) {
        return `a body that could not be read (${String(error)})`
    }
}

/** What a person would read of a page, as gateways send them in place of an answer. */
const wordsOf = (page: string) =>
    page
        .replace(/<!--.*?-->|<(style|script)\b.*?<\/\1>/gis, ' ')
        .replace(/<[^>]*>/g, ' ')
        .trim()
