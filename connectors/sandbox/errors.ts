import { GraphQLError } from 'graphql'

/**
 * A top-level error as Shopify gives it: thrown by a resolver it lands in `errors`, located, with the field null.
 * `extensions` are added beside the code.
 */
export function topLevelError(message: string, code: string, extensions: Record<string, unknown> = {}): GraphQLError {
    return new GraphQLError(message, { extensions: { code, ...extensions } })
}
