import { gid } from '../../connectors/shopify/gid.ts'
import { storeTime } from '../../connectors/shopify/store_time.ts'
import { queryOne } from '../../sql/query.ts'
import { compare, difference, isPositive, least } from './decimals.ts'
import { clientOf, type Intent, type Mirror, noteOf, orderOf, type Result, type Stage, storeOf } from './intent.ts'
import { findRefund, type RefundData, readRefund, refundCall, repeatRefund } from './refunds.ts'
import { send, settle } from './send.ts'
import { moneyInput, suggestedRefund } from './suggestion.ts'

type Payload = { rest?: boolean; suggested?: string }

/**
 * Money without units (D19). Towards the source bookkeeping; towards the destination what a person approved, or what the
 * limits of the settings let go by itself. Never more than there is to give back.
 */
export const money: Mirror = {
    async carry(stage, given): Promise<Result> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const client = clientOf(stage, intent)
        const at = await storeTime(client)
        const suggestion = await suggestedRefund(client, orderOf(intent), {})
        const amount = amountOf(intent, suggestion.most)
        if (amount === null) return settle(stage, intent, { state: 'refused', reason: 'NO_AMOUNT' })
        if (!isPositive(amount)) {
            const detail = 'There is nothing left to give back.'
            return settle(stage, intent, { state: 'answered', amount: '0', at: at.toISOString(), detail })
        }
        const limit = await overLimit(stage, intent, amount, at)
        if (limit) return settle(stage, intent, { state: 'proposed', reason: 'MONEY_LIMIT', detail: limit, amount })
        const currency = storeOf(stage, intent).currency ?? ''
        const input = {
            ...{ orderId: gid('Order', orderOf(intent)), note: noteOf(stage, intent, 'Given back'), notify: false },
            ...moneyInput(orderOf(intent), amount, suggestion, currency),
        }
        return send<RefundData>(stage, intent, refundCall(stage, intent, input, at, amount), readRefund)
    },
    find: findRefund,
    repeats: repeatRefund,
}

/** As much as was asked for, and there is; the last refund takes the rest where only rounding lies between (D19). */
function amountOf({ amount, payload, towards }: Intent<Payload>, most: string): string | null {
    if (amount === null) return payload.rest ? most : null
    if (!payload.rest) return least(amount, most)
    if (towards === 'source') return most
    const [less, more] = compare(amount, most) <= 0 ? [amount, most] : [most, amount]
    return compare(difference(more, less), ROUNDING) <= 0 ? most : least(amount, most)
}

/** What the roundings of a few refunds come to. */
const ROUNDING = '0.05'

type Limit = { is_small: boolean; fits: boolean }

/** Why money may not go by itself; null where it may. */
async function overLimit(stage: Stage, intent: Intent<Payload>, amount: string, at: Date): Promise<string | null> {
    if (intent.towards === 'source' || intent.approved_by !== null) return null
    const { account_id, connection_id, settings } = stage.connection
    const { money_most: most, money_most_a_day: most_a_day } = settings.mirror
    const asked = { account_id, connection_id, amount, most, most_a_day, at }
    const { is_small, fits } = await queryOne<Limit>(stage.context.db, 'mirror/limit_of_money', asked)
    if (!is_small) return `It is more than the ${most} that mirror.money_most lets through.`
    return fits ? null : `With it more than the ${most_a_day} of mirror.money_most_a_day would go in 24 hours.`
}
