/** Cuts a list into lists of at most `most`, in their order. */
export function inBatches<T>(items: readonly T[], most: number): T[][] {
    return Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
        items.slice(index * most, (index + 1) * most),
    )
}
