import {
    type FieldNode,
    type FragmentDefinitionNode,
    type GraphQLOutputType,
    type GraphQLSchema,
    getNamedType,
    isCompositeType,
    isListType,
    isNonNullType,
    Kind,
    type OperationDefinitionNode,
    type SelectionSetNode,
    valueFromASTUntyped,
} from 'graphql'

const MUTATION = 10
export const MAX_QUERY_COST = 1000
// Money objects of orders cost nothing in the recordings.
const FREE = /^(MoneyBag|MoneyV2|PageInfo)$/

type Costing = {
    schema: GraphQLSchema
    fragments: Record<string, FragmentDefinitionNode>
    variables: Record<string, unknown>
}

/**
 * What an operation may cost before it runs, or with `data` what it did cost. Fitted to 570 recorded answers: an object
 * is 1, a mutation 10 with its payload's own objects free, a connection of n items 2 + floor(2 ln n) times an item.
 */
export function costOf(costing: Costing, operation: OperationDefinitionNode, data?: unknown): number {
    const root = costing.schema.getRootType(operation.operation)
    if (!root) return 0
    const fields = fieldsOf(costing, operation.selectionSet)
    if (operation.operation === 'query') return selectionCost(costing, fields, root.name, data, 1)
    return fields.reduce((sum, field) => {
        const type = getNamedType(typeOf(costing, root.name, field))
        if (!type || !field.selectionSet) return sum + MUTATION
        const payload = childOf(data, field)
        const inside = fieldsOf(costing, field.selectionSet)
        return sum + MUTATION + (payload === null ? 0 : selectionCost(costing, inside, type.name, payload, 0))
    }, 0)
}

/** `own` is what an object selected here costs itself: 0 directly under a mutation's payload. */
function selectionCost(
    costing: Costing,
    fields: readonly FieldNode[],
    typeName: string,
    data: unknown,
    own: number,
): number {
    let sum = 0
    for (const field of fields) {
        if (!field.selectionSet) continue
        const type = typeOf(costing, typeName, field)
        const value = childOf(data, field)
        if (type && value !== null) sum += fieldCost(costing, field, type, value, own)
    }
    return sum
}

function fieldCost(costing: Costing, field: FieldNode, type: GraphQLOutputType, data: unknown, own: number): number {
    const named = getNamedType(type)
    if (!isCompositeType(named) || FREE.test(named.name) || !field.selectionSet) return 0
    const inside = fieldsOf(costing, field.selectionSet)
    if (named.name.endsWith('Connection')) return connectionCost(costing, field, inside, named.name, data)
    const nullable = isNonNullType(type) ? type.ofType : type
    const one = isListType(nullable) && Array.isArray(data) ? data[0] : data
    if (Array.isArray(data) && data.length === 0) return own
    return own + selectionCost(costing, inside, named.name, one, 1)
}

function connectionCost(
    costing: Costing,
    field: FieldNode,
    inside: readonly FieldNode[],
    typeName: string,
    data: unknown,
): number {
    let item = 0
    let count = data === undefined ? asked(costing, field) : 0
    for (const part of inside) {
        const rows = childOf(data, part)
        if (part.name.value !== 'nodes' && part.name.value !== 'edges') continue
        if (Array.isArray(rows)) count = Math.max(count, rows.length)
        const partType = getNamedType(typeOf(costing, typeName, part))
        const partFields = part.selectionSet ? fieldsOf(costing, part.selectionSet) : []
        const row = Array.isArray(rows) ? rows[0] : undefined
        item += partType ? selectionCost(costing, partFields, partType.name, row, 1) : 0
        if (part.name.value === 'nodes') item += 1
    }
    const scale = count > 1 ? Math.floor(2 * Math.log(count)) : count
    return 2 + scale * Math.max(item, 1)
}

function asked(costing: Costing, field: FieldNode): number {
    for (const argument of field.arguments ?? []) {
        if (argument.name.value !== 'first' && argument.name.value !== 'last') continue
        const value = valueFromASTUntyped(argument.value, costing.variables)
        if (typeof value === 'number') return value
    }
    return 0
}

function fieldsOf(costing: Costing, set: SelectionSetNode): FieldNode[] {
    return set.selections.flatMap((selection) => {
        if (selection.kind === Kind.FIELD) return [selection]
        if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(costing, selection.selectionSet)
        const fragment = costing.fragments[selection.name.value]
        return fragment ? fieldsOf(costing, fragment.selectionSet) : []
    })
}

/** The type of a field; one selected by a fragment on an implementation is looked up there, by name alone. */
function typeOf(costing: Costing, typeName: string, field: FieldNode): GraphQLOutputType | undefined {
    const type = costing.schema.getType(typeName)
    if (!type || !('getFields' in type || 'getTypes' in type)) return undefined
    const own = 'getFields' in type ? type.getFields()[field.name.value] : undefined
    if (own && 'args' in own) return own.type
    const candidates =
        'getTypes' in type ? type.getTypes() : 'getInterfaces' in type ? implementations(costing, typeName) : []
    for (const candidate of candidates) {
        const found = candidate.getFields()[field.name.value]
        if (found) return found.type
    }
    return undefined
}

function implementations(costing: Costing, typeName: string) {
    const type = costing.schema.getType(typeName)
    return type && 'getInterfaces' in type && !('isTypeOf' in type)
        ? costing.schema.getImplementations(type).objects
        : []
}

/** undefined without data (asking before it runs), null where the answer has none. */
function childOf(data: unknown, field: FieldNode): unknown {
    if (data === undefined) return undefined
    if (typeof data !== 'object' || data === null) return null
    return (data as Record<string, unknown>)[field.alias?.value ?? field.name.value] ?? null
}
