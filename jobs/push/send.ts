import { GraphqlError, ShopifyError, type UserError } from '../../connectors/shopify/errors.ts'
import { storeTime } from '../../connectors/shopify/store_time.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { pushKinds, type Sent } from './kinds.ts'
import type { Planned } from './plan.ts'
import { recorderOf } from './record.ts'

/** A process that stood still for so long after it said that it sends does not send: another may have looked meanwhile. */
const LATE_MS = 10_000

/**
 * Pushes a planned order: looks whether it is there already, writes down that it is sent, sends it, writes down what came
 * (rule 59). Without an answer it stays `unknown`: it is looked up at once and by the next run, never just sent again.
 * @returns whether the source holds it now.
 * @throws where the source lets us in no more, or refuses its rate.
 */
export async function pushOne(context: RunContext, source: StoreRow, planned: Planned): Promise<boolean> {
    const client = context.clientOf(source)
    const recorder = recorderOf(context)
    const kind = pushKinds[planned.kind]
    const { order_push_id: id, origin, document } = planned
    const now = await storeTime(client)
    const known = { id, origin, since: now }
    if (kind.sentAgain && (await kind.find(client, recorder, known))) return true
    const marked = performance.now()
    if (!(await recorder.sent(id, now))) return false
    if (performance.now() - marked > LATE_MS) {
        await recorder.notThere(id, 'planned', null, null)
        return false
    }
    const sent = await attempt(() => kind.send(client, recorder, document, now))
    if ('error' in sent) {
        if (!sent.error.mayBeDone) {
            const isOnes = sent.error instanceof GraphqlError
            await recorder.notThere(id, isOnes ? 'refused' : 'planned', isOnes ? 'API_ERROR' : null, sent.error.message)
            if (isOnes) return false
            throw sent.error
        }
        await recorder.unknown(id, sent.error.message, null)
        return kind.find(client, recorder, known)
    }
    return settle(sent.value)

    async function settle({ refused, record }: Sent): Promise<boolean> {
        if (record) await record(id)
        else if (refused.length > 0) await recorder.notThere(id, 'refused', codeOf(refused), textOf(refused))
        else await recorder.unknown(id, 'The source answered nothing to it.', null)
        return record !== null
    }
}

async function attempt<T>(act: () => Promise<T>): Promise<{ value: T } | { error: ShopifyError }> {
    try {
        return { value: await act() }
    } catch (error) {
        if (!(error instanceof ShopifyError)) throw error
        return { error }
    }
}

/** The reason code of a refusal (spec §3.1). */
function codeOf(refused: readonly UserError[]): string {
    return refused.some(({ code }) => code === 'INVENTORY_CLAIM_FAILED') ? 'STOCK_REFUSED' : 'API_ERROR'
}

const textOf = (refused: readonly UserError[]) =>
    refused.map(({ field, message }) => (field ? `${field.join('.')}: ${message}` : message)).join('; ')
