/** What every error of a store says: where it was, what was expected, what came, what to do. */
export type ErrorFacts = {
    /** The store's domain. */
    store: string
    /** Name of the GraphQL operation, or what else was being done, as `download` or `token`. */
    operation: string
    expected: string
    came: string
    /** What a person (or the caller) should do now: one sentence. */
    todo: string
    status?: number
    /** Shopify's X-Request-Id, which its support asks for. */
    requestId?: string
    /** True: a write may have been carried out although its answer did not come; look before sending it again. */
    mayBeDone?: boolean
    cause?: unknown
}

export type GraphqlProblem = { message: string; code: string | null; path: (string | number)[] }
export type UserError = { field: string[] | null; message: string; code?: string | null }

/** Base of every error a store can give us. Its message never holds a token. */
export class ShopifyError extends Error {
    readonly store: string
    readonly operation: string
    readonly status: number | undefined
    readonly requestId: string | undefined
    readonly mayBeDone: boolean

    constructor(facts: ErrorFacts) {
        const { store, operation, expected, came, todo, status, requestId, cause } = facts
        const where = [status && `HTTP ${status}`, requestId && `request ${requestId}`].filter(Boolean).join(', ')
        const text = `${store}, ${operation}: expected ${expected}, came ${shorten(came)}. ${todo}${where && ` (${where})`}`
        super(withoutTokens(text), { cause })
        this.name = new.target.name
        this.store = store
        this.operation = operation
        this.status = status
        this.requestId = requestId
        this.mayBeDone = facts.mayBeDone ?? false
    }
}

/** No answer: the store was not reached, or the answer was lost or unreadable. */
export class NetworkError extends ShopifyError {
    /** False: the request surely never left, so that sending it again is safe. */
    readonly sent: boolean

    constructor(facts: ErrorFacts & { sent: boolean }) {
        super(facts)
        this.sent = facts.sent
    }
}

/** An HTTP status that no rule of ours answers, among them 5xx and redirects. */
export class HttpStatusError extends ShopifyError {}

/** The store lets us in no more (401 after renewal, 402, 403, 404, 423, a refused renewal): its work stops (spec rule 90). */
export class AccessLostError extends ShopifyError {}

/** Top-level `errors` of an answer. `data` holds what came with them: another root field may have been carried out. */
export class GraphqlError extends ShopifyError {
    readonly problems: GraphqlProblem[]
    readonly data: unknown

    constructor(facts: ErrorFacts & { problems: GraphqlProblem[]; data?: unknown }) {
        super(facts)
        this.problems = facts.problems
        this.data = facts.data
    }

    get codes(): string[] {
        return this.problems.flatMap((problem) => problem.code ?? [])
    }
}

/** More than an input array may hold: nothing was done; split it (spec rule 78). */
export class MaxInputSizeError extends GraphqlError {}

/** Refused for its rate: nothing was done. `waitMs` is how long the store asks us to wait. */
export class ThrottledError extends ShopifyError {
    readonly waitMs: number

    constructor(facts: ErrorFacts & { waitMs: number }) {
        super(facts)
        this.waitMs = facts.waitMs
    }
}

/** A mutation refused in its `userErrors`. */
export class UserErrorsError extends ShopifyError {
    readonly userErrors: UserError[]

    constructor(facts: Omit<ErrorFacts, 'came'> & { userErrors: UserError[] }) {
        super({ ...facts, came: facts.userErrors.map(describeUserError).join('; ') })
        this.userErrors = facts.userErrors
    }
}

/** A bulk operation that ended other than COMPLETED, or whose result has expired (spec rules 72, 74). */
export class BulkFailedError extends ShopifyError {
    readonly bulkStatus: string
    readonly errorCode: string | null

    constructor(facts: ErrorFacts & { bulkStatus: string; errorCode: string | null }) {
        super(facts)
        this.bulkStatus = facts.bulkStatus
        this.errorCode = facts.errorCode
    }
}

/** A result file that is not whole: its bytes or lines are not those announced. Nothing of it may be used. */
export class DownloadIncompleteError extends ShopifyError {}

function describeUserError({ field, message, code }: UserError): string {
    return `${message}${code ? ` [${code}]` : ''}${field?.length ? ` at ${field.join('.')}` : ''}`
}

/** Shopify's tokens by their prefix (shpat_, shpca_, shprt_, shpss_ …): a body that echoes one must not reach a log. */
function withoutTokens(text: string): string {
    return text.replace(/\bshp[a-z]{2}_\w+/g, '[token]')
}

function shorten(text: string): string {
    return text.length > 400 ? `${text.slice(0, 400)}…` : text
}
