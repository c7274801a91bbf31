import { z } from 'zod'
import type { ReportOption } from './report.ts'

const FIRST_DAY = '2000-01-01'
const LAST_DAY = '2100-12-31'
const DAY_MS = 86_400_000
/** With as many leap days as ten years can have. */
const TEN_YEARS = 3653

const expectedDay = `expected a day such as 2027-01-20, from ${FIRST_DAY} to ${LAST_DAY}`

/** A day that there is, within bounds that calendars, databases and patience are sure to keep. */
export const day = z.iso
    .date({ error: expectedDay, abort: true })
    .refine((text) => text >= FIRST_DAY && text <= LAST_DAY, { message: expectedDay, abort: true })

type Days = { from?: string | undefined; to?: string | undefined }

/** Finds fault with days that are backwards, or more than ten years. */
export function judgeRange({ from, to }: Days, context: z.RefinementCtx): void {
    if (from === undefined || to === undefined) return
    const message =
        from > to
            ? 'expected a day that is not before the first one'
            : daysFrom(from, to) > TEN_YEARS
              ? 'expected a day within ten years of the first one'
              : null
    if (message !== null) context.addIssue({ code: 'custom', path: ['to'], message })
}

/** Days that are asked for, both included (rule 84). */
export const range = z.object({ from: day, to: day }).superRefine(judgeRange)

/** How many days there are from one to another, both counted. */
export function daysFrom(from: string, to: string): number {
    return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
}

export const zone = z.string().refine(isZone, 'expected a time zone such as Europe/Berlin')

export const connection = z
    .string()
    .regex(/^\d{1,9}$/, 'expected the number of a connection')
    .transform(Number)

export const run = z.string().regex(/^\d{1,18}$/, 'expected the number of a run')

export const connectionOption: ReportOption = {
    name: 'connection',
    flags: '--connection <id>',
    does: 'the connection, see crossdock connections',
}

export const rangeOptions: readonly ReportOption[] = [
    { name: 'from', flags: '--from <day>', does: 'the first day, as in 2027-01-20' },
    { name: 'to', flags: '--to <day>', does: 'the last day, which is included (rule 84)' },
]

export const zoneOption: ReportOption = {
    name: 'zone',
    flags: '--zone <zone>',
    does: "whose days and times they are, by default the destination's (D20)",
}

export const runOption: ReportOption = {
    name: 'run',
    flags: '--run <id>',
    does: 'one run, instead of days: what it made or wrote',
}

/** What a report of how a connection stands now is asked with. */
export const standingOptions: readonly ReportOption[] = [connectionOption, zoneOption]
export const standingGiven = z.object({ connection, zone: zone.optional() })

/** A zone by its name: an offset such as +01:00 PostgreSQL would take the other way round. */
function isZone(name: string): boolean {
    if (!/^[A-Za-z]/.test(name)) return false
    try {
        return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    } catch {
        return false
    }
}
