import { type House, yesterday } from './house.ts'
import { bareJoin, copyOfSource, decide, hourly, mapScript, nightly, readOrders, readSource } from './measures.ts'
import { copyOfOrders } from './orders.ts'
import { stepsWatch } from './step_times.ts'

/** The readings of one round, in milliseconds and megabytes. */
export type Reading = Record<(typeof names)[number], number>

const names = [
    'unchanged',
    'copy',
    'read',
    'join',
    'variants',
    'changed',
    'hourly',
    'script',
    'script_mb',
    'total',
    'total_read',
    'total_compare',
    'total_mb',
    'half_total',
    'half_mb',
    'hourly_run',
    'hourly_read',
    'hourly_compare',
    'orders_copy',
    'orders',
    'half_orders',
    'movements',
    'half_movements',
] as const

export type Asked = { whole: House; half: House; rounds: number; steps: boolean; tell: (text: string) => void }

/** Every measurement beside its yardstick, round by round: what disturbs the machine disturbs both. */
export async function measure(asked: Asked): Promise<Reading[]> {
    const readings: Reading[] = []
    for (let round = 1; round <= asked.rounds; round++) {
        asked.tell(`round ${round} of ${asked.rounds}`)
        readings.push({ ...(await parts(asked, round === 1)), ...(await totals(asked)), ...(await orders(asked)) })
    }
    return readings
}

async function parts({ whole, steps, tell }: Asked, first: boolean) {
    const watch = (name: string) => (steps && first ? stepsWatch(name) : undefined)
    const said = async (name: string, ms: Promise<number>) => {
        tell(`${name}: ${(await ms).toFixed(0)} ms`)
        return ms
    }
    await yesterday(whole)
    const unchanged = await said('unchanged', decide(whole, 'unchanged', watch('unchanged')?.on))
    const copy = await said('copy', copyOfSource(whole))
    const read = await said(
        'read',
        readSource(whole).then(({ read_ms }) => read_ms),
    )
    const join = await said('join', bareJoin(whole))
    const variants = await said('variants', decide(whole, 'variants', watch('variants')?.on))
    const changed = await said('changed', decide(whole, 'changed', watch('changed')?.on))
    const some = await said('hourly', decide(whole, 'hourly', watch('hourly')?.on))
    return { unchanged, copy, read, join, variants, changed, hourly: some }
}

async function totals({ whole, half, tell }: Asked) {
    await yesterday(whole)
    const script = await mapScript(whole)
    const total = await nightly(whole)
    await yesterday(whole)
    const some = await hourly(whole)
    await yesterday(half)
    const halved = await nightly(half)
    tell(`script ${script.ms.toFixed(0)} ms; total ${total.ms.toFixed(0)} ms; half ${halved.ms.toFixed(0)} ms`)
    tell(`hourly run ${some.ms.toFixed(0)} ms`)
    return {
        ...{ hourly_run: some.ms, hourly_read: some.read_ms, hourly_compare: some.compare_ms },
        ...{ script: script.ms, script_mb: script.rss_mb },
        ...{ total: total.ms, total_read: total.read_ms, total_compare: total.compare_ms, total_mb: total.rss_mb },
        ...{ half_total: halved.ms, half_mb: halved.rss_mb },
    }
}

async function orders({ whole, half, tell }: Asked) {
    const orders_copy = await copyOfOrders(whole)
    const { read_ms, move_ms } = await readOrders(whole)
    const halved = await readOrders(half)
    tell(
        `orders ${read_ms.toFixed(0)} ms; their copy ${orders_copy.toFixed(0)} ms; half ${halved.read_ms.toFixed(0)} ms`,
    )
    const movements = { movements: move_ms, half_movements: halved.move_ms }
    return { orders_copy, orders: read_ms, half_orders: halved.read_ms, ...movements }
}
