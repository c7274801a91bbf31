/** A stream of numbers that depends on the seeds alone. */
export type Random = {
    /** 0 up to, not including, 1 */
    next(): number
    /** a whole number from 0 up to, not including, the limit */
    below(limit: number): number
    /** one of the given */
    one<T>(of: readonly T[]): T
}

/** mulberry32 over a mix of the seeds: two seeds that differ by one give unlike streams. */
export function randomOf(...seeds: number[]): Random {
    let state = 0x9e3779b9
    for (const seed of seeds) state = Math.imul(state ^ seed, 0x85ebca6b) ^ (state >>> 13)
    const next = () => {
        state = (state + 0x6d2b79f5) | 0
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
    }
    const below = (limit: number) => Math.floor(next() * limit)
    return { next, below, one: (of) => of[below(of.length)]! }
}
