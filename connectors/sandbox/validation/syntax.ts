import { GraphQLError, Lexer, Source, TokenKind } from 'graphql'

/**
 * A document that cannot be parsed, in Shopify's words: `syntax error, unexpected end of file at [1, 16]`. The end of
 * the file is placed at the last token that was there.
 */
export function syntaxError(text: string, error: unknown): GraphQLError {
    if (!(error instanceof GraphQLError)) throw error
    const place = error.locations?.[0] ?? { line: 1, column: 1 }
    if (!/<EOF>/.test(error.message)) {
        const found = /(?:Unexpected|found) ([^,.]+)[,.]/.exec(error.message)?.[1] ?? 'token'
        return parseError(`syntax error, unexpected ${found} at [${place.line}, ${place.column}]`, error)
    }
    const last = lastToken(text)
    return parseError(`syntax error, unexpected end of file${last ? ` at [${last.line}, ${last.column}]` : ''}`, error)
}

function parseError(message: string, error: GraphQLError): GraphQLError {
    return new GraphQLError(message, {
        source: error.source,
        positions: error.positions,
        extensions: { code: 'PARSE_ERROR' },
    })
}

function lastToken(text: string): { line: number; column: number } | null {
    const lexer = new Lexer(new Source(text))
    let last: { line: number; column: number } | null = null
    try {
        for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) last = token
    } catch {
        // an unfinished string or an unknown character: the last whole token is the place to show
    }
    return last
}
