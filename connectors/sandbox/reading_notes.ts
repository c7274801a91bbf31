import { Kind, type OperationDefinitionNode, parse, valueFromASTUntyped, visit } from 'graphql'
import { gid, isoTime } from './shop/gids.ts'
import type { Happening } from './shop/happenings.ts'
import type { BulkOperation } from './shop/state.ts'

/** What the journal says of a bulk operation: `what` is started, begun (it reads from now on) or ended. */
export function bulkNote(row: BulkOperation, what: 'started' | 'begun' | 'ended', now: number): Happening {
    const { type, status } = row
    const id = gid('BulkOperation', row.id)
    if (what !== 'started') return { kind: 'bulk', at: now, what, type, id, status }
    return { kind: 'bulk', at: now, what, type, id, createdAt: isoTime(row.createdAt), ...documentNotes(row.query) }
}

/** The name of a document's operation, its root fields and the filters in it; nothing of one that cannot be read. */
function documentNotes(text: string): { name: string | null; roots: string[]; filters: string[] } {
    try {
        const document = parse(text)
        const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
        const filters: string[] = []
        visit(document, {
            Argument: ({ name, value }) => {
                if (name.value === 'query' && value.kind === Kind.STRING) filters.push(value.value)
            },
        })
        return { name: operation?.name?.value ?? null, roots: operation ? rootsOf(operation) : [], filters }
    } catch {
        // it was refused as such; the journal only tells that it came
        return { name: null, roots: [], filters: [] }
    }
}

const rootsOf = ({ selectionSet }: OperationDefinitionNode) =>
    selectionSet.selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : []))

/** What the journal says of a plain query: its name, root fields, the ids and filters it was asked with. */
export function queryNote(
    operation: OperationDefinitionNode,
    variables: Record<string, unknown>,
    now: number,
): Happening {
    const texts: string[] = []
    gather(variables, texts)
    for (const field of operation.selectionSet.selections) {
        if (field.kind !== Kind.FIELD) continue
        for (const { value } of field.arguments ?? []) gather(valueFromASTUntyped(value, {}), texts)
    }
    const ids = [...new Set(texts.filter((text) => text.startsWith('gid://')))]
    const filters = typeof variables.query === 'string' ? [variables.query] : []
    return { kind: 'query', at: now, name: operation.name?.value ?? null, roots: rootsOf(operation), ids, filters }
}

function gather(value: unknown, into: string[]): void {
    if (typeof value === 'string') into.push(value)
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) gather(one, into)
}
