import type { Json } from '../../connectors/entities/index.ts'
import type { BulkResult } from '../../connectors/shopify/bulk_mutation.ts'
import type { Kind, Payload, When } from './kind.ts'
import { type Line, unitsOf } from './line.ts'
import { answerLines, linesById, markAnswered, openBulkLines } from './outbox.ts'
import type { Outcome } from './outcome.ts'
import type { Place } from './place.ts'
import { record } from './record.ts'
import { allOrNothing } from './refusals.ts'
import { linesToRepeat, payloadIn } from './send.ts'

type Result = BulkResult<{ [root: string]: Payload | null }>

/** Errors of a line that broke off inside Shopify: it may have been done. */
const BROKEN_OFF = ['INTERNAL_SERVER_ERROR', 'TIMEOUT', 'THROTTLED']
const LOOK_UPS_AT_A_TIME = 50

/** Settles lines of a bulk call by their results. What was settled before is passed over. */
export async function settleLines(place: Place, kind: Kind, callId: string, results: Result[], when: When) {
    const byNumber = new Map(results.map((result) => [result.lineNumber, result]))
    const open = await openBulkLines(place, callId, [...byNumber.keys()], results.length)
    const lines = await linesOf(
        place,
        open.flatMap((row) => row.change_ids),
    )
    const outcomes: Outcome[] = []
    const answers: { line_number: number; answer: Json }[] = []
    for (const { line_number, change_ids } of open) {
        const result = byNumber.get(line_number)!
        const own = change_ids.flatMap((id) => lines.get(id) ?? [])
        outcomes.push(...(await outcomesOf(place, kind, own, result, when)))
        answers.push({ line_number, answer: (result.data ?? { errors: result.errors ?? null }) as Json })
    }
    await place.context.inTransaction(async (tx) => {
        await answerLines(tx, place, callId, answers)
        await record(tx, place, outcomes)
    })
    return linesToRepeat(outcomes)
}

async function linesOf(place: Place, changeIds: string[]): Promise<Map<string, Line>> {
    const lines = await linesById(place, changeIds)
    return new Map(lines.map((line) => [line.change_id, line]))
}

/** No answer means: read again. */
async function outcomesOf(place: Place, kind: Kind, lines: Line[], result: Result, when: When): Promise<Outcome[]> {
    const { data, errors } = result
    if (errors && !errors.some((error) => BROKEN_OFF.includes(error.code ?? ''))) {
        return allOrNothing(
            unitsOf(lines),
            errors.map(({ message, code }) => ({ field: null, message, code })),
        )
    }
    if (!data || errors) return kind.lookUp(lines, place, when)
    return kind.judge(lines, payloadIn(data, kind), place)
}

/** Settles by `settle` every line of a bulk call that has no answer, then the call itself. */
export async function settleRest(
    place: Place,
    kind: Kind,
    callId: string,
    settle: (lines: Line[]) => Outcome[] | Promise<Outcome[]>,
): Promise<Line[]> {
    const again: Line[] = []
    for (;;) {
        const open = await openBulkLines(place, callId, null, LOOK_UPS_AT_A_TIME)
        if (open.length === 0) break
        const lines = await linesById(
            place,
            open.flatMap((row) => row.change_ids),
        )
        const outcomes = await settle(lines)
        await place.context.inTransaction(async (tx) => {
            const answer = { errors: 'no answer came' }
            await answerLines(
                tx,
                place,
                callId,
                open.map(({ line_number }) => ({ line_number, answer })),
            )
            await record(tx, place, outcomes)
        })
        again.push(...linesToRepeat(outcomes))
        place.context.log.info(
            { call: callId, name: kind.name, lines: open.length },
            'looked up lines without an answer',
        )
    }
    await place.context.inTransaction((tx) => markAnswered(tx, place, callId, {}))
    return again
}
