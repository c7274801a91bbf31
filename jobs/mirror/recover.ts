import { query } from '../../sql/query.ts'
import { mirrors } from './index.ts'
import type { Result, Side, Stage, Unanswered } from './intent.ts'
import { OrderUnreadableError } from './orders_now.ts'
import { settle, unknown } from './send.ts'

/** Shopify gives up on a request after some 10 seconds: what is not there a minute after it was sent never will be. */
const ON_ITS_WAY_MS = 60_000
/** Shopify forgets a key after 24 hours; until 20 what was sent is repeated as it was. */
const REPEATABLE_MS = 20 * 3_600_000

/**
 * Looks up what was sent and never answered, before anything else is done to its twin (rules 68, 89): one match adopts it,
 * several wait for a person, none sends it again where that is safe.
 */
export async function recoverMirrors(stage: Stage, towards: readonly Side[]): Promise<void> {
    const { account_id, connection_id } = stage.connection
    const asked = { account_id, connection_id, towards: [...towards] }
    for (const intent of await query<Unanswered>(stage.context.db, 'mirror/unanswered', asked)) {
        stage.context.signal.throwIfAborted()
        try {
            await lookUp(stage, intent)
        } catch (error) {
            if (!(error instanceof OrderUnreadableError)) throw error
            await unknown(stage, intent, error.message)
        }
    }
}

async function lookUp(stage: Stage, intent: Unanswered): Promise<Result> {
    const mirror = mirrors[intent.kind]
    const found = await mirror.find(stage, intent)
    const at = Date.parse(found.at)
    if (found.state === 'there') {
        const { target_id, facts } = found
        return settle(stage, intent, {
            looked_up: true,
            state: 'adopted',
            target_id,
            at: found.at,
            ...(facts ? { facts } : {}),
        })
    }
    if (found.state === 'several') {
        const detail = 'Several things there could be what was sent and never answered.'
        return settle(stage, intent, { looked_up: true, state: 'held', reason: 'SEVERAL_MATCH', detail })
    }
    const isKnown = at - Date.parse(intent.first_sent_at ?? intent.sent_at) < REPEATABLE_MS
    if (mirror.repeats && isKnown) {
        await unknown(stage, intent, 'It was not there: it is sent again as it was.')
        return mirror.repeats(stage, intent, new Date(found.at))
    }
    if (at - Date.parse(intent.sent_at) < ON_ITS_WAY_MS) {
        return unknown(stage, intent, 'It was not there yet when it was looked up.')
    }
    return settle(stage, intent, {
        looked_up: true,
        state: 'planned',
        detail: 'It was sent and is not there: it is sent anew.',
    })
}
