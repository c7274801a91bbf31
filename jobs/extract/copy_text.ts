import type { Cell } from '../../connectors/entities/index.ts'

/** A cell in PostgreSQL's COPY text form. */
export function copyText(cell: Cell): string {
    if (cell === null) return '\\N'
    if (typeof cell === 'string') return escaped(cell)
    return Array.isArray(cell) ? escaped(arrayText(cell)) : String(cell)
}

/** Most texts hold nothing to escape, and one look tells. NUL, which PostgreSQL holds in no text, is left out. */
function escaped(text: string): string {
    if (!/[\\\t\n\r\0]/.test(text)) return text
    return text
        .replaceAll('\\', '\\\\')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r')
        .replaceAll('\t', '\\t')
        .replaceAll('\0', '')
}

/** A list of texts in PostgreSQL's array form; every element quoted, as `NULL`, commas and braces mean something. */
function arrayText(list: readonly string[]): string {
    return `{${list.map((text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`
}
