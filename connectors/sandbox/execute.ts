import { execute, type GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import type { FrameContext } from './frame_context.ts'
import { inputSizeErrors } from './input_sizes.ts'
import type { Prepared } from './prepared.ts'
import { documentPathOf } from './validation/places.ts'
import { variableErrors } from './validation/variable_values.ts'

export type AnswerError = {
    message: string
    locations?: readonly { line: number; column: number }[]
    path?: readonly (string | number)[]
    extensions?: Record<string, unknown>
}
export type Answer = { data?: Record<string, unknown> | null; errors?: AnswerError[] }

/** An operation ready to run under a schema, with the variables of one request or line. */
export type Run = {
    schema: GraphQLSchema
    prepared: Prepared
    operation: OperationDefinitionNode
    variables: Record<string, unknown>
}

/** What is wrong with an operation's input before it runs: `variables`, or lists that are too long (`sizes`). */
export function inputErrors(run: Run): { variables: AnswerError[]; sizes: AnswerError[] } {
    const { schema, operation, variables } = run
    return {
        variables: variableErrors(schema, operation, variables).map(shown),
        sizes: inputSizeErrors(schema, operation, variables).map(shown),
    }
}

/** Executes a valid operation; answers given before under an idempotency key are put in their places. */
export async function runOperation(run: Run, context: FrameContext): Promise<Answer> {
    const result = await execute({
        schema: run.schema,
        document: run.prepared.document,
        variableValues: run.variables,
        contextValue: context,
        ...(run.operation.name ? { operationName: run.operation.name.value } : {}),
    })
    const data = result.data ?? null
    if (data) settleIdempotency(data, context)
    if (!result.errors?.length) return { data }
    const internal = result.errors.find((error) => error.extensions.code === undefined)
    if (internal) return { errors: [internalError(internal, context)], data: null }
    return { errors: result.errors.map(shown), data }
}

function settleIdempotency(data: Record<string, unknown>, context: FrameContext): void {
    for (const [name, answer] of context.replayed) data[name] = answer
    for (const [name, { key }] of context.remembered) {
        const known = context.shop.idempotency.get(key)
        if (known) known.answer = data[name]
    }
}

/** An error as Shopify writes it; the code and its details come with the error. */
export function shown(error: GraphQLError): AnswerError {
    const path = documentPathOf(error) ?? error.path
    return {
        message: error.message,
        ...(error.locations ? { locations: error.locations } : {}),
        ...(path ? { path } : {}),
        extensions: { ...error.extensions },
    }
}

/** A fault of the sandbox itself, in the shape Shopify gives to its own; `sandbox` says what happened. */
function internalError(error: GraphQLError, context: FrameContext): AnswerError {
    const { requestId } = context
    return {
        message: `Internal error. Looks like something went wrong on our end.\nRequest ID: ${requestId} (include this in support requests).`,
        extensions: {
            code: 'INTERNAL_SERVER_ERROR',
            requestId,
            sandbox: error.originalError?.stack ?? error.message,
        },
    }
}
