import type { CellValue } from 'exceljs'
import type { Cell, ColumnKind } from './sheet.ts'

/** What a cell of Excel takes at most. */
const MOST_CHARACTERS = 32_767
/** Characters that XML does not know. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g
/** A double holds as many decimal digits for sure. */
const EXACT_DIGITS = 15

/** Number formats of Excel: as text, whatever it looks like; and as it comes. */
export const TEXT = '@'
export const GENERAL = 'General'

/** A cell as exceljs takes it, and its number format. */
export function xlsxValue(cell: string | number, kind: ColumnKind): { value: CellValue; format: string } {
    if (kind === 'money') return money(cell)
    if (kind === 'count') return { value: Number(cell), format: GENERAL }
    return { value: text(String(cell)), format: TEXT }
}

/** As number with the digits it came with; as text what a number cell would round. */
function money(cell: NonNullable<Cell>): { value: CellValue; format: string } {
    const amount = String(cell)
    const decimals = amount.split('.')[1]?.length ?? 0
    if (amount.replaceAll(/\D/g, '').length > EXACT_DIGITS) return { value: amount, format: TEXT }
    return { value: Number(amount), format: decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}` }
}

/** Blanks at either end and line breaks are kept only in a rich text. */
function text(given: string): CellValue {
    const clean = given.replaceAll(/\r\n?/g, '\n').replaceAll(NOT_IN_XML, '\ufffd')
    const fitting = clean.length > MOST_CHARACTERS ? `${clean.slice(0, MOST_CHARACTERS - 1)}…` : clean
    return /^\s|\s$|\n/.test(fitting) ? { richText: [{ text: fitting }] } : fitting
}
