import type { CellValue } from 'exceljs'

/** A number cell keeps 15 digits; of a longer one the rest is lost. */
const MOST_EXACT = 1e15

export type ReadCell = { text: string; fault: string | null }

const fine = (text: string): ReadCell => ({ text, fault: null })
const faulty = (text: string, fault: string): ReadCell => ({ text, fault })

/** What a cell of a workbook holds, as text, and why it cannot be trusted where that is so. */
export function readCell(value: CellValue): ReadCell {
    if (value === null || value === undefined) return fine('')
    if (typeof value === 'string') return fine(value)
    if (typeof value === 'number') return number(value)
    if (typeof value === 'boolean') return fine(value ? 'TRUE' : 'FALSE')
    if (value instanceof Date) {
        const day = Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
        return faulty(day, 'the spreadsheet made a date of it: format the column as text and enter it again')
    }
    return ofObject(value)
}

function number(value: number): ReadCell {
    if (!Number.isFinite(value)) return faulty('', 'it holds no number and no text: enter it again')
    if (Math.abs(value) < MOST_EXACT) return fine(String(value))
    const advice = 'a number of 16 digits or more has lost the last ones: format the column as text and enter it again'
    return faulty(String(value), advice)
}

function ofObject(value: object): ReadCell {
    if ('richText' in value) {
        return fine((value.richText as { text?: string }[]).map(({ text }) => text ?? '').join(''))
    }
    if ('formula' in value || 'sharedFormula' in value) {
        return faulty('', 'it is a formula, which is never worked out here: paste its value in its place')
    }
    if ('error' in value) return faulty(String(value.error), 'it holds an error of the spreadsheet')
    if ('text' in value) return fine(String(value.text))
    return faulty('', 'it holds neither text nor number')
}
