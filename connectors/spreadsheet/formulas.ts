/** Beginnings that a spreadsheet takes for a formula; and a `'` before one, or before another `'`, which would be taken off. */
const RUNS = /^(?:[=+\-@\t\r]|'[=+\-@\t\r'])/
/** The `'` that was put before one of them. */
const MARK = /^'(?=[=+\-@\t\r'])/

/**
 * A text that no spreadsheet runs when it opens a csv: with a `'` before what would begin a formula. An upload takes one `'`
 * off again, so every text comes back as it was (spec §3.5).
 */
export function neutralised(text: string): string {
    return RUNS.test(text) ? `'${text}` : text
}

/** The text that was neutralised: without the `'` before what would begin a formula (spec §3.5). */
export function unneutralised(text: string): string {
    return text.replace(MARK, '')
}
