import { z } from 'zod'
import type { Session } from '../sql/database.ts'
import { codesOfDestination, orderOfCodes } from '../sql/pages/products.ts'
import { gates } from './gates.ts'
import {
    connection,
    connectionOption,
    day,
    judgeRange,
    rangeOptions,
    run,
    runOption,
    zone,
    zoneOption,
} from './given.ts'
import { legendOf } from './legend.ts'
import { make } from './made.ts'
import { changes, codes, ledger, notSynced } from './product_sync_sheets.ts'
import type { OpenReport, Report, Side } from './report.ts'
import { sheetFrom, without } from './sheets.ts'
import { connectionParameters, connectionSummary, words } from './summary.ts'

const title = 'Product sync'

const given = z
    .object({
        connection,
        run: run.optional(),
        from: day.optional(),
        to: day.optional(),
        zone: zone.optional(),
    })
    .refine(({ run, from, to }) => run !== undefined || (from !== undefined && to !== undefined), {
        path: ['run'],
        message: 'expected the number of a run, or the first and the last day (from, to)',
    })
    .refine(({ run, from }) => run === undefined || from === undefined, {
        path: ['run'],
        message: 'expected a run or days, got both',
    })
    .superRefine(judgeRange)

/** What runs changed at a destination, what they did not, and why (spec §3.2). */
export const productSync: Report = {
    name: 'product-sync',
    title,
    question: 'What was changed at the destination, by which rule, and what is not synced because of what?',
    options: [connectionOption, runOption, ...rangeOptions, zoneOption],
    given,
    sheets: ['Summary', changes.name, notSynced.name, ledger.name, 'Legend'],
    isSlow: true,
    seenBy: ['source', 'destination'],
    open,
}

async function open(tx: Session, accountId: number, given: Given, side: Side): Promise<OpenReport> {
    const parameters = {
        ...(await connectionParameters(tx, accountId, given, side)),
        ...{ run_id: given.run ?? null, from_day: given.from ?? null, to_day: given.to ?? null },
        ...{ gates, order_of_codes: orderOfCodes, codes_of_destination: codesOfDestination },
    }
    await make(
        tx,
        ['sets', 'lines', 'links', 'index'].map((name) => `reports/sync/${name}`),
        parameters,
    )
    const own = side === 'destination' ? without(ledger, ['source_available', 'in_flight_units']) : ledger
    const sheets = await Promise.all([changes, notSynced, own].map((sheet) => sheetFrom(tx, sheet, parameters)))
    const asked =
        given.run === undefined
            ? words('report', 'range', `${given.from} to ${given.to}, both included: what each field came to`)
            : words('report', 'run', given.run)
    const about = { title, statement: 'reports/sync/summary', parameters }
    const { summary, figures } = await connectionSummary(tx, about, sheets, [asked, words('report', 'filter', 'none')])
    const all = [summary, ...sheets]
    return { sheets: [...all, legendOf(all, codes, { of: 'advice', advice: {} })], figures, verdict: null }
}

type Given = z.output<typeof given>
