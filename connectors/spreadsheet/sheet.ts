/**
 * What a column holds. `text`: words, ids, SKUs and codes, never read as numbers. `time`: ISO 8601 text. `count`: a whole
 * number. `money`: an amount in decimals, as text (`19.90`); its currency stands in a column of its own.
 */
export type ColumnKind = 'text' | 'time' | 'count' | 'money'

export type Column = {
    name: string
    kind: ColumnKind
    /** In characters. */
    width: number
}

/** Null is an empty cell. Money comes as text, so that no digit is lost on the way. */
export type Cell = string | number | null

export type Row = readonly Cell[]

/** Rows come by batches and only once: nobody holds them all. */
export type Sheet = {
    name: string
    columns: readonly Column[]
    batches: AsyncIterable<readonly Row[]>
}
