import {
    type FieldNode,
    GraphQLError,
    type GraphQLSchema,
    Kind,
    type OperationDefinitionNode,
    valueFromASTUntyped,
} from 'graphql'

const MOST = 250

/** Lists that may be longer, by their path (platform: rate limits and errors; the first two were recorded). */
const exceptions: Readonly<Record<string, number>> = {
    'productSet.input.variants': 2048,
    'productSet.input.productOptions.values': 2048,
    'draftOrderCreate.input.lineItems': 499,
    'draftOrderUpdate.input.lineItems': 499,
    'fulfillmentCreate.fulfillment.lineItemsByFulfillmentOrder.fulfillmentOrderLineItems': 512,
}

/** Lists in the input that are longer than Shopify takes: MAX_INPUT_SIZE_EXCEEDED, one error for the first of them. */
export function inputSizeErrors(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    variables: Record<string, unknown>,
): GraphQLError[] {
    const root = schema.getRootType(operation.operation)
    for (const field of operation.selectionSet.selections) {
        if (field.kind !== Kind.FIELD || !root) continue
        const known = root.getFields()[field.name.value]
        for (const argument of field.arguments ?? []) {
            if (!known?.args.some((one) => one.name === argument.name.value)) continue
            const value = valueFromASTUntyped(argument.value, variables)
            const found = tooLong(value, [field.name.value, argument.name.value])
            if (found) return [sizeError(field, found)]
        }
    }
    return []
}

type TooLong = { path: string[]; size: number; most: number }

function tooLong(value: unknown, path: string[]): TooLong | null {
    if (typeof value !== 'object' || value === null) return null
    if (Array.isArray(value)) {
        const most = exceptions[path.join('.')] ?? MOST
        if (value.length > most) return { path, size: value.length, most }
        return first(value, (item) => tooLong(item, path))
    }
    return first(Object.entries(value), ([name, item]) => tooLong(item, [...path, name]))
}

function first<T>(items: readonly T[], judge: (item: T) => TooLong | null): TooLong | null {
    for (const item of items) {
        const found = judge(item)
        if (found) return found
    }
    return null
}

function sizeError(field: FieldNode, { path, size, most }: TooLong): GraphQLError {
    const error = new GraphQLError(`The input array size of ${size} is greater than the maximum allowed of ${most}.`, {
        nodes: field,
        path,
        extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
    })
    return error
}
