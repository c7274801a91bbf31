/** A chart of bars, drawn in a box of 100 by 100 that the page stretches. Numbers are for drawing alone: nobody reads money from them. */
export type Chart = {
    title: string
    /** In words, for whoever does not see it. */
    description: string
    bars: { x: number; y: number; width: number; height: number; text: string }[]
    rows: { label: string; text: string }[]
    first: string
    last: string
    most: string
}

export type Point = { label: string; value: string | number; text: string }

/** Bars of some points in their order; null where there is nothing to compare. */
export function chartOf(title: string, points: readonly Point[]): Chart | null {
    const highest = Math.max(...points.map(({ value }) => Number(value)))
    if (points.length < 2 || !(highest > 0)) return null
    const step = 100 / points.length
    const most = points.find(({ value }) => Number(value) === highest)!
    const bars = points.map(({ label, value, text }, place) => {
        const height = round((Number(value) / highest) * 100)
        return {
            ...{ x: round(place * step + step * 0.1), y: round(100 - height), width: round(step * 0.8), height },
            text: `${label}: ${text}`,
        }
    })
    const [first, last] = [points[0]!.label, points.at(-1)!.label]
    return {
        ...{ title, bars: bars.filter(({ height }) => height > 0), first, last, most: most.text },
        description: `From ${first} to ${last}; the most, ${most.text}, on ${most.label}.`,
        rows: points.filter(({ value }) => Number(value) > 0).map(({ label, text }) => ({ label, text })),
    }
}

function round(value: number): number {
    return Math.round(value * 100) / 100
}
