/** A time of day as a clock on the wall shows it, held as if it were UTC. */
export type WallTime = Date

const formats = new Map<string, Intl.DateTimeFormat>()
const DAY_MS = 86_400_000

/** What the clocks of a zone show at an instant, to the second. */
export function wallTime(instant: Date, zone: string): WallTime {
    const parts = Object.fromEntries(
        formatOf(zone)
            .formatToParts(instant)
            .map(({ type, value }) => [type, Number(value)]),
    )
    const { year = 0, month = 1, day, hour, minute, second } = parts
    return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
}

/**
 * The instant at which a zone's clocks show a time: the later one where they show it twice; where they leap over it,
 * the one at which they would have shown it had they not been changed.
 */
export function instantOf(wall: WallTime, zone: string): Date {
    const before = offsetAt(new Date(wall.getTime() - DAY_MS), zone)
    const after = offsetAt(new Date(wall.getTime() + DAY_MS), zone)
    const shown = [after, before]
        .map((offset) => new Date(wall.getTime() - offset))
        .filter((instant) => wallTime(instant, zone).getTime() === wall.getTime())
        .sort((a, b) => b.getTime() - a.getTime())
    return shown[0] ?? new Date(wall.getTime() - before)
}

/** Milliseconds that a zone's clocks are ahead of UTC. */
function offsetAt(instant: Date, zone: string): number {
    return wallTime(instant, zone).getTime() - Math.floor(instant.getTime() / 1000) * 1000
}

function formatOf(zone: string): Intl.DateTimeFormat {
    const known = formats.get(zone)
    if (known) return known
    const numeric = {
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
    } as const
    const format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        calendar: 'gregory',
        ...numeric,
    })
    formats.set(zone, format)
    return format
}
