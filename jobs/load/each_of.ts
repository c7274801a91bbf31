/**
 * Runs `act` over items, `most` at a time, and returns the results in their order. After a failure nothing more is
 * begun; what is under way is let come to its end before the failure is thrown, so that its answers are recorded.
 */
export async function eachOf<T, R>(items: readonly T[], most: number, act: (item: T) => Promise<R>): Promise<R[]> {
    const results: R[] = []
    const failures: unknown[] = []
    const queue = items.entries()
    async function work(): Promise<void> {
        for (const [index, item] of queue) {
            if (failures.length > 0) return
            try {
                results[index] = await act(item)
            } catch (error) {
                failures.push(error)
            }
        }
    }
    await Promise.all(Array.from({ length: Math.min(most, items.length) }, work))
    if (failures.length > 0) throw failures[0]
    return results
}
