import { createHash } from 'node:crypto'
import { type GraphQLFieldResolver, type GraphQLResolveInfo, getDirectiveValues, Kind } from 'graphql'
import type { Call } from './calls.ts'
import { requireChangeFromQuantity } from './compare_values.ts'
import type { Context } from './context.ts'
import { topLevelError } from './errors.ts'
import { frameOf } from './frame_context.ts'
import { tell } from './shop/happenings.ts'

type FieldResolver = GraphQLFieldResolver<unknown, Context>

/** Mutations that must carry `@idempotent` from 2026-04 on (platform: idempotency; the schema's descriptions). */
export const idempotentMutations: ReadonlySet<string> = new Set([
    'inventoryActivate',
    'inventoryAdjustQuantities',
    'inventoryMoveQuantities',
    'inventorySetOnHandQuantities',
    'inventorySetQuantities',
    'inventoryShipmentAddItems',
    'inventoryShipmentCreate',
    'inventoryShipmentCreateInTransit',
    'inventoryShipmentReceive',
    'inventoryTransferCreate',
    'inventoryTransferCreateAsReadyToShip',
    'inventoryTransferDuplicate',
    'inventoryTransferSetItems',
    'locationActivate',
    'locationDeactivate',
    'refundCreate',
])

const REMEMBERED_MS = 24 * 3600 * 1000

/**
 * Wraps a mutation: asks for its idempotency key where one is required, answers a key that was seen before again
 * without executing, refuses one used for other input, and writes every call into the log.
 */
export function guardMutation(name: string, inner: FieldResolver): FieldResolver {
    return async (source, args, context, info) => {
        // the input is judged before the directive, as recorded
        requireChangeFromQuantity(name, args, info, context.apiVersion)
        const key = idempotentMutations.has(name) ? requiredKey(context, info) : null
        const fingerprint = key === null ? '' : fingerprintOf(name, args)
        if (key !== null) {
            const known = recall(context, key, fingerprint, info)
            if (known) {
                log({ name, args, context, info, key }, known.outcome)
                return known.answer
            }
        }
        return run(inner, { name, source, args, context, info, key, fingerprint })
    }
}

type GuardedCall = {
    name: string
    source: unknown
    args: Record<string, unknown>
    context: Context
    info: GraphQLResolveInfo
    key: string | null
    fingerprint: string
}

async function run(inner: FieldResolver, call: GuardedCall): Promise<unknown> {
    const { source, args, context, info, key, fingerprint } = call
    try {
        const answer = await inner(source, args, context, info)
        const failed = hasUserErrors(answer)
        // A refusal is not remembered as an answer, only that the key belongs to this input: see remember().
        if (key !== null) remember(context, key, fingerprint, info, failed)
        log(call, failed ? 'user_errors' : 'done')
        return answer
    } catch (error) {
        log(call, 'refused')
        throw error
    }
}

/** The key of the field's `@idempotent` directive, null without one. */
export function idempotencyKeyOf(info: GraphQLResolveInfo): string | null {
    const directive = info.schema.getDirective('idempotent')
    const node = info.fieldNodes[0]
    if (!directive || !node) return null
    const key = getDirectiveValues(directive, node, info.variableValues)?.key
    return typeof key === 'string' ? key : null
}

function requiredKey(context: Context, info: GraphQLResolveInfo): string | null {
    const key = idempotencyKeyOf(info)
    if (key !== null && key.trim() === '') {
        throw topLevelError('The idempotency key cannot be an empty string or whitespace only.', 'BAD_REQUEST')
    }
    if (key === null && context.apiVersion >= '2026-04') {
        throw topLevelError(
            'The @idempotent directive is required for this mutation but was not provided.',
            'BAD_REQUEST',
        )
    }
    return key
}

/** Field order counts, as Shopify warns that it can. */
function fingerprintOf(name: string, args: Record<string, unknown>): string {
    return createHash('sha256').update(name).update(JSON.stringify(args)).digest('base64')
}

const MISMATCH = {
    field: null,
    message: 'The same idempotency key cannot be used with different operation parameters.',
    code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
}

function recall(
    context: Context,
    key: string,
    fingerprint: string,
    info: GraphQLResolveInfo,
): { answer: unknown; outcome: Call['outcome'] } | null {
    const known = context.shop.idempotency.get(key)
    if (!known || known.at + REMEMBERED_MS < context.clock.now()) return null
    if (known.fingerprint !== fingerprint) return { answer: { userErrors: [MISMATCH] }, outcome: 'user_errors' }
    if (known.answer === null) return null
    frameOf(context).replayed.set(String(info.path.key), known.answer)
    return { answer: null, outcome: 'answered_again' }
}

/**
 * A success is remembered with its answer, once that is complete. A refusal only binds the key to its input: the same
 * call may be tried again under it, another one may not.
 */
function remember(context: Context, key: string, fingerprint: string, info: GraphQLResolveInfo, failed: boolean) {
    context.shop.idempotency.set(key, { key, fingerprint, at: context.clock.now(), answer: null })
    if (!failed) frameOf(context).remembered.set(String(info.path.key), { key, fingerprint })
}

function hasUserErrors(answer: unknown): boolean {
    return (
        typeof answer === 'object' &&
        answer !== null &&
        'userErrors' in answer &&
        Array.isArray(answer.userErrors) &&
        answer.userErrors.length > 0
    )
}

type LoggedCall = Pick<GuardedCall, 'name' | 'args' | 'context' | 'info' | 'key'>

/** Every mutation goes into the log of calls, and with the quantities it gave into the journal. */
function log({ name, args, context, info, key }: LoggedCall, outcome: Call['outcome']) {
    const { shop, clock, bulk } = context
    const variables = variablesOf(info)
    frameOf(context).parts.calls.add({
        ...{ at: clock.iso(), shop: shop.domain, name, variables, outcome, idempotencyKey: key, bulk },
    })
    const input = name.startsWith('inventory') ? { input: args.input ?? args } : {}
    const repeated = outcome === 'answered_again'
    tell(shop, { kind: 'mutation', at: clock.now(), name, outcome, repeated, idempotencyKey: key, bulk, ...input })
}

/** The variables as sent; for a document with literals its text, so that the log says what was asked for. */
function variablesOf(info: GraphQLResolveInfo): unknown {
    if (Object.keys(info.variableValues).length > 0) return info.variableValues
    const { loc } = info.fieldNodes[0] ?? {}
    return loc && info.operation.kind === Kind.OPERATION_DEFINITION
        ? { literal: loc.source.body.slice(loc.start, loc.end) }
        : {}
}
