import { stringify } from 'csv-stringify/sync'
import { neutralised } from './formulas.ts'
import type { Cell, Column, Sheet } from './sheet.ts'

/** By it Excel knows the text for UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff'

/** A sheet as csv, header first, in pieces of some thousand rows. Text cells cannot run as formulas, numbers stay numbers. */
export async function* csvOf({ columns, batches }: Omit<Sheet, 'name'>): AsyncGenerator<string> {
    yield stringify([columns.map(({ name }) => name)])
    for await (const rows of batches) {
        yield stringify(rows.map((row) => row.map((cell, place) => asCell(cell, columns[place]!))))
    }
}

function asCell(cell: Cell, { kind }: Column): Cell {
    return kind === 'text' && typeof cell === 'string' ? neutralised(cell) : cell
}
