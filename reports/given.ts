import { z } from 'zod'
import type { ReportOption } from './report.ts'

export const day = z.iso.date('expected a day such as 2027-01-20')

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
