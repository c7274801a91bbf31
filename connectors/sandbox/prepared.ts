import {
    type DocumentNode,
    type FragmentDefinitionNode,
    type GraphQLError,
    type GraphQLSchema,
    getNamedType,
    Kind,
    type OperationDefinitionNode,
    parse,
    TypeInfo,
    visit,
    visitWithTypeInfo,
} from 'graphql'
import { validateDocument } from './validation/index.ts'
import { syntaxError } from './validation/syntax.ts'

/** A document read and judged once, then used for every request that sends the same text. */
export type Prepared = {
    document: DocumentNode
    operations: readonly OperationDefinitionNode[]
    fragments: Record<string, FragmentDefinitionNode>
    errors: readonly GraphQLError[]
    /** `Type.field: reason` of each deprecated field in use */
    deprecated: readonly string[]
}

const KEPT = 1000
const caches = new WeakMap<GraphQLSchema, Map<string, Prepared>>()

/** Parses and validates a document; never throws: what is wrong is in `errors`. */
export function prepare(schema: GraphQLSchema, text: string): Prepared {
    const cache = caches.get(schema) ?? new Map<string, Prepared>()
    caches.set(schema, cache)
    const known = cache.get(text)
    if (known) return known
    const prepared = read(schema, text)
    if (cache.size >= KEPT) cache.clear()
    cache.set(text, prepared)
    return prepared
}

const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] }

function read(schema: GraphQLSchema, text: string): Prepared {
    let document: DocumentNode
    try {
        document = parse(text)
    } catch (error) {
        return { document: nothing, operations: [], fragments: {}, errors: [syntaxError(text, error)], deprecated: [] }
    }
    const fragments: Record<string, FragmentDefinitionNode> = {}
    const operations: OperationDefinitionNode[] = []
    for (const definition of document.definitions) {
        if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition)
        if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition
    }
    const errors = validateDocument(schema, document)
    const deprecated = errors.length === 0 ? deprecatedFields(schema, document) : []
    return { document, operations, fragments, errors, deprecated }
}

function deprecatedFields(schema: GraphQLSchema, document: DocumentNode): string[] {
    const found = new Set<string>()
    const info = new TypeInfo(schema)
    visit(
        document,
        visitWithTypeInfo(info, {
            Field() {
                const field = info.getFieldDef()
                const type = getNamedType(info.getParentType())
                if (field?.deprecationReason && type)
                    found.add(`${type.name}.${field.name}: ${field.deprecationReason}`)
            },
        }),
    )
    return [...found]
}

/** The operation a request means: the named one, or the only one. */
export function operationOf(prepared: Prepared, name: string | null | undefined): OperationDefinitionNode | undefined {
    if (name == null || name === '') return prepared.operations.length === 1 ? prepared.operations[0] : undefined
    // Shopify takes a request whose operationName does not agree with its only operation.
    return (
        prepared.operations.find((operation) => operation.name?.value === name) ??
        (prepared.operations.length === 1 ? prepared.operations[0] : undefined)
    )
}
