import type { Json } from '../../connectors/entities/index.ts'
import {
    AccessLostError,
    GraphqlError,
    NetworkError,
    ShopifyError,
    ThrottledError,
} from '../../connectors/shopify/errors.ts'
import { documentOf } from './documents.ts'
import { eachOf } from './each_of.ts'
import type { Draft, Kind, Payload } from './kind.ts'
import { type Line, unitsOf } from './line.ts'
import { type Call, markAnswered, markSent, markUnknown, planCalls } from './outbox.ts'
import type { Outcome } from './outcome.ts'
import { failed } from './outcome.ts'
import type { Place } from './place.ts'
import { record } from './record.ts'
import { allOrNothing } from './refusals.ts'

/** Calls on their way at one time: the store's rate is the limit, and this many keep its bucket busy. */
const AT_ONCE = 8
/** How often a call whose key makes repetition harmless is sent again as it was. */
const REPEATS = 2

/** Writes calls to the outbox and sends them side by side. Returns the lines that are to be planned anew. */
export async function sendPlainly(place: Place, kind: Kind, drafts: readonly Draft[]): Promise<Line[]> {
    const calls = await place.context.inTransaction((tx) => planCalls(tx, place, kind, drafts))
    let done = 0
    const outcomes = await eachOf(calls, AT_ONCE, async (call) => {
        const own = await sendCall(place, kind, call)
        place.context.progress(kind.name, ++done, calls.length)
        return own
    })
    return linesToRepeat(outcomes.flat())
}

export function linesToRepeat(outcomes: readonly Outcome[]): Line[] {
    return outcomes.filter((outcome) => outcome.again).map((outcome) => outcome.line)
}

async function sendCall(place: Place, kind: Kind, call: Call): Promise<Outcome[]> {
    await markSent(place, call.callId)
    try {
        const payload = await answerTo(place, kind, call)
        const outcomes = await kind.judge(call.lines, payload, place)
        return await answered(place, call.callId, outcomes, { answer: payload as unknown as Json })
    } catch (error) {
        if (!(error instanceof ShopifyError)) throw error
        return withoutAnswer(place, kind, call, error)
    }
}

/** Settles a call and its lines in one transaction. */
export async function answered(
    place: Place,
    callId: string,
    outcomes: Outcome[],
    facts: { answer?: Json; error?: string },
): Promise<Outcome[]> {
    await place.context.inTransaction(async (tx) => {
        await markAnswered(tx, place, callId, facts)
        await record(tx, place, outcomes)
    })
    return outcomes
}

async function answerTo({ client }: Place, kind: Kind, { variables }: Call): Promise<Payload> {
    const document = documentOf(kind.name)
    for (let repeat = 0; ; repeat++) {
        try {
            const data = await client.mutate<{ [root: string]: Payload | null }>(document, variables)
            return payloadIn(data, kind)
        } catch (error) {
            const lost = error instanceof ShopifyError && error.mayBeDone
            if (!(lost && kind.repeatable) || repeat >= REPEATS) throw error
            await client.clock.sleep(client.limits.firstWaitMs, client.signal)
        }
    }
}

export function payloadIn(data: { [root: string]: Payload | null }, kind: Kind): Payload {
    return data[kind.root] ?? { userErrors: [{ field: null, message: 'the store answered nothing to it' }] }
}

/** A call that was refused whole, never reached the store, or may have been done without our being told. */
async function withoutAnswer(place: Place, kind: Kind, call: Call, error: ShopifyError): Promise<Outcome[]> {
    if (error.mayBeDone) {
        await markUnknown(place, call.callId, error.message)
        const outcomes = await kind.lookUp(call.lines, place, { later: false, sentAt: new Date() })
        return answered(place, call.callId, outcomes, { error: error.message })
    }
    const outcomes = refusedWhole(call.lines, error)
    await answered(place, call.callId, outcomes, { error: error.message })
    if (notDone(error)) throw error
    return outcomes
}

const notDone = (error: ShopifyError): boolean =>
    error instanceof AccessLostError || error instanceof ThrottledError || error instanceof NetworkError

/** Lines of a call that surely did nothing: to be written by the next run, isolated, or failed. */
export function refusedWhole(lines: readonly Line[], error: ShopifyError): Outcome[] {
    if (notDone(error)) return lines.map((line) => ({ line, status: 'approved', message: error.message }))
    const denied = error instanceof GraphqlError && error.codes.includes('ACCESS_DENIED')
    if (denied) return lines.map((line) => failed(line, error.message))
    return allOrNothing(unitsOf(lines), [{ field: null, message: error.message }])
}
