import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import type { Order } from '../../shop/order_rows.ts'
import { startCancellation } from '../../shop/orders/cancel.ts'
import { newJob } from '../jobs.ts'
import { userError } from '../user_error.ts'
import { visibleOrder } from './visible.ts'

type Cancel = {
    orderId: string
    reason: string
    restock: boolean
    refund?: boolean | null
    refundMethod?: { originalPaymentMethodsRefund?: boolean | null } | null
    staffNote?: string | null
}

const LONGEST_NOTE = 255

export const resolvers: Resolvers = {
    Mutation: {
        /** Asynchronous and final: units and money follow after the shop's `cancelMs`; errors come under two names. */
        orderCancel: (_: unknown, args: Cancel, context: Context) => {
            const order = visibleOrder(context, numberOf(args.orderId, 'Order'))
            const wrong = faultOf(args, order)
            if (wrong || !order) return refused(wrong ?? { field: 'orderId', message: '', code: 'NOT_FOUND' })
            const { reason, restock, staffNote } = args
            const refund = args.refund ?? args.refundMethod?.originalPaymentMethodsRefund ?? false
            startCancellation(
                context.shop,
                order,
                { reason, restock, refund, staffNote: staffNote ?? null },
                context.clock.now(),
            )
            return { job: newJob(context), jobResult: null, orderCancelUserErrors: [], userErrors: [] }
        },
    },
}

type Wrong = { field: string; message: string; code: 'INVALID' | 'NOT_FOUND' }

function refused({ field, message, code }: Wrong) {
    const errors = [userError([field], message, code)]
    return { job: null, jobResult: null, orderCancelUserErrors: errors, userErrors: errors }
}

/** The first thing that is wrong; messages as recorded, but for an order that is not there. */
function faultOf({ staffNote, refund, refundMethod }: Cancel, order: Order | null): Wrong | null {
    const invalid = (field: string, message: string): Wrong => ({ field, message, code: 'INVALID' })
    if ((staffNote?.length ?? 0) > LONGEST_NOTE) {
        return invalid('staffNote', `Staff note is too long. Maximum length is ${LONGEST_NOTE} characters.`)
    }
    if (refund != null && refundMethod != null) {
        return invalid('refund', 'Only one of the arguments `refund` or `refund_method` is allowed.')
    }
    if (!order) return { field: 'orderId', message: 'Order does not exist', code: 'NOT_FOUND' }
    if (order.cancelledAt !== null) {
        return invalid('orderId', 'Cannot cancel an order that has already been canceled')
    }
    const shipped = order.fulfillments.some(({ status }) => status === 'SUCCESS')
    return shipped ? invalid('orderId', 'Cannot cancel an order that has outstanding fulfillments') : null
}
