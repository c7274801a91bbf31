import { type ArgumentNode, type FieldNode, Kind, parse, print, type SelectionNode, visit } from 'graphql'

/**
 * How many of a connection come in one page, by its depth: the documents of orders then cost less than the 1000 points of
 * one query.
 */
const SIZES = [10, 20, 10]

const NAME = (value: string) => ({ kind: Kind.NAME, value }) as const
const ENUM = (value: string) => ({ kind: Kind.ENUM, value }) as const
const AFTER: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: NAME('after'),
    value: { kind: Kind.VARIABLE, name: NAME('after') },
}
const PAGE_INFO: FieldNode = {
    kind: Kind.FIELD,
    name: NAME('pageInfo'),
    selectionSet: { kind: Kind.SELECTION_SET, selections: ['hasNextPage', 'endCursor'].map(fieldOf) },
}

function fieldOf(name: string): FieldNode {
    return { kind: Kind.FIELD, name: NAME(name) }
}

export type PagedDocument = {
    /** Takes `$after`; its root connection comes with the newest change first. */
    first: string
    /** The further pages of a connection, by its path of response keys: takes `$id` of its parent and `$after`. */
    further(path: readonly string[], parentType: string): string
}

/**
 * A document written for a bulk query as one that is read page by page: every connection is given its size and says
 * whether there is more.
 */
export function pagedDocument(document: string): PagedDocument {
    const parsed = parse(document)
    const [operation] = parsed.definitions
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Expected one query, came another definition.')
    const [root] = operation.selectionSet.selections as FieldNode[]
    const paged = withPages(root!)
    const sorted = [argument('sortKey', 'UPDATED_AT'), reverse, AFTER]
    const own = (paged.arguments ?? []).filter(({ name }) => name.value !== 'sortKey')
    const first = { ...paged, arguments: [...own, ...sorted] }
    return {
        first: `query Page($after: String) { ${print(first)} }`,
        further(path, parentType) {
            const field = found(paged, path.slice(1))
            const selected = print({ ...field, arguments: [...(field.arguments ?? []), AFTER] })
            return `query FurtherPage($id: ID!, $after: String) { node(id: $id) { ... on ${parentType} { ${selected} } } }`
        },
    }
}

const argument = (name: string, value: string): ArgumentNode => ({
    kind: Kind.ARGUMENT,
    name: NAME(name),
    value: ENUM(value),
})
const reverse: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: NAME('reverse'),
    value: { kind: Kind.BOOLEAN, value: true },
}

const isConnection = (field: FieldNode) => partOf(field, 'edges') !== undefined

function partOf(field: FieldNode, name: string): FieldNode | undefined {
    const isPart = (part: SelectionNode): part is FieldNode => part.kind === Kind.FIELD && keyOf(part) === name
    return field.selectionSet?.selections.find(isPart)
}

const keyOf = (field: FieldNode) => field.alias?.value ?? field.name.value

/** Gives every connection from here on its size, by how many it lies in. */
function withPages(root: FieldNode): FieldNode {
    let depth = 0
    return visit(root, {
        Field: {
            enter: (field) => (isConnection(field) ? withPage(field, depth++) : undefined),
            leave: (field) => {
                if (isConnection(field)) depth -= 1
            },
        },
    })
}

function withPage(field: FieldNode, depth: number): FieldNode {
    const value = { kind: Kind.INT, value: String(SIZES[depth] ?? SIZES.at(-1)) } as const
    const size: ArgumentNode = { kind: Kind.ARGUMENT, name: NAME('first'), value }
    const selections = [...field.selectionSet!.selections, PAGE_INFO]
    return {
        ...field,
        arguments: [...(field.arguments ?? []), size],
        selectionSet: { kind: Kind.SELECTION_SET, selections },
    }
}

/** The connection at a path of response keys below another. */
function found(connection: FieldNode, path: readonly string[]): FieldNode {
    const [key, ...rest] = path
    if (key === undefined) return connection
    const node = partOf(partOf(connection, 'edges')!, 'node')!
    return found(partOf(node, key)!, rest)
}
