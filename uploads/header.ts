import { Unreadable } from '../connectors/spreadsheet/unreadable.ts'
import type { UploadKind } from './kind.ts'

/** What result files add at the end: uploaded again they are left out, and written anew. */
export const RESULT_COLUMNS = ['result', 'message', 'row_no'] as const

export type Header = {
    /** As they came. */
    names: string[]
    /** Where each column that is known stands, from 0. */
    places: { [name: string]: number }
    /** Columns that mean nothing here; they are kept and given back. */
    unknown: string[]
}

const plain = (name: string) =>
    name
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_')

/** Whether a row could be the header of a kind: it has each column that is needed. */
export function isHeader(kind: UploadKind, cells: readonly string[]): boolean {
    const names = new Set(cells.map(plain))
    return kind.needs.every((one) => one.some((name) => names.has(name)))
}

/**
 * Reads a header: in any order and case, with columns that mean nothing here.
 * @throws Unreadable where a column is missing, or there twice.
 */
export function readHeader(kind: UploadKind, cells: readonly string[]): Header {
    const last = cells.findLastIndex((cell) => cell.trim() !== '')
    const names = cells.slice(0, last + 1).map((cell) => cell.trim())
    const plainNames = names.map(plain)
    const twice = plainNames.find((name, place) => name !== '' && plainNames.indexOf(name) !== place)
    if (twice !== undefined) {
        throw new Unreadable(`The column ${twice} is there twice, so it is unclear which is meant. Take one out.`)
    }
    if (!isHeader(kind, cells)) throw new Unreadable(missing(kind, names))
    const known = kind.columns.filter(({ name }) => plainNames.includes(name))
    const ours = new Set<string>([...kind.columns.map(({ name }) => name), ...RESULT_COLUMNS])
    return {
        names,
        places: Object.fromEntries(known.map(({ name }) => [name, plainNames.indexOf(name)])),
        unknown: names.filter((_, place) => !ours.has(plainNames[place]!)),
    }
}

function missing(kind: UploadKind, names: readonly string[]): string {
    const needed = kind.needs.map((one) => one[0]).join(' and ')
    const shown = names.slice(0, 12).map((name) => name.slice(0, 40))
    const came = `${shown.join(', ') || 'nothing'}${names.length > shown.length ? ' …' : ''}`
    return `The first row has to name the columns: expected at least ${needed}, got ${came}. Download the template to see them.`
}
