/** How much of a file is read; what is larger is refused with a sentence, before it fills anything. */
export type ReadLimits = {
    bytes: number
    /** Rows with the header. */
    rows: number
    columns: number
    /** Characters of one cell. */
    cell: number
    /** Bytes that a workbook may unfold to, all of it, and its parts that are held in memory (texts, styles). */
    expanded: number
    held: number
}

const MB = 1024 * 1024

export const readLimits: ReadLimits = {
    bytes: 25 * MB,
    rows: 250_001,
    columns: 200,
    cell: 5_000,
    expanded: 200 * MB,
    held: 50 * MB,
}
