/** Returns a function that runs what it is given, `most` at a time; the others wait in turn. */
export function gateOf(most: number): <T>(act: () => Promise<T>) => Promise<T> {
    const waiting: (() => void)[] = []
    let inside = 0
    return async (act) => {
        if (inside >= most) await new Promise<void>((enter) => waiting.push(enter))
        else inside += 1
        try {
            return await act()
        } finally {
            // The place goes to the next in line without ever being free.
            const next = waiting.shift()
            if (next) next()
            else inside -= 1
        }
    }
}
