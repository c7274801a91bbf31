import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import type { Order, RestockType } from '../../shop/order_rows.ts'
import { cents, sum } from '../../shop/orders/amounts.ts'
import { fulfillmentOrdersOf, lineOf } from '../../shop/orders/lookups.ts'
import { fromPresentment, presented } from '../../shop/orders/presentment.ts'
import { type LineToRefund, refundOrder } from '../../shop/orders/refunds.ts'
import { refundableShipping } from '../../shop/orders/suggest.ts'
import { currentQuantity, payments } from '../../shop/orders/totals.ts'
import { defaultLocation } from '../../shop/stock.ts'
import { money } from '../../shop/text.ts'
import { type UserError, userError } from '../user_error.ts'
import { visibleOrder } from './visible.ts'

export type LineInput = {
    lineItemId: string
    quantity: number
    restockType?: RestockType | null
    locationId?: string | null
}
type TransactionInput = { amount: string | number; kind: string; gateway: string; parentId?: string | null }
type RefundInput = {
    orderId: string
    note?: string | null
    refundLineItems?: LineInput[] | null
    shipping?: { amount?: string | number | null; fullRefund?: boolean | null } | null
    transactions?: TransactionInput[] | null
    allowOverRefunding?: boolean | null
    currency?: string | null
}

export const resolvers: Resolvers = {
    Mutation: {
        refundCreate: (_: unknown, { input }: { input: RefundInput }, context: Context) => {
            const order = visibleOrder(context, numberOf(input.orderId, 'Order'))
            if (!order) {
                return { refund: null, order: null, userErrors: [userError(['orderId'], 'Order does not exist')] }
            }
            const userErrors = faultsOf(order, input)
            if (userErrors.length > 0) return { refund: null, order, userErrors }
            const lines = (input.refundLineItems ?? []).map((given) => lineOfInput(context, order, given))
            // without transactions no money moves, only units
            const amount = inShopMoney(order, refunded(input))
            const seen = order.presentment ? { presentmentAmount: refunded(input) } : {}
            const given = { lines, amount, ...seen, shipping: shippingOf(order, input), note: input.note }
            return { refund: refundOrder(context.shop, order, given, context.clock.now()), order, userErrors: [] }
        },
    },
}

/** Transactions are given in the customer's currency. */
const inShopMoney = ({ presentment }: Order, amount: string) =>
    presentment ? fromPresentment(amount, presentment.rate) : amount

function refunded({ transactions }: RefundInput): string {
    return sum((transactions ?? []).filter(({ kind }) => kind === 'REFUND').map(({ amount }) => money(String(amount))))
}

function shippingOf(order: Order, { shipping }: RefundInput): string {
    if (shipping?.fullRefund) return refundableShipping(order)
    return money(String(shipping?.amount ?? '0'))
}

function faultsOf(order: Order, input: RefundInput): UserError[] {
    const asked = input.refundLineItems ?? []
    const faults = asked.flatMap(({ lineItemId, quantity }, place) => {
        const line = lineOf(order, numberOf(lineItemId, 'LineItem'))
        const field = ['refundLineItems', String(place)]
        if (!line) return [userError([...field, 'lineItemId'], 'Line item does not exist')]
        const all = asked.filter((other) => other.lineItemId === lineItemId).reduce((sum, one) => sum + one.quantity, 0)
        if (quantity < 1) return [userError([...field, 'quantity'], 'Quantity must be greater than 0')]
        if (all <= currentQuantity(line)) return []
        return [userError([...field, 'quantity'], 'Quantity cannot refund more items than were purchased')]
    })
    if (faults.length > 0) return faults
    const orphan = (input.transactions ?? []).some(
        ({ parentId }) => !order.transactions.some(({ id }) => id === numberOf(parentId, 'OrderTransaction')),
    )
    if (orphan) return [userError(['transactions'], 'Transactions require a parent_id associated with the order')]
    const { presentment } = order
    // the schema says so; Shopify's words for it are not known
    if (presentment && refunded(input) !== '0.00' && input.currency !== presentment.currency) {
        return [userError(['currency'], `Currency is required and must be the order's, ${presentment.currency}`)]
    }
    const { net } = payments(presented(order))
    if (input.allowOverRefunding || cents(refunded(input)) <= cents(net)) return []
    const message = `Refund amount $${refunded(input)} is greater than net payment received $${net}`
    return [userError(null, message)]
}

/** Units that come back go where the input says, else where they were shipped from. */
export function lineOfInput({ shop }: Context, order: Order, given: LineInput): LineToRefund {
    const line = lineOf(order, numberOf(given.lineItemId, 'LineItem'))!
    const restockType = given.restockType ?? 'NO_RESTOCK'
    const shipped = order.fulfillments.find(({ lines }) => lines.some(({ lineId }) => lineId === line.id))
    const known = shipped?.locationId ?? fulfillmentOrdersOf(shop, order)[0]?.locationId ?? defaultLocation(shop)?.id
    const asked = given.locationId == null ? undefined : numberOf(given.locationId, 'Location')
    const locationId = restockType === 'RETURN' ? (asked ?? known ?? null) : null
    return { line, quantity: given.quantity, restockType, locationId }
}
