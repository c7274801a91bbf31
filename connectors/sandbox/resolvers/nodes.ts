import type { Context, Resolvers } from '../context.ts'
import { topLevelError } from '../errors.ts'
import { parsedGid } from '../shop/gids.ts'
import { nodeById } from './node_types.ts'

export const resolvers: Resolvers = {
    QueryRoot: {
        node: (_: unknown, { id }: { id: string }, context: Context) => nodeById(context, wellFormed(id)),
        nodes: (_: unknown, { ids }: { ids: string[] }, context: Context) =>
            ids.map((id) => nodeById(context, wellFormed(id))),
    },
}

function wellFormed(id: string): string {
    if (parsedGid(id)) return id
    throw topLevelError(`Invalid global id '${id}'`, 'argumentLiteralsIncompatible')
}
