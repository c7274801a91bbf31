import { Kind, parse } from 'graphql'

/** The names faults and logs go by: the operation's own and its root fields'; none if the text cannot be parsed. */
export function rootNames(query: string): string[] {
    try {
        return parse(query).definitions.flatMap((definition) => {
            if (definition.kind !== Kind.OPERATION_DEFINITION) return []
            const fields = definition.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD)
            return [...(definition.name ? [definition.name.value] : []), ...fields.map((field) => field.name.value)]
        })
    } catch {
        // a document that cannot be parsed is answered as such; faults by name do not strike it
        return []
    }
}
