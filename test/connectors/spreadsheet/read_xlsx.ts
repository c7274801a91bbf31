import { Readable } from 'node:stream'
import excel from 'exceljs'

export type ReadSheet = {
    name: string
    frozenRows: number
    filter: string | null
    widths: number[]
    rows: ReadCell[][]
}
export type ReadCell = { value: string | number | null; format: string | undefined }

/** A workbook as exceljs's own reader finds it: another road than the one it was written by. */
export async function readXlsx(bytes: Buffer): Promise<ReadSheet[]> {
    const workbook = new excel.Workbook()
    await workbook.xlsx.read(Readable.from([bytes]))
    return workbook.worksheets.map((sheet) => ({
        name: sheet.name,
        frozenRows: (sheet.views[0] as { ySplit?: number }).ySplit ?? 0,
        filter: (sheet.autoFilter as string | undefined) ?? null,
        widths: sheet.columns.map(({ width }) => width ?? 0),
        rows: Array.from({ length: sheet.rowCount }, (_, row) =>
            Array.from({ length: sheet.columnCount }, (_, column) => {
                const cell = sheet.getCell(row + 1, column + 1)
                return { value: plain(cell.value), format: cell.numFmt }
            }),
        ),
    }))
}

function plain(value: excel.CellValue): string | number | null {
    if (value === null || value === undefined) return null
    if (typeof value === 'string' || typeof value === 'number') return value
    if (typeof value === 'object' && 'richText' in value) return value.richText.map(({ text }) => text).join('')
    throw new Error(`Expected a text or a number in a cell, got ${JSON.stringify(value)}.`)
}
