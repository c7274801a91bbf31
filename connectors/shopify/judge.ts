import {
    AccessLostError,
    type ErrorFacts,
    GraphqlError,
    type GraphqlProblem,
    HttpStatusError,
    MaxInputSizeError,
    NetworkError,
    type ShopifyError,
    ThrottledError,
} from './errors.ts'
import type { Exchange } from './exchange.ts'
import type { Cost } from './throttle.ts'

export type Operation = { store: string; name: string; kind: 'query' | 'mutation' }
type Where = Pick<ErrorFacts, 'store' | 'operation' | 'status' | 'requestId'>

/** Statuses by which a store says that it lets us in no more (spec rule 90), and what to do about each. */
const ACCESS_LOST: Record<number, string> = {
    401: 'Give the store a new token, or install the app anew.',
    402: 'The store is frozen until its owner pays Shopify; its work stops until then.',
    403: 'Look at the app in the store: it may be uninstalled or its access withdrawn.',
    404: 'Look at the domain and the API version: there is no such store there, or it was closed.',
    423: 'The store is locked by Shopify; its work stops until its owner has settled that.',
}

/** Errors of an execution that broke off inside Shopify: a write may have been done, a read may be asked again. */
const BROKEN_OFF = ['INTERNAL_SERVER_ERROR', 'TIMEOUT']

/** Failures of reaching a host: nothing was sent. All others may have come after the request was out. */
const NOT_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS)/

/** The error in an answer, or null if it is good. `userErrors` are the caller's to read. */
export function problemIn(answer: Exchange, operation: Operation): ShopifyError | null {
    const where: Where = {
        store: operation.store,
        operation: operation.name,
        status: answer.status === 200 ? undefined : answer.status,
        requestId: answer.headers?.get('x-request-id') ?? undefined,
    }
    const write = operation.kind === 'mutation'
    if (answer.failure !== undefined) return noAnswer(answer.failure, where, write)
    if (answer.status !== 200) return badStatus(answer, where, write)
    if (answer.errors !== undefined) return badGraphql(answer, where, write)
    return null
}

/** True for an error that asking again may cure, for a request that may be asked again (a read). */
export function mayPass(error: ShopifyError): boolean {
    if (error instanceof GraphqlError) return error.codes.some((code) => BROKEN_OFF.includes(code))
    return error instanceof NetworkError || (error instanceof HttpStatusError && (error.status ?? 0) >= 500)
}

function noAnswer(cause: unknown, where: Where, write: boolean): NetworkError {
    const reason = reasonOf(cause)
    const sent = !NOT_SENT.test(reason)
    const mayBeDone = write && sent
    const todo = mayBeDone
        ? 'It may have been done: look before sending it again.'
        : 'Look at the network, then try again.'
    return new NetworkError({ ...where, expected: 'an answer', came: reason, todo, cause, sent, mayBeDone })
}

function badStatus({ status = 0, body = '', headers }: Exchange, where: Where, write: boolean): ShopifyError {
    const facts = { ...where, expected: 'HTTP 200', came: `${status} ${body}`.trim() }
    if (status === 429) {
        const waitMs = retryAfterMs(headers?.get('retry-after'))
        return new ThrottledError({ ...facts, todo: `Not done; wait ${waitMs} ms and send it again.`, waitMs })
    }
    const lost = ACCESS_LOST[status]
    if (lost) return new AccessLostError({ ...facts, todo: lost })
    const mayBeDone = write && status >= 500
    const todo = mayBeDone ? 'It may have been done: look before sending it again.' : 'Try again later.'
    return new HttpStatusError({ ...facts, todo, mayBeDone })
}

function badGraphql({ errors, data, cost }: Exchange, where: Where, write: boolean): ShopifyError {
    const problems = problemsOf(errors)
    const codes = problems.map((problem) => problem.code)
    const came = problems.map(({ message, code }) => (code ? `${message} [${code}]` : message)).join('; ')
    const facts = { ...where, expected: 'data without errors', came, problems, data }
    const begun = holdsSomething(data)
    if (codes.includes('THROTTLED') && !begun) {
        return new ThrottledError({
            ...facts,
            todo: 'Not done; send it again when points are back.',
            waitMs: refillMs(cost),
        })
    }
    if (codes.includes('SHOP_INACTIVE')) return new AccessLostError({ ...facts, todo: ACCESS_LOST[402]! })
    if (codes.includes('MAX_INPUT_SIZE_EXCEEDED')) {
        return new MaxInputSizeError({ ...facts, todo: 'Nothing was done; split the input.' })
    }
    const mayBeDone = write && (begun || codes.some((code) => code !== null && BROKEN_OFF.includes(code)))
    return new GraphqlError({ ...facts, todo: adviceFor(codes, mayBeDone), mayBeDone })
}

/** `data: {productSet: null}` beside errors is nothing; any other root field was carried out. */
function holdsSomething(data: unknown): boolean {
    return typeof data === 'object' && data !== null && Object.values(data).some((root) => root !== null)
}

function adviceFor(codes: (string | null)[], mayBeDone: boolean): string {
    if (codes.includes('ACCESS_DENIED')) return 'Grant the app the scope that is named, then run again.'
    if (mayBeDone) return 'It may have been done in part: look before sending it again.'
    return 'Compare the document and its variables with the schema of the API version.'
}

function problemsOf(errors: unknown): GraphqlProblem[] {
    const list: unknown[] = Array.isArray(errors) ? errors : [errors]
    return list.map((error) => {
        if (typeof error !== 'object' || error === null) return { message: String(error), code: null, path: [] }
        const { message, extensions, path } = error as {
            message?: string
            extensions?: { code?: string }
            path?: string[]
        }
        return { message: message ?? JSON.stringify(error), code: extensions?.code ?? null, path: path ?? [] }
    })
}

/** `fetch failed` says nothing: its cause does, by a code where there is one. */
function reasonOf(error: unknown): string {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    if (!(cause instanceof Error)) return String(cause)
    const code = 'code' in cause && typeof cause.code === 'string' ? `${cause.code} ` : ''
    return `${code}${cause.message}`.trim() || cause.name
}

/** Shopify gives Retry-After in seconds, as "2.0"; without it Shopify's advice is one second. */
export function retryAfterMs(header: string | null | undefined): number {
    const seconds = Number(header ?? 1)
    return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 1000
}

function refillMs(cost: Cost | undefined): number {
    if (!cost) return 1000
    const { currentlyAvailable, restoreRate } = cost.throttleStatus
    return (Math.max(cost.requestedQueryCost - currentlyAvailable, 0) / Math.max(restoreRate, 1)) * 1000
}
