import type { Json } from '../../connectors/entities/index.ts'
import type { Session } from '../../sql/database.ts'
import { execute, query, queryOne } from '../../sql/query.ts'
import type { Draft, Kind } from './kind.ts'
import { type Line, type LineRow, lineOf } from './line.ts'
import { keysOf, type Place } from './place.ts'

/** A call as it stands in the outbox, about to be sent. */
export type Call = Draft & { callId: string }

/** Writes calls, planned, with the lines they carry; those become `loading`. */
export async function planCalls(tx: Session, place: Place, kind: Kind, drafts: readonly Draft[]): Promise<Call[]> {
    if (drafts.length === 0) return []
    const rows = await query<{ call_id: string }>(tx, 'load/plan_calls', {
        ...runKeys(place),
        calls: drafts.map(({ lines, variables, idempotencyKey }, ordinal) => ({
            ordinal,
            name: kind.name,
            variables,
            idempotency_key: idempotencyKey ?? null,
            change_ids: lines.map((line) => line.change_id),
        })),
    })
    return drafts.map((draft, index) => ({ ...draft, callId: rows[index]!.call_id }))
}

function runKeys(place: Place) {
    const { context, destination, changeSetId } = place
    return {
        ...keysOf(place),
        store_id: destination.store_id,
        change_set_id: changeSetId,
        run_id: context.runId,
    }
}

const keyOf = ({ context }: Place, callId: string) => ({ account_id: context.accountId, call_id: callId })

/** Commits that a call is about to leave: from here on its lines may have been written. */
export async function markSent(place: Place, callId: string, stagedPath: string | null = null): Promise<void> {
    await place.context.inTransaction((tx) =>
        execute(tx, 'load/call_sent', { ...keyOf(place, callId), staged_path: stagedPath }),
    )
}

export async function markAnswered(
    tx: Session,
    place: Place,
    callId: string,
    { answer = null, error = null }: { answer?: Json; error?: string | null },
): Promise<void> {
    await execute(tx, 'load/call_answered', { ...keyOf(place, callId), answer, error })
}

/** No answer came: the call and its lines are `unknown` until they are looked up. */
export async function markUnknown(place: Place, callId: string, error: string): Promise<void> {
    await place.context.inTransaction((tx) => execute(tx, 'load/call_unknown', { ...keyOf(place, callId), error }))
}

/** Opens a bulk call to which lines are added before it is started. Returns its id. */
export async function openBulkCall(place: Place, kind: Kind): Promise<string> {
    const row = await place.context.inTransaction((tx) =>
        queryOne<{ call_id: string }>(tx, 'load/open_bulk_call', { ...runKeys(place), name: kind.name }),
    )
    return row.call_id
}

/** Adds lines to a bulk call, numbered on from `first`; their changes become `loading`. */
export async function planBulkLines(place: Place, callId: string, first: number, drafts: readonly Draft[]) {
    const lines = drafts.map(({ lines: own, variables, idempotencyKey }, index) => ({
        line_number: first + index,
        variables,
        idempotency_key: idempotencyKey ?? null,
        change_ids: own.map((line) => line.change_id),
    }))
    await place.context.inTransaction((tx) => execute(tx, 'load/plan_bulk_lines', { ...keyOf(place, callId), lines }))
}

export async function markStarted(place: Place, callId: string, operationId: string): Promise<void> {
    const parameters = { ...keyOf(place, callId), bulk_operation_id: operationId }
    await place.context.inTransaction((tx) => execute(tx, 'load/call_started', parameters))
}

/** Variables of a bulk call's lines in their order, read in parts. */
export async function* bulkVariables(place: Place, callId: string): AsyncGenerator<Json> {
    const most = 200
    for (let from = 0; ; from += most) {
        const parameters = { ...keyOf(place, callId), from_line: from, most }
        const rows = await query<{ variables: string }>(place.context.db, 'load/bulk_variables', parameters)
        for (const row of rows) yield JSON.parse(row.variables) as Json
        if (rows.length < most) return
    }
}

/** Lines of a bulk call that nothing is known of: those numbered, or the next of all. */
export async function openBulkLines(place: Place, callId: string, numbers: readonly number[] | null, most: number) {
    type Row = { line_number: number; change_ids: string[] }
    return query<Row>(place.context.db, 'load/bulk_lines', { ...keyOf(place, callId), numbers, most })
}

export async function answerLines(
    tx: Session,
    place: Place,
    callId: string,
    answers: readonly { line_number: number; answer: Json }[],
): Promise<void> {
    await execute(tx, 'load/answer_lines', { ...keyOf(place, callId), answers })
}

/** Lines a call carried that are still open, in its own order. */
export async function linesById(place: Place, changeIds: readonly string[]): Promise<Line[]> {
    const { account_id } = keysOf(place)
    const rows = await query<LineRow>(place.context.db, 'load/lines_by_id', { account_id, change_ids: changeIds })
    return rows.map(lineOf)
}
