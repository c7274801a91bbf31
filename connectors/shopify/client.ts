import { type Clock, realClock } from './clock.ts'
import { type Credentials, createTokenSource } from './credentials.ts'
import { NetworkError, type ShopifyError, ThrottledError } from './errors.ts'
import { type Endpoint, type Exchange, exchange, type Variables } from './exchange.ts'
import { mayPass, type Operation, problemIn } from './judge.ts'
import { createNotices, type Log } from './notices.ts'
import { nameOf } from './operations.ts'
import { budgetOf, type RateBudget } from './throttle.ts'

export type ShopifyClient = {
    readonly domain: string
    readonly origin: string
    readonly apiVersion: string
    readonly signal: AbortSignal | undefined
    readonly clock: Clock
    readonly limits: Limits
    /** A safe read: asked again after a lost answer, 429, 5xx or THROTTLED, as often as the limits allow. Returns `data`. */
    query<T>(document: string, variables?: Variables): Promise<T>
    /**
     * A write, sent once: again only if surely not carried out (THROTTLED, 429, 401, not reached). Returns `data`, whose
     * `userErrors` are the caller's to read. Throws with `mayBeDone` when the answer was lost: look, then decide.
     */
    mutate<T>(document: string, variables?: Variables): Promise<T>
    /** As `query` or `mutate`, by the document's own kind, with the facts of the answer beside its data. */
    send<T>(document: string, variables?: Variables): Promise<Answer<T>>
}

/** `at` is the store's own time of the answer (its Date header), by which effects are told apart; null if not given. */
export type Answer<T> = { data: T; at: Date | null; requestId: string | null }

export type Limits = {
    /** Shopify itself gives up after about 10 s. */
    timeoutMs: number
    /** Tries of one request that fails. */
    attempts: number
    /** Tries of one request that is refused for its rate: more, as refusals are normal when processes share a bucket. */
    throttledAttempts: number
    firstWaitMs: number
    longestWaitMs: number
    /** Between two looks at a bulk operation. */
    firstPollMs: number
    longestPollMs: number
}

const LIMITS: Limits = {
    timeoutMs: 30_000,
    attempts: 6,
    throttledAttempts: 30,
    firstWaitMs: 500,
    longestWaitMs: 30_000,
    firstPollMs: 30,
    longestPollMs: 5_000,
}

export type ClientOptions = {
    domain: string
    /** Where the API is reached; `https://<domain>` if not given. May be http and have a path. */
    origin?: string
    apiVersion: string
    credentials: Credentials
    onRenewed?: (credentials: Credentials) => Promise<void> | void
    log?: Log
    limits?: Partial<Limits>
    /** Aborted, it ends all waiting and sends nothing new; a request on its way is let come to its end. */
    signal?: AbortSignal
    /** For tests. The budget is otherwise the one of the origin in this process. */
    clock?: Clock
    budget?: RateBudget
}

/** Our one client to one store. Throws only the errors of errors.ts, or the signal's reason. */
export function createClient(options: ClientOptions): ShopifyClient {
    const { domain, apiVersion, signal, clock = realClock } = options
    const origin = (options.origin ?? `https://${domain}`).replace(/\/+$/, '')
    const limits = { ...LIMITS, ...options.limits }
    const endpoint: Endpoint = { domain, origin, apiVersion, timeoutMs: limits.timeoutMs }
    const sleep = (ms: number) => clock.sleep(ms, signal)
    const tokens = createTokenSource({ ...options, origin, timeoutMs: limits.timeoutMs, sleep })
    const budget = options.budget ?? budgetOf(origin)
    const notices = createNotices({ domain, apiVersion, log: options.log })

    async function ask(document: string, variables: Variables, token: string): Promise<Exchange> {
        const points = await budget.take(document, signal)
        let cost: Exchange['cost']
        try {
            const answer = await exchange(endpoint, token, document, variables)
            cost = answer.cost
            return answer
        } finally {
            budget.settle(document, points, cost)
        }
    }

    async function send<T>(document: string, variables: Variables = {}): Promise<Answer<T>> {
        const operation: Operation = { store: domain, ...nameOf(document) }
        const tries = { throttled: 0, failed: 0 }
        let renewed = false
        for (;;) {
            signal?.throwIfAborted()
            const token = await tokens.current()
            const answer = await ask(document, variables, token)
            notices.read(operation.name, answer.headers)
            const problem = problemIn(answer, operation)
            if (problem === null) return answerOf<T>(answer)
            if (problem.status === 401 && !renewed) {
                renewed = true
                if ((await tokens.renew(token)) !== null) continue
            }
            const attempt = ++tries[problem instanceof ThrottledError ? 'throttled' : 'failed']
            const waitMs = waitBeforeNext(problem, operation, attempt, limits)
            if (waitMs === null) throw problem
            notices.retrying(problem, attempt, waitMs)
            await sleep(waitMs)
        }
    }

    async function only<T>(kind: Operation['kind'], document: string, variables?: Variables): Promise<T> {
        const asked = nameOf(document)
        if (asked.kind === kind) return (await send<T>(document, variables)).data
        throw new TypeError(`Expected a ${kind}, came the ${asked.kind} ${asked.name}: only reads may be sent twice.`)
    }

    return {
        domain,
        origin,
        apiVersion,
        signal,
        clock,
        limits,
        send,
        query: (document, variables) => only('query', document, variables),
        mutate: (document, variables) => only('mutation', document, variables),
    }
}

/** Milliseconds until the request may be sent again, or null if it may not. */
function waitBeforeNext(problem: ShopifyError, { kind }: Operation, attempt: number, limits: Limits): number | null {
    if (problem instanceof ThrottledError) {
        // A bucket refills within 20 s; a longer wait is a limit of another kind, as new variants a day, and the caller's to judge.
        const soon = problem.waitMs <= limits.longestWaitMs && attempt < limits.throttledAttempts
        return soon ? Math.max(problem.waitMs, 10) : null
    }
    const notSent = problem instanceof NetworkError && !problem.sent
    const again = notSent || (kind === 'query' && mayPass(problem))
    if (!again || attempt >= limits.attempts) return null
    // Up to half as much again at random, so that callers who failed together do not come back together.
    return Math.min(limits.firstWaitMs * 2 ** (attempt - 1), limits.longestWaitMs) * (1 + Math.random() / 2)
}

function answerOf<T>({ data, headers }: Exchange): Answer<T> {
    const date = headers?.get('date')
    return { data: data as T, at: date ? new Date(date) : null, requestId: headers?.get('x-request-id') ?? null }
}
