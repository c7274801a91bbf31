import type { Json } from '../../connectors/entities/index.ts'
import { AccessLostError, ShopifyError, ThrottledError, type UserError } from '../../connectors/shopify/errors.ts'
import { execute } from '../../sql/query.ts'
import { clientOf, type Intent, keyOf, type Result, type Stage } from './intent.ts'

/** A process that stood still for so long after it said that it sends does not send: another may have looked meanwhile. */
const LATE_MS = 10_000

/** One call that writes. `at`: the store's own time just before. `remember` is kept with the variables for a look-up. */
export type Call = {
    document: string
    variables: Record<string, unknown>
    at: Date
    amount?: string | null
    remember?: Record<string, unknown>
    /** in which state the intent must still be, so that two processes do not send it both */
    from?: string
}

/** What an answer says. None at all proves nothing. */
export type Answer = {
    userErrors: UserError[]
    target_id?: string | null
    at?: string | null
    facts?: Record<string, unknown>
}

/** How an intent is settled without an answer to a call. */
export type Settlement = {
    state: 'planned' | 'adopted' | 'answered' | 'waiting' | 'proposed' | 'held' | 'refused'
    reason?: string | null
    detail?: string | null
    target_id?: string | null
    amount?: string | null
    at?: string | null
    facts?: Record<string, unknown>
    /** found by a look-up, which counts only as long as no answer came */
    looked_up?: boolean
}

/** Writes down what became of an intent; what it tells the source of is told with it. */
export async function settle({ context, connection }: Stage, intent: Intent<unknown>, to: Settlement): Promise<Result> {
    const { account_id, connection_id } = connection
    await context.inTransaction(async (tx) => {
        await execute(tx, 'mirror/settled', {
            ...{ account_id, mirror_id: intent.mirror_id, state: to.state, reason: to.reason ?? null },
            ...{ detail: to.detail ?? null, target_id: to.target_id ?? null, amount: to.amount ?? null },
            ...{ told_at: to.at ?? null, facts: to.facts ?? null, looked_up: to.looked_up ?? false },
        })
        await execute(tx, 'mirror/tell_movements', { account_id, connection_id })
    })
    return to.state === 'answered' || to.state === 'adopted' ? 'done' : to.state === 'planned' ? 'left' : 'waits'
}

/**
 * Sends a call for an intent, which says so before it leaves and what came of it after (rule 89). What got no answer stays
 * `unknown`, and the next run looks for it before anything else.
 */
export async function send<T>(
    stage: Stage,
    intent: Intent<unknown>,
    call: Call,
    read: (data: T) => Answer | null,
): Promise<Result> {
    const marked = performance.now()
    if (!(await markSent(stage, intent, call))) return 'left'
    if (performance.now() - marked > LATE_MS) {
        return settle(stage, intent, {
            state: 'planned',
            detail: 'It was not sent: the process stood still before it.',
        })
    }
    try {
        const { data, at } = await clientOf(stage, intent).send<T>(call.document, call.variables)
        const answer = read(data)
        const lost = answer === null ? 'The store answered nothing to it.' : concurrent(answer.userErrors)
        if (answer === null || lost !== null) return unknown(stage, intent, lost ?? '')
        if (answer.userErrors.length > 0) return refuse(stage, intent, answer.userErrors)
        const told = answer.at ?? at?.toISOString() ?? call.at.toISOString()
        return settle(stage, intent, { state: 'answered', ...answer, at: told })
    } catch (error) {
        if (!(error instanceof ShopifyError)) throw error
        if (error.mayBeDone) await unknown(stage, intent, error.message)
        else await settle(stage, intent, { state: 'planned', detail: error.message })
        if (error instanceof AccessLostError || error instanceof ThrottledError) throw error
        return error.mayBeDone ? 'unknown' : 'left'
    }
}

/** From here on the store may have it, and what it brings back adds nothing by itself any more. */
async function markSent({ context, connection }: Stage, intent: Intent<unknown>, call: Call): Promise<boolean> {
    const { account_id, connection_id } = connection
    return context.inTransaction(async (tx) => {
        const marked = await execute(tx, 'mirror/sent', {
            ...{ account_id, mirror_id: intent.mirror_id, from: call.from ?? 'planned', run_id: context.runId },
            ...{ key: keyOf(connection, intent), amount: call.amount ?? null, at: call.at },
            variables: { ...call.variables, ...(call.remember ? { remember: call.remember } : {}) } as Json as Record<
                string,
                unknown
            >,
        })
        await execute(tx, 'mirror/tell_movements', { account_id, connection_id })
        return marked === 1
    })
}

export async function unknown(
    { context, connection }: Stage,
    intent: Intent<unknown>,
    detail: string,
): Promise<Result> {
    const { account_id } = connection
    await context.inTransaction((tx) =>
        execute(tx, 'mirror/unknown', { account_id, mirror_id: intent.mirror_id, detail }),
    )
    return 'unknown'
}

const concurrent = (errors: readonly UserError[]) =>
    errors.find(({ code }) => code === 'IDEMPOTENCY_CONCURRENT_REQUEST')?.message ?? null

/** A person looks at what the store refused; what can be told from the message is. */
function refuse(stage: Stage, intent: Intent<unknown>, errors: readonly UserError[]): Promise<Result> {
    const detail = errors.map(({ message }) => message).join('; ')
    if (/outstanding fulfillments/i.test(detail)) {
        return settle(stage, intent, { state: 'held', reason: 'ALREADY_SHIPPED', detail })
    }
    if (errors.some(({ code }) => code === 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED')) {
        return settle(stage, intent, { state: 'planned', detail })
    }
    return settle(stage, intent, { state: 'refused', reason: 'API_ERROR', detail })
}
