import type { Parameters } from '../sql/query.ts'

/** A column of an upload: its name in the header, how its cells are read, and what it means. */
export type UploadColumn = {
    name: string
    /** `id`: digits that a spreadsheet may have rounded are refused (spec §3.5). */
    kind: 'text' | 'id'
    means: string
    /** What it may hold, where that is a choice. */
    values?: readonly string[]
}

/**
 * A kind of upload: its entry in the table of contents. Rows are staged as they came, then its statements under sql/ say of
 * all of them at once what each would do, in a temporary table `judged_rows` (row_no, result, action, message, and `effect`,
 * whatever else must not have moved between showing and applying); others carry it out in the same transaction.
 */
export type UploadKind = {
    name: string
    title: string
    /** What it changes, in one sentence. */
    does: string
    columns: readonly UploadColumn[]
    /** Columns by which people know a row again. */
    tell: readonly string[]
    /** Columns without which nothing can be read: one of each list. */
    needs: readonly (readonly string[])[]
    /** Statements in their order, each with those parameters that it names. */
    judge: readonly string[]
    apply: readonly string[]
    /** The select that yields the rows as they stand, to be edited and uploaded again, by the names of `template`. */
    template: { statement: string; columns: readonly string[] }
    /** Its actions, as one says of one row and of several: 3 pairs are linked. */
    actions: Readonly<Record<string, readonly [one: string, several: string]>>
}

/** What every statement may ask for. */
export type UploadParameters = Parameters
