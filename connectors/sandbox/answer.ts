import type { GraphQLSchema } from 'graphql'
import type { Bucket } from './bucket.ts'
import type { Token } from './context.ts'
import { costOf, MAX_QUERY_COST } from './cost.ts'
import { type AnswerError, inputErrors, type Run, runOperation, shown } from './execute.ts'
import { throttledBody } from './fault_replies.ts'
import { makeContext } from './frame_context.ts'
import type { Parts } from './parts.ts'
import { operationOf, prepare } from './prepared.ts'
import { queryNote } from './reading_notes.ts'
import { tell } from './shop/happenings.ts'
import type { Shop } from './shop/state.ts'

export type GraphQLRequest = { query: string; variables: Record<string, unknown>; operationName: string | null }
export type Served = { token: Token; apiVersion: string; schema: GraphQLSchema }

/** Reads a request's JSON; null if it is none or has no query. */
export function readRequest(body: Buffer): GraphQLRequest | null {
    let value: unknown
    try {
        value = JSON.parse(body.toString('utf8'))
    } catch {
        return null
    }
    if (typeof value !== 'object' || value === null || !('query' in value) || typeof value.query !== 'string')
        return null
    const variables = 'variables' in value && isRecord(value.variables) ? value.variables : {}
    const operationName =
        'operationName' in value && typeof value.operationName === 'string' ? value.operationName : null
    return { query: value.query, variables, operationName }
}

type Body = { data?: unknown; errors?: AnswerError[]; extensions?: unknown }

/** Answers one GraphQL request: judges document and input, takes the cost from the bucket, executes, gives back. */
export async function answerRequest(
    parts: Parts,
    shop: Shop,
    served: Served,
    request: GraphQLRequest,
): Promise<{ body: Body; deprecated: string | null }> {
    const prepared = prepare(served.schema, request.query)
    const deprecated =
        prepared.deprecated.length > 0 ? prepared.deprecated.join('; ').replaceAll(/[^\x20-\x7e]+/g, ' ') : null
    if (prepared.errors.length > 0) return { body: { errors: prepared.errors.map(shown) }, deprecated }
    const operation = operationOf(prepared, request.operationName)
    if (!operation) return { body: { errors: [{ message: 'An operation name is required' }] }, deprecated }
    const run = { schema: served.schema, prepared, operation, variables: request.variables }
    const wrong = inputErrors(run)
    if (wrong.variables.length > 0) return { body: { errors: wrong.variables }, deprecated }
    const bucket = parts.buckets.of(shop.domain, served.token.token)
    return { body: await charged(parts, shop, served, { run, bucket, sizes: wrong.sizes }), deprecated }
}

type Charged = { run: Run; bucket: Bucket; sizes: AnswerError[] }

async function charged(parts: Parts, shop: Shop, served: Served, { run, bucket, sizes }: Charged): Promise<Body> {
    const { schema, prepared, operation, variables } = run
    const costing = { schema, fragments: prepared.fragments, variables }
    const requested = costOf(costing, operation)
    if (requested > MAX_QUERY_COST) return { errors: [tooCostly(requested)] }
    if (!bucket.take(requested)) return throttledBody(requested, bucket.status())
    if (sizes.length > 0) return { errors: sizes, extensions: costShown(requested, null, bucket) }
    if (operation.operation === 'query') tell(shop, queryNote(operation, variables, parts.clock.now()))
    const answer = await runOperation(run, makeContext(parts, shop, served))
    const actual = Math.min(requested, answer.data ? costOf(costing, operation, answer.data) : requested)
    bucket.giveBack(requested - actual)
    return { ...answer, extensions: costShown(requested, actual, bucket) }
}

function costShown(requestedQueryCost: number, actualQueryCost: number | null, bucket: Bucket) {
    return { cost: { requestedQueryCost, actualQueryCost, throttleStatus: bucket.status() } }
}

function tooCostly(cost: number): AnswerError {
    return {
        message: `Query cost is ${cost}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).`,
        extensions: {
            code: 'MAX_COST_EXCEEDED',
            cost,
            maxCost: MAX_QUERY_COST,
            documentation: 'https://shopify.dev/api/usage/rate-limits',
        },
    }
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
}
