/** A pattern for `like` that means a text as it is typed, in small letters; null for none. */
export function patternOf(text: string | null): string | null {
    return text === null ? null : `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
}
