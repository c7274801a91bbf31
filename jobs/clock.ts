import { type ScheduledTask, schedule, setLogger } from 'node-cron'
import type { Reason, ZoneRow } from '../sql/runs/runs.ts'
import { calendar, type Entry } from './calendar.ts'
import type { Arguments } from './context.ts'
import type { Logger } from './log.ts'
import { lastSlot } from './slots.ts'

const MINUTE_MS = 60_000
/** A busy machine may be this late and still fire the slot itself. */
const LATE_MS = 30_000

/** A slot of a schedule that has come. */
export type Slot = { account_id: number; job: string; arguments: Arguments; slot: Date; reason: Reason }

export type ClockPorts = {
    /** The zones in which each account's schedules run. */
    zones(): Promise<ZoneRow[]>
    /** Asks for the slot's run, once among all clocks. True: it was this one. */
    fire(slot: Slot): Promise<boolean>
    log: Logger
}

export type Clock = {
    /** Looks for new accounts and zones, and for slots that nobody fired; called every minute. */
    refresh(): Promise<void>
    stop(): Promise<void>
}

type Schedule = { account_id: number; entry: Entry; zone: string; since: Date }

/**
 * Fires the calendar's jobs for every account. Any number of clocks may run: node-cron asks each time whether this one
 * may, and the unique row of (account, job, slot) lets one. Each minute slots without a run are caught up (rule 83).
 */
export async function startClock(ports: ClockPorts): Promise<Clock> {
    const tasks = new Map<string, ScheduledTask>()
    setLogger({ ...levels(ports.log) })

    async function refresh(): Promise<void> {
        const zones = await ports.zones()
        const schedules = schedulesOf(zones)
        for (const [name, task] of tasks) {
            if (schedules.some((wanted) => nameOf(wanted) === name)) continue
            await task.destroy()
            tasks.delete(name)
        }
        for (const wanted of schedules) {
            const name = nameOf(wanted)
            if (!tasks.has(name))
                tasks.set(
                    name,
                    scheduleOne(wanted, ports, () => zones),
                )
        }
        for (const wanted of schedules) await catchUp(wanted, zones, ports)
    }

    async function refreshQuietly(): Promise<void> {
        await refresh().catch((error) =>
            ports.log.error({ err: error }, 'the schedule could not be read; tried again in a minute'),
        )
    }

    await refresh()
    const looks = setInterval(refreshQuietly, MINUTE_MS)
    return {
        refresh,
        async stop() {
            clearInterval(looks)
            for (const task of tasks.values()) await task.destroy()
        },
    }
}

function schedulesOf(zones: readonly ZoneRow[]): Schedule[] {
    const all = zones.flatMap(({ account_id, zone, since }) =>
        calendar
            .filter(({ cron }) => cron !== null)
            .map((entry) => ({ account_id, entry, zone: entry.zone === 'UTC' ? 'UTC' : zone, since: new Date(since) })),
    )
    return [...new Map(all.map((one) => [nameOf(one), one])).values()]
}

function nameOf({ account_id, entry, zone }: Schedule): string {
    return `${account_id}/${entry.name}/${entry.cron}/${zone}`
}

function scheduleOne(wanted: Schedule, ports: ClockPorts, zones: () => readonly ZoneRow[]): ScheduledTask {
    const { account_id, entry, zone } = wanted
    return schedule(entry.cron ?? '', () => undefined, {
        name: nameOf(wanted),
        timezone: zone,
        distributed: true,
        missedExecutionTolerance: LATE_MS,
        suppressMissedWarning: true, // caught up by the next look
        runCoordinator: {
            /** The key ends with the slot; the run is asked for in the same breath as the slot is won. */
            shouldRun: (key) => {
                const slot = new Date(key.slice(-'2026-01-01T00:00:00.000Z'.length))
                return ports.fire({
                    account_id,
                    job: entry.name,
                    arguments: argumentsAt(wanted, slot, zones()),
                    slot,
                    reason: 'schedule',
                })
            },
        },
    })
}

async function catchUp(wanted: Schedule, zones: readonly ZoneRow[], ports: ClockPorts): Promise<void> {
    const { account_id, entry, zone, since } = wanted
    const slot = lastSlot(entry.cron ?? '', zone, new Date(Date.now() - LATE_MS))
    if (slot === null || slot < since) return
    const missed = {
        account_id,
        job: entry.name,
        arguments: argumentsAt(wanted, slot, zones),
        slot,
        reason: 'catch_up' as const,
    }
    if (await ports.fire(missed))
        ports.log.info({ account: account_id, job: entry.name, slot }, 'caught up a missed slot')
}

/**
 * An account whose sources keep different times has a nightly for each of them; zones whose slots coincide share one
 * run, since a job has one run per slot.
 */
function argumentsAt({ account_id, entry }: Schedule, slot: Date, zones: readonly ZoneRow[]): Arguments {
    if (entry.zone === 'UTC') return {}
    const own = zones.filter((row) => row.account_id === account_id).map(({ zone }) => zone)
    const due = own.filter((zone) => lastSlot(entry.cron ?? '', zone, slot)?.getTime() === slot.getTime())
    return due.length === own.length ? {} : { zones: due }
}

function levels(log: Logger) {
    return {
        info: (message: string) => log.debug(message),
        warn: (message: string) => log.warn(message),
        error: (message: string | Error) =>
            log.error(message instanceof Error ? { err: message } : {}, String(message)),
        debug: (message: string | Error) => log.debug(String(message)),
    }
}
