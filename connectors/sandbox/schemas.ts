import type { GraphQLSchema } from 'graphql'
import { resolvers } from './resolvers/index.ts'
import { buildSchema } from './schema.ts'

const built = new Map<string, GraphQLSchema>()

/** The schema of a served version with our resolvers; built at its first use, in about half a second. */
export function schemaOf(version: string): GraphQLSchema {
    const known = built.get(version)
    if (known) return known
    const schema = buildSchema(version, resolvers)
    built.set(version, schema)
    return schema
}
