import { z } from 'zod'
import { connection, connectionOption, day, judgeRange, rangeOptions, zone, zoneOption } from './given.ts'
import type { ReportOption } from './report.ts'

const commission = z
    .string()
    .regex(/^\d{1,9}(\.\d{1,4})?%?$/, 'expected a share such as 12.5%, or an amount for each order such as 2.00')
    .transform((text) => ({
        type: text.endsWith('%') ? ('percent' as const) : ('flat' as const),
        rate: text.replace('%', ''),
    }))

/** What every report of a connection's orders is asked with. */
export const orderOptions: readonly ReportOption[] = [connectionOption, ...rangeOptions, zoneOption]

export const commissionOption: ReportOption = {
    name: 'commission',
    flags: '--commission <share>',
    does: 'what the destination keeps, as in 12.5%, or 2.00 an order: adds the sheet Settlement',
}

const range = {
    connection,
    from: day,
    to: day,
    zone: zone.optional(),
}

export const orderGiven = z.object(range).superRefine(judgeRange)
export const orderPushGiven = z.object({ ...range, commission: commission.optional() }).superRefine(judgeRange)

export type OrderGiven = z.output<typeof orderPushGiven>
