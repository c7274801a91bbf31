import { z } from 'zod'
import type { ReportOption } from './report.ts'

const day = z.iso.date('expected a day such as 2027-01-20')

const zone = z.string().refine(isZone, 'expected a time zone such as Europe/Berlin')

const commission = z
    .string()
    .regex(/^\d{1,9}(\.\d{1,4})?%?$/, 'expected a share such as 12.5%, or an amount for each order such as 2.00')
    .transform((text) => ({
        type: text.endsWith('%') ? ('percent' as const) : ('flat' as const),
        rate: text.replace('%', ''),
    }))

/** What every report of a connection's orders is asked with. */
export const orderOptions: readonly ReportOption[] = [
    { name: 'connection', flags: '--connection <id>', does: 'the connection, see crossdock connections' },
    { name: 'from', flags: '--from <day>', does: 'the first day, as in 2027-01-20' },
    { name: 'to', flags: '--to <day>', does: 'the last day, which is included (rule 84)' },
    { name: 'zone', flags: '--zone <zone>', does: "whose days they are, by default the destination's (D20)" },
]

export const commissionOption: ReportOption = {
    name: 'commission',
    flags: '--commission <share>',
    does: 'what the destination keeps, as in 12.5%, or 2.00 an order: adds the sheet Settlement',
}

const range = {
    connection: z
        .string()
        .regex(/^\d{1,9}$/, 'expected the number of a connection')
        .transform(Number),
    from: day,
    to: day,
    zone: zone.optional(),
}

const inOrder = ({ from, to }: { from: string; to: string }) => from <= to
const backwards = { path: ['to'], message: 'expected a day that is not before the first one' }

export const orderGiven = z.object(range).refine(inOrder, backwards)
export const orderPushGiven = z.object({ ...range, commission: commission.optional() }).refine(inOrder, backwards)

export type OrderGiven = z.output<typeof orderPushGiven>

/** A zone by its name: an offset such as +01:00 PostgreSQL would take the other way round. */
function isZone(name: string): boolean {
    if (!/^[A-Za-z]/.test(name)) return false
    try {
        return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    } catch {
        return false
    }
}
