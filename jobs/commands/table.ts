type Cell = string | number | boolean | null | undefined

/** Rows as lines of aligned columns under their headings; `empty` where there are none. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[], empty: string): string[] {
    if (rows.length === 0) return [empty]
    const lines = [
        headings,
        ...rows.map((row) => row.map((cell) => (cell === null || cell === undefined ? '' : String(cell)))),
    ]
    const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
    return lines.map((line) =>
        line
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd(),
    )
}

/** A time for people: UTC, to the minute. */
export function when(time: string | null): string {
    return time === null ? '' : `${time.slice(0, 10)} ${time.slice(11, 16)}`
}
