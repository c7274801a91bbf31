import type { UserError } from '../../connectors/shopify/errors.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { clientOf, type Found, type Intent, type Mirror, noteOf, orderOf, type Result } from './intent.ts'
import { readLines } from './orders_now.ts'
import { keepSuggestion } from './refunds.ts'
import { send, settle } from './send.ts'
import { suggestedRefund } from './suggestion.ts'

type Payload = { reason: string; restock: boolean; refund: boolean }
type Data = { orderCancel: { orderCancelUserErrors: UserError[] } | null }

const REASONS = ['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'OTHER', 'STAFF']
/** Shopify's own words for an order that is cancelled already: what was to be done is. */
const IS_DONE = /already been cancell?ed/i
/** As long as the note of a cancellation may be. */
const LONGEST_NOTE = 255

/**
 * An order that one store cancelled is cancelled at the other (rule 24). What the buyer paid is not given back with it, but
 * proposed (D19); what the twin was paid goes back where the destination gave all of it back.
 */
export const cancellations: Mirror = {
    async carry(stage, given): Promise<Result> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const client = clientOf(stage, intent)
        const { cancelledAt, at } = await readLines(client, orderOf(intent))
        if (cancelledAt !== null) {
            return settle(stage, intent, { state: 'adopted', target_id: orderOf(intent), at: cancelledAt })
        }
        if (intent.towards === 'destination') {
            const { amount } = await suggestedRefund(client, orderOf(intent), { full: true })
            await keepSuggestion(stage, intent, amount)
        }
        const { reason, restock, refund } = intent.payload
        const variables = {
            ...{ orderId: gid('Order', orderOf(intent)), restock },
            reason: REASONS.includes(reason) ? reason : 'OTHER',
            ...(refund ? { refundMethod: { originalPaymentMethodsRefund: true } } : {}),
            staffNote: noteOf(stage, intent, 'Cancelled').slice(0, LONGEST_NOTE),
        }
        const call = { document: operation('mirror/order_cancel'), variables, at }
        return send<Data>(stage, intent, call, ({ orderCancel: answer }) => {
            if (!answer) return null
            const userErrors = answer.orderCancelUserErrors.filter(({ message }) => !IS_DONE.test(message))
            return { userErrors, target_id: orderOf(intent) }
        })
    },

    async find(stage, intent): Promise<Found> {
        const { cancelledAt, at } = await readLines(clientOf(stage, intent), orderOf(intent))
        if (cancelledAt === null) return { state: 'absent', at: at.toISOString() }
        return { state: 'there', target_id: orderOf(intent), at: cancelledAt }
    },
}
