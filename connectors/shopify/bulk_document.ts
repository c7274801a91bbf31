import { type DocumentNode, Kind, parse, print, type ValueNode, visit } from 'graphql'

/** Shopify stores the text of an operation in this many bytes. */
const MAX_BYTES = 65_535

/**
 * A document made ready for a bulk query, which takes no variables: each variable is replaced by its value (an argument
 * whose value is undefined or null is left out), and the operation is given the call's own name, by which
 * `findBulkOperation` finds it. Throws when a variable has no value and needs one, or the text is too large.
 */
export function bulkDocument(document: string, name: string, variables: Record<string, unknown> = {}): string {
    const parsed = parse(document)
    refuseUnknown(parsed, variables)
    const inlined = visit(parsed, {
        OperationDefinition: (node) => ({ ...node, variableDefinitions: [] }),
        Argument: {
            enter: (node) =>
                node.value.kind === Kind.VARIABLE && variables[node.value.name.value] == null ? null : undefined,
        },
        Variable: (node) => literal(variables[node.name.value]),
    })
    return withName(inlined, name)
}

/** The same document under the call's own name; for bulk mutations, whose variables come from the input's lines. */
export function namedDocument(document: string, name: string): string {
    return withName(parse(document), name)
}

function withName(document: DocumentNode, name: string): string {
    if (!/^[A-Za-z_]\w*$/.test(name)) {
        throw new Error(`Expected a GraphQL name of letters, digits and _ for a bulk operation, came "${name}".`)
    }
    const text = print(
        visit(document, { OperationDefinition: (node) => ({ ...node, name: { kind: Kind.NAME, value: name } }) }),
    )
    const bytes = Buffer.byteLength(text)
    if (bytes > MAX_BYTES) throw new Error(`${name}: expected at most ${MAX_BYTES} bytes of document, came ${bytes}.`)
    return text
}

function refuseUnknown(document: DocumentNode, variables: Record<string, unknown>): void {
    const known = new Set<string>()
    visit(document, { VariableDefinition: (node) => void known.add(node.variable.name.value) })
    const unknown = Object.keys(variables).filter((name) => !known.has(name))
    if (unknown.length > 0) {
        throw new Error(
            `Expected variables of the document (${[...known].join(', ')}), came also ${unknown.join(', ')}.`,
        )
    }
}

function literal(value: unknown): ValueNode {
    if (typeof value === 'string') return { kind: Kind.STRING, value }
    if (typeof value === 'boolean') return { kind: Kind.BOOLEAN, value }
    if (typeof value === 'number' && Number.isInteger(value)) return { kind: Kind.INT, value: String(value) }
    if (Array.isArray(value)) return { kind: Kind.LIST, values: value.map(literal) }
    throw new Error(
        `Expected a string, boolean, integer or list as value of a bulk query's variable, came ${typeof value}.`,
    )
}
