export type Gate = {
    /** Runs `act` when there is a place, in turn. */
    pass<T>(act: () => Promise<T>): Promise<T>
    /** Inside `pass`: gives up the place while `wait` lasts, so that what is waited for can have it. */
    aside<T>(wait: () => Promise<T>): Promise<T>
}

/** Lets `most` through at a time. */
export function gateOf(most: number): Gate {
    const waiting: (() => void)[] = []
    let inside = 0

    async function enter(): Promise<void> {
        if (inside >= most) return new Promise((resolve) => waiting.push(resolve))
        inside += 1
    }

    /** The place goes to the next in line without ever being free. */
    function leave(): void {
        const next = waiting.shift()
        if (next) next()
        else inside -= 1
    }

    return {
        async pass(act) {
            await enter()
            return act().finally(leave)
        },
        async aside(wait) {
            leave()
            return wait().finally(enter)
        },
    }
}
