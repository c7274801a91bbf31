/** What node-pg's errors carry beside their message (PostgreSQL's error fields). */
type Fields = { code?: string; detail?: string; hint?: string; where?: string; constraint?: string; position?: string }

/** A statement that PostgreSQL refused, or whose connection broke; says in which file and line. */
export class QueryError extends Error {
    /** PostgreSQL's five-character code, or Node's for a broken connection; compare with `codes`. */
    readonly code: string | undefined
    readonly constraint: string | undefined

    /** `offset`: how many characters were put before the file's own text. */
    constructor(name: string, text: string, cause: Error & Fields, offset = 0) {
        const line = lineOf(text, cause.position, offset)
        const more = [cause.detail, cause.hint, cause.where].filter(Boolean).map((part) => `\n    ${part}`)
        super(`sql/${name}.sql${line}: ${cause.message}${more.join('')}`, { cause })
        this.name = 'QueryError'
        this.code = cause.code
        this.constraint = cause.constraint
    }
}

/** PostgreSQL's error codes that we act upon. */
export const codes = {
    uniqueViolation: '23505',
    foreignKeyViolation: '23503',
    checkViolation: '23514',
    serializationFailure: '40001',
    deadlock: '40P01',
    lockNotAvailable: '55P03',
    notOfItsType: '22P02',
} as const

/** Whether this is a statement refused with that code, and by that constraint if one is named. */
export function isRefusal(error: unknown, code: string, constraint?: string): error is QueryError {
    if (!(error instanceof QueryError) || error.code !== code) return false
    return constraint === undefined || error.constraint === constraint
}

function lineOf(text: string, position: string | undefined, offset: number): string {
    if (!position) return ''
    const before = text.slice(0, Number(position) - 1)
    return ` line ${before.split('\n').length - (text.slice(0, offset).split('\n').length - 1)}`
}
