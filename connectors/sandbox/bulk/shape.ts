import {
    type FieldNode,
    type FragmentDefinitionNode,
    type GraphQLCompositeType,
    type GraphQLOutputType,
    type GraphQLSchema,
    getNamedType,
    isCompositeType,
    isInterfaceType,
    isListType,
    isNonNullType,
    isObjectType,
    isUnionType,
    Kind,
    type SelectionSetNode,
} from 'graphql'

/** Where in a selection connections stand: what the runner pulls out into lines of their own. */
export type Shape = { connections: ConnectionShape[]; objects: { key: string; shape: Shape }[] }

export type ConnectionShape = {
    /** the name in the answer: its alias, if it has one */
    key: string
    name: string
    edgesKey: string
    nodeKey: string
    /** connections around it: 0 for the root one */
    depth: number
    withinList: boolean
    selectsNodes: boolean
    selectsEdgesNode: boolean
    /** the node selects `id` under its own name */
    selectsId: boolean
    ofNodeType: boolean
    shape: Shape
}

export type ShapeOf = { schema: GraphQLSchema; fragments: Record<string, FragmentDefinitionNode> }
type Around = { depth: number; withinList: boolean }

/** The shape of a selection on a type. */
export function shapeOf(from: ShapeOf, set: SelectionSetNode, typeName: string, around?: Around): Shape {
    const shape: Shape = { connections: [], objects: [] }
    const { depth, withinList } = around ?? { depth: 0, withinList: false }
    for (const { field, on } of fieldsOf(from, set, typeName)) {
        const type = fieldType(from.schema, on, field)
        if (!type || !field.selectionSet) continue
        const named = getNamedType(type)
        const key = field.alias?.value ?? field.name.value
        if (named.name.endsWith('Connection')) {
            shape.connections.push(connectionShape(from, field, named.name, { depth, withinList }))
        } else {
            const inner = { depth, withinList: withinList || isList(type) }
            shape.objects.push({ key, shape: shapeOf(from, field.selectionSet, named.name, inner) })
        }
    }
    shape.objects = shape.objects.filter(({ shape: inner }) => connectionsOf(inner).length > 0)
    return shape
}

/** All connections of a shape, outer ones first. */
export function connectionsOf(shape: Shape): ConnectionShape[] {
    return [
        ...shape.connections.flatMap((connection) => [connection, ...connectionsOf(connection.shape)]),
        ...shape.objects.flatMap((object) => connectionsOf(object.shape)),
    ]
}

function connectionShape(from: ShapeOf, field: FieldNode, typeName: string, around: Around): ConnectionShape {
    const inside = field.selectionSet ? fieldsOf(from, field.selectionSet, typeName) : []
    const edges = inside.find(({ field: one }) => one.name.value === 'edges')?.field
    const edgeType = edges && named(fieldType(from.schema, typeName, edges))
    const node = edges?.selectionSet
        ? fieldsOf(from, edges.selectionSet, edgeType ?? '').find(({ field: one }) => one.name.value === 'node')?.field
        : undefined
    const nodeType = node && edgeType ? named(fieldType(from.schema, edgeType, node)) : undefined
    const nodeFields = node?.selectionSet && nodeType ? fieldsOf(from, node.selectionSet, nodeType) : []
    return {
        key: field.alias?.value ?? field.name.value,
        name: field.name.value,
        edgesKey: edges?.alias?.value ?? 'edges',
        nodeKey: node?.alias?.value ?? 'node',
        depth: around.depth,
        withinList: around.withinList,
        selectsNodes: inside.some(({ field: one }) => one.name.value === 'nodes'),
        selectsEdgesNode: node !== undefined,
        selectsId: nodeFields.some(({ field: one }) => one.name.value === 'id' && !one.alias),
        ofNodeType: nodeType === undefined || isNodeType(from.schema, nodeType),
        shape:
            node?.selectionSet && nodeType
                ? shapeOf(from, node.selectionSet, nodeType, { depth: around.depth + 1, withinList: around.withinList })
                : { connections: [], objects: [] },
    }
}

type Selected = { field: FieldNode; on: string }

function fieldsOf(from: ShapeOf, set: SelectionSetNode, typeName: string): Selected[] {
    return set.selections.flatMap((selection): Selected[] => {
        if (selection.kind === Kind.FIELD) return [{ field: selection, on: typeName }]
        if (selection.kind === Kind.INLINE_FRAGMENT) {
            return fieldsOf(from, selection.selectionSet, selection.typeCondition?.name.value ?? typeName)
        }
        const fragment = from.fragments[selection.name.value]
        return fragment ? fieldsOf(from, fragment.selectionSet, fragment.typeCondition.name.value) : []
    })
}

function fieldType(schema: GraphQLSchema, typeName: string, field: FieldNode): GraphQLOutputType | undefined {
    const type = schema.getType(typeName)
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined
    return type.getFields()[field.name.value]?.type
}

function named(type: GraphQLOutputType | undefined): string | undefined {
    return type && getNamedType(type).name
}

function isList(type: GraphQLOutputType): boolean {
    return isListType(isNonNullType(type) ? type.ofType : type)
}

/** Whether everything of the type implements Node; bulk operations take no other connections. */
function isNodeType(schema: GraphQLSchema, typeName: string): boolean {
    const type = schema.getType(typeName)
    if (!isCompositeType(type)) return false
    return possible(schema, type).every((one) => one.getInterfaces().some(({ name }) => name === 'Node'))
}

function possible(schema: GraphQLSchema, type: GraphQLCompositeType) {
    if (isObjectType(type)) return [type]
    return isUnionType(type) || isInterfaceType(type) ? schema.getPossibleTypes(type) : []
}
