/** An entry of `userErrors`: the path to the field at fault in strings, a sentence, and on most types a code. */
export type UserError = { field: string[] | null; message: string; code?: string | null }

export function userError(field: string[] | null, message: string, code: string | null = null): UserError {
    return { field, message, code }
}

/** The sentence and code for a text longer than Shopify stores, or nothing. */
export function tooLong(value: string | null | undefined, name: string, limit = 255): string | null {
    return value != null && value.length > limit ? `${name} is too long (maximum is ${limit} characters)` : null
}
