import { type ASTNode, GraphQLError, Kind } from 'graphql'

type Ancestors = ReadonlyArray<ASTNode | readonly ASTNode[]>

/** What graphql-js hands a visitor: the node with where it stands. */
export type Place = { node: ASTNode; ancestors: Ancestors }

/**
 * Shopify's path of a document error: the operation or fragment, then fields, arguments and input fields down to the
 * node, such as `['query Names', 'products', '... on Node', 'title']`.
 */
export function pathOf({ node, ancestors }: Place): string[] {
    return [...ancestors.filter(isNode), node].map(stepOf).filter((step) => step !== null)
}

function isNode(ancestor: ASTNode | readonly ASTNode[]): ancestor is ASTNode {
    return !Array.isArray(ancestor)
}

function stepOf(node: ASTNode): string | null {
    switch (node.kind) {
        case Kind.OPERATION_DEFINITION:
            return node.name ? `${node.operation} ${node.name.value}` : node.operation
        case Kind.FRAGMENT_DEFINITION:
            return `fragment ${node.name.value}`
        case Kind.FIELD:
            return node.alias?.value ?? node.name.value
        case Kind.INLINE_FRAGMENT:
            return node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...'
        case Kind.FRAGMENT_SPREAD:
            return `... ${node.name.value}`
        case Kind.ARGUMENT:
        case Kind.OBJECT_FIELD:
            return node.name.value
        default:
            return null
    }
}

/** The nearest node around a place that is not a list of nodes. */
export function parentOf({ ancestors }: Place): ASTNode | undefined {
    return ancestors.findLast(isNode)
}

/** An error of a document, located at `at` (by default the place's own node), with Shopify's code and details. */
export function documentError(
    message: string,
    place: Place,
    extensions: Record<string, unknown> & { code: string },
    at: ASTNode = place.node,
): GraphQLError {
    const error = new GraphQLError(message, { nodes: at, extensions })
    documentPaths.set(error, pathOf(place))
    return error
}

// graphql-js makes the path of an error itself; those of documents are kept beside it.
const documentPaths = new WeakMap<GraphQLError, string[]>()

export function documentPathOf(error: GraphQLError): string[] | undefined {
    return documentPaths.get(error)
}
