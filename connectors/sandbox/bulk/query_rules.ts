import type { GraphQLSchema } from 'graphql'
import { type Prepared, prepare } from '../prepared.ts'
import { type ConnectionShape, connectionsOf, type Shape, shapeOf } from './shape.ts'

export const MAX_DOCUMENT_BYTES = 65_535
const MAX_CONNECTIONS = 5
const MAX_DEPTH = 2

export type BulkQuery = { prepared: Prepared; shape: Shape }

/**
 * Reads a bulk query and judges it as Shopify's validator does, with its messages (platform: what the validator
 * refuses; all but those marked were recorded). Either the query or why not, never both.
 */
export function readBulkQuery(schema: GraphQLSchema, text: string): { query: BulkQuery } | { refusals: string[] } {
    const bytes = Buffer.byteLength(text)
    if (bytes > MAX_DOCUMENT_BYTES) {
        return { refusals: [`Query is too large (${bytes} bytes; maximum is ${MAX_DOCUMENT_BYTES} bytes)`] }
    }
    const prepared = prepare(schema, text)
    const syntax = prepared.errors.find((error) => error.extensions.code === 'PARSE_ERROR')
    if (syntax) return { refusals: [`Invalid bulk query: ${syntax.message.replace(/ at \[.*\]$/, '')}`] }
    const operation = prepared.operations[0]
    if (operation?.operation !== 'query') {
        return { refusals: ['Invalid operation type. Only `query` operations are supported.'] }
    }
    // How the validator words a query that the schema refuses was never recorded.
    if (prepared.errors.length > 0)
        return { refusals: prepared.errors.map(({ message }) => `Invalid bulk query: ${message}`) }
    const rootName = schema.getQueryType()?.name ?? 'QueryRoot'
    const shape = shapeOf({ schema, fragments: prepared.fragments }, operation.selectionSet, rootName)
    const refusals = refusalsOf(shape, operation.selectionSet.selections)
    return refusals.length > 0 ? { refusals } : { query: { prepared, shape } }
}

type Selections = readonly { kind: string; name?: { value: string } }[]

function refusalsOf(shape: Shape, selections: Selections): string[] {
    const connections = connectionsOf(shape)
    const names = selections.map((selection) => selection.name?.value)
    const invalid = connections.filter(({ selectsNodes, selectsEdgesNode }) => selectsNodes || !selectsEdgesNode)
    const withoutId = connections.filter(({ shape: inner, selectsId }) => connectionsOf(inner).length > 0 && !selectsId)
    const notNodes = connections.filter(({ ofNodeType }) => !ofNodeType)
    const rules: [boolean, string][] = [
        [names.includes('node'), 'Bulk queries cannot contain a top level `node` field.'],
        // the guide's rule; its wording was never recorded
        [names.length > 1, 'Bulk queries cannot contain more than one top level field.'],
        [connections.length === 0, 'Bulk queries must contain at least one connection.'],
        [
            connections.some(({ depth }) => depth > MAX_DEPTH),
            `Bulk queries cannot contain connections with a nesting depth greater than ${MAX_DEPTH}.`,
        ],
        [connections.length > MAX_CONNECTIONS, `Bulk queries cannot contain more than ${MAX_CONNECTIONS} connections.`],
        [invalid.length > 0, edgesWanted(invalid)],
        [
            invalid.length === 0 && withoutId.length > 0,
            `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${namesOf(withoutId)}.`,
        ],
        [
            connections.some(({ withinList }) => withinList),
            'Queries that contain a connection field within a list field are not currently supported.',
        ],
        // the guide's rule; its wording was never recorded
        [
            notNodes.length > 0,
            `Connection fields in a bulk query must return types that implement 'Node'. Invalid connection fields: '${namesOf(notNodes)}'.`,
        ],
    ]
    return rules.filter(([broken]) => broken).map(([, message]) => message)
}

function edgesWanted(invalid: readonly ConnectionShape[]): string {
    const [first] = invalid
    return `All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: '${first?.name ?? ''} { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '${namesOf(invalid)}'.`
}

function namesOf(connections: readonly ConnectionShape[]): string {
    return connections.map(({ name }) => name).join(', ')
}
