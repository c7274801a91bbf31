import type { Cell } from '../connectors/spreadsheet/sheet.ts'
import type { Session } from '../sql/database.ts'
import { type Parameters, queryOne } from '../sql/query.ts'
import { connectionById, storeById } from '../sql/stores/stores.ts'
import { count, money, text } from './columns.ts'
import type { OpenSheet, Side } from './report.ts'
import { lateSheet, sheetFrom } from './sheets.ts'

export const summaryColumns = [
    text('section', 'What the figures are about.', 26),
    text('what', 'What is told or counted.', 36),
    text('value', 'In words.', 50),
    count('number', 'How many.', 10),
    money('amount', 'An amount, in the currency beside it.', 14),
    text('currency', 'The currency of the amount.', 8),
]

/** A row of a Summary that tells something in words. */
export function words(section: string, what: string, value: string | null): Cell[] {
    return [section, what, value, null, null, null]
}

/** The first sheet: what is told of the report, how long its sheets are, then its own figures. Worked out when it is read. */
export function assembleSummary(told: readonly Cell[][], sheets: readonly OpenSheet[], figures: OpenSheet): OpenSheet {
    return lateSheet('Summary', summaryColumns, async () => {
        const rows = [...told]
        for (const sheet of sheets) rows.push(['rows', sheet.name, null, await sheet.count(), null, null])
        for await (const batch of figures.batches()) rows.push(...batch)
        return rows
    })
}

/** What every statement about a connection is asked with; the zone is the destination's unless another is chosen (D20). */
export async function connectionParameters(
    tx: Session,
    account_id: number,
    given: { connection: number; zone?: string },
    side: Side,
): Promise<Parameters> {
    const connection = await connectionById(tx, account_id, given.connection)
    const destination = await storeById(tx, account_id, connection.destination_store_id)
    return { account_id, connection_id: given.connection, zone: given.zone ?? destination.zone ?? 'UTC', side }
}

type Head = {
    connection_id: number
    state: string
    ending: string | null
    accepted_at: string | null
    compared_at: string | null
    destination: string
    source: string
    made_at: string
}

/** The Summary of a report about a connection, of which `more` tells what this one is asked with. */
export async function connectionSummary(
    tx: Session,
    { title, statement, parameters }: { title: string; statement: string; parameters: Parameters },
    sheets: readonly OpenSheet[],
    more: readonly Cell[][] = [],
): Promise<{ summary: OpenSheet; figures: OpenSheet }> {
    const { account_id, connection_id, zone } = parameters
    const head = await queryOne<Head>(tx, 'reports/connection_head', {
        ...{ account_id: account_id!, connection_id: connection_id!, zone: zone! },
    })
    const figures = await sheetFrom(tx, { name: 'figures', statement, columns: summaryColumns }, parameters)
    const told = [
        words('report', 'report', title),
        words('report', 'made at', head.made_at),
        words('report', 'connection', String(head.connection_id)),
        words('report', 'source store', head.source),
        words('report', 'destination store', head.destination),
        words('report', 'connection status', head.ending === null ? head.state : `${head.state}, to be ${head.ending}`),
        words('report', 'connected since', head.accepted_at),
        words('report', 'last compared', head.compared_at),
        ...more,
        words('report', 'time zone', String(zone)),
    ]
    return { summary: assembleSummary(told, sheets, figures), figures }
}
