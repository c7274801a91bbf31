import { figures } from './figures.ts'
import type { Reading } from './rounds.ts'

type Shown = { rows: number; rounds: number; json: boolean }

/** The figures of every round's readings: of each ratio the median, of memory the largest. */
export function print(readings: readonly Reading[], { rows, rounds, json }: Shown): void {
    const ratio = (of: (reading: Reading) => number) => median(readings.map(of))
    const values: Record<string, number> = {
        extract_vs_copy: ratio(({ read, copy }) => read / copy),
        decide_variants_vs_join: ratio(({ variants, join }) => variants / join),
        unchanged_vs_changed: ratio(({ unchanged, changed }) => unchanged / changed),
        hourly_vs_nightly: ratio(({ hourly, changed }) => hourly / changed),
        hourly_run_vs_nightly_run: ratio(({ hourly_run, total }) => hourly_run / total),
        total_vs_map_script: ratio(({ total, script }) => total / script),
        memory_vs_map_script: ratio(({ total_mb, script_mb }) => total_mb / script_mb),
        peak_rss_mb: Math.max(...readings.map(({ total_mb }) => total_mb)),
        memory_doubling: ratio(({ total_mb, half_mb }) => total_mb / half_mb),
        doubling: ratio(({ total, half_total }) => total / half_total),
        orders_vs_copy: ratio(({ orders, orders_copy }) => orders / orders_copy),
        orders_doubling: ratio(({ orders, half_orders }) => orders / half_orders),
    }
    const rounded = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value.toFixed(3))]))
    if (json) console.log(JSON.stringify({ ...rounded, rows, rounds, ms: mediansOf(readings) }))
    else printTable(values, readings, { rows, rounds })
}

function printTable(
    values: Record<string, number>,
    readings: readonly Reading[],
    { rows, rounds }: Omit<Shown, 'json'>,
) {
    console.log(`\n${rows} variants a side, median of ${rounds}\n`)
    for (const { name, limit, unit, says } of figures) {
        const [value, most] = [values[name]!, `${limit} ${unit}`.trim()]
        const shown = `${value.toFixed(unit ? 0 : 2)} ${unit}`.trim()
        console.log(
            `${value <= limit ? 'ok  ' : 'over'}  ${name.padEnd(24)} ${shown.padStart(8)}  at most ${most.padEnd(7)}  ${says}`,
        )
    }
    console.log(`\nmilliseconds (MB): ${JSON.stringify(mediansOf(readings))}`)
}

function mediansOf(readings: readonly Reading[]): Record<string, number> {
    const names = Object.keys(readings[0]!) as (keyof Reading)[]
    return Object.fromEntries(names.map((name) => [name, Math.round(median(readings.map((reading) => reading[name])))]))
}

function median(values: readonly number[]): number {
    const sorted = values.toSorted((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)]!
}
