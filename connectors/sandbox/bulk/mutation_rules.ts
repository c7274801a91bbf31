import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql'
import { type Prepared, prepare } from '../prepared.ts'
import { MAX_DOCUMENT_BYTES } from './query_rules.ts'
import { connectionsOf, shapeOf } from './shape.ts'

export type Refusal = { field: string[] | null; message: string; code: string | null }
export type BulkMutation = { prepared: Prepared; operation: OperationDefinitionNode; name: string }

const FORBIDDEN = new Set(['bulkOperationRunMutation', 'bulkOperationRunQuery'])

/**
 * Reads the document of a bulk mutation and judges it as Shopify does, with its messages (platform: bulk mutations;
 * recorded but for what the schema refuses).
 */
export function readBulkMutation(
    schema: GraphQLSchema,
    text: string,
): { mutation: BulkMutation } | { refusals: Refusal[] } {
    const bytes = Buffer.byteLength(text)
    if (bytes > MAX_DOCUMENT_BYTES) {
        const message = `is too large (${bytes} bytes; maximum is ${MAX_DOCUMENT_BYTES} bytes)`
        return refuse({ field: ['query'], message, code: 'INVALID_MUTATION' })
    }
    const prepared = prepare(schema, text)
    const syntax = prepared.errors.find((error) => error.extensions.code === 'PARSE_ERROR')
    if (syntax) return invalid(`Failed to parse the mutation - ${syntax.message}`)
    const operation = prepared.operations[0]
    if (operation?.operation !== 'mutation') {
        return invalid('Invalid operation type. Only `mutation` operations are supported.')
    }
    const fields = operation.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD)
    const name = fields[0]?.name.value ?? ''
    if (fields.length !== 1) {
        return refuse({ field: ['mutation'], message: 'You must specify a single top level mutation.', code: null })
    }
    if (FORBIDDEN.has(name)) {
        return refuse({ field: ['mutation'], message: 'You must use an allowed mutation name.', code: null })
    }
    if (prepared.errors.length > 0) return invalid(...prepared.errors.map(({ message }) => message))
    const shape = shapeOf({ schema, fragments: prepared.fragments }, operation.selectionSet, 'Mutation')
    if (connectionsOf(shape).length > 1) return invalid('Bulk mutations cannot contain more than 1 connection.')
    return { mutation: { prepared, operation, name } }
}

function refuse(...refusals: Refusal[]) {
    return { refusals }
}

function invalid(...messages: string[]) {
    return refuse(...messages.map((message) => ({ field: null, message, code: 'INVALID_MUTATION' })))
}
