import type { z } from 'zod'
import type { Cell, Column } from '../connectors/spreadsheet/sheet.ts'
import { type Database, type Session, transaction } from '../sql/database.ts'

/** A column of a report, typed, with what it means: every one is explained in the sheet Legend. */
export type ReportColumn = Column & { means: string }

/** Some rows of a sheet, as a page shows them. */
export type Page = { offset: number; limit: number }

/** A sheet of a report that is open. Its rows are read when they are asked for, some hundred at a time. */
export type OpenSheet = {
    name: string
    columns: readonly ReportColumn[]
    /** Names of those that a page shows first; without them all. */
    brief?: readonly string[]
    count(): Promise<number>
    batches(page?: Page): AsyncIterable<readonly Cell[][]>
}

/** What a report that proves something found. */
export type Verdict = { isGood: boolean; sentence: string }

export type OpenReport = {
    /** The first says what the report is about, the last explains its columns and codes. */
    sheets: readonly OpenSheet[]
    /** The figures of the Summary by themselves: quick, for nothing is counted for them. */
    figures: OpenSheet
    verdict: Verdict | null
}

/** What a report is asked with, as typed on a command line and shown in a form. */
export type ReportOption = { name: string; flags: string; does: string }

/** From whose end of a connection a report is looked at; null: the whole account. */
export type Side = 'source' | 'destination' | null

/** A report: its entry in the table of contents. Page, csv, xlsx and json are renderings of the same rows. */
export type Report = {
    name: string
    title: string
    /** What it answers. */
    question: string
    options: readonly ReportOption[]
    /** What the options must be, by their names. */
    given: z.ZodType
    /** Every sheet it may have; one that does not apply is left out when it is opened. */
    sheets: readonly string[]
    /** Figures that a page shows large, by section and what they say. */
    headline?: readonly (readonly [section: string, what: string])[]
    /** It takes a moment to make: a page of it may be a minute old. */
    isSlow?: true
    /** Whose people may see it; an operator may see every one (rule 91). */
    seenBy: readonly Exclude<Side, null>[]
    /**
     * Makes what its sheets are read from, in the transaction that reads them. `given` is what the schema above made of it;
     * rows and columns that are not for the eyes of `side` are left out.
     */
    open(tx: Session, accountId: number, given: never, side: Side): Promise<OpenReport>
}

/**
 * Opens a report and hands it to `act`. All its sheets show one state of the database, whatever is written meanwhile; they
 * can be read as long as `act` runs.
 */
export async function withReport<T>(
    db: Database,
    report: Report,
    { account_id, given, side = null }: { account_id: number; given: unknown; side?: Side },
    act: (open: OpenReport) => Promise<T>,
): Promise<T> {
    if (side !== null && !report.seenBy.includes(side))
        throw new Error(`The report ${report.name} is not for a ${side}.`)
    return transaction(db, async (tx) => act(await report.open(tx, account_id, given as never, side)), {
        isolation: 'repeatable read',
    })
}
