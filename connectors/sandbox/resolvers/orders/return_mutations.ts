import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import type { FulfillmentLine, Order, Return } from '../../shop/order_rows.ts'
import { sum } from '../../shop/orders/amounts.ts'
import { addReturn, answerReturn, endReturn, type LineToReturn, processReturn } from '../../shop/orders/returns.ts'
import { money } from '../../shop/text.ts'
import { type UserError, userError } from '../user_error.ts'
import { returnById } from './returns.ts'
import { orderOf, visibleOrder } from './visible.ts'

type LineInput = {
    fulfillmentLineItemId: string
    quantity: number
    returnReason?: string | null
    returnReasonNote?: string | null
}
type ReturnInput = { orderId: string; returnLineItems: LineInput[] }
type Disposition = { dispositionType: string; quantity: number; locationId?: string | null }
type DeclineInput = { id: string; declineReason: string; declineNote?: string | null }
type ProcessInput = {
    returnId: string
    returnLineItems?: { id: string; quantity: number; dispositions?: Disposition[] | null }[] | null
    financialTransfer?: { issueRefund?: { orderTransactions: TransactionInput[] } | null } | null
}
type TransactionInput = { transactionAmount?: { amount: string | number } | null }

export const resolvers: Resolvers = {
    Mutation: {
        returnCreate: (_: unknown, { returnInput }: { returnInput: ReturnInput }, context: Context) =>
            made(context, returnInput, 'OPEN', 'returnInput'),
        returnRequest: (_: unknown, { input }: { input: ReturnInput }, context: Context) =>
            made(context, input, 'REQUESTED', 'input'),
        returnApproveRequest: (_: unknown, { input }: { input: { id: string } }, context: Context) =>
            answered(context, input.id, null),
        returnDeclineRequest: (_: unknown, { input }: { input: DeclineInput }, context: Context) =>
            answered(context, input.id, { reason: input.declineReason, note: input.declineNote ?? null }),
        returnClose: (_: unknown, { id }: { id: string }, context: Context) => ended(context, id, 'CLOSED'),
        returnCancel: (_: unknown, { id }: { id: string }, context: Context) => ended(context, id, 'CANCELED'),
        returnReopen: (_: unknown, { id }: { id: string }, context: Context) => ended(context, id, 'OPEN'),
        returnProcess: (_: unknown, { input }: { input: ProcessInput }, context: Context) => processed(context, input),
    },
}

function refused(field: string[], message: string, code: string): { return: null; userErrors: UserError[] } {
    return { return: null, userErrors: [userError(field, message, code)] }
}

function made(context: Context, input: ReturnInput, status: 'OPEN' | 'REQUESTED', argument: string) {
    const order = visibleOrder(context, numberOf(input.orderId, 'Order'))
    if (!order) return refused([argument, 'orderId'], 'Order does not exist.', 'NOT_FOUND')
    const lines: LineToReturn[] = []
    for (const [place, given] of input.returnLineItems.entries()) {
        const field = [argument, 'returnLineItems', String(place)]
        const shipped = shippedLine(order, numberOf(given.fulfillmentLineItemId, 'FulfillmentLineItem'))
        if (!shipped) {
            return refused([...field, 'fulfillmentLineItemId'], 'Fulfillment line item does not exist.', 'NOT_FOUND')
        }
        if (given.quantity < 1 || given.quantity > returnable(order, shipped)) {
            return refused([...field, 'quantity'], 'Quantity is not available for return.', 'INVALID')
        }
        const { quantity, returnReason, returnReasonNote } = given
        lines.push({ shipped, quantity, reason: returnReason ?? 'UNKNOWN', note: returnReasonNote ?? '' })
    }
    if (lines.length === 0) return refused([argument, 'returnLineItems'], "Return line items can't be blank.", 'BLANK')
    return { return: addReturn(context.shop, order, { lines, status }, context.clock.now()), userErrors: [] }
}

function shippedLine({ fulfillments }: Order, id: number): FulfillmentLine | undefined {
    const standing = fulfillments.filter(({ status }) => status === 'SUCCESS')
    return standing.flatMap(({ lines }) => lines).find((one) => one.id === id)
}

/** Units of a parcel's line that no return that stands has taken. */
function returnable({ returns }: Order, { id, quantity }: FulfillmentLine): number {
    const standing = returns.filter(({ status }) => status !== 'CANCELED' && status !== 'DECLINED')
    const taken = standing.flatMap(({ lines }) => lines).filter(({ fulfillmentLineId }) => fulfillmentLineId === id)
    return quantity - taken.reduce((total, line) => total + line.quantity, 0)
}

function answered(context: Context, id: string, decline: Return['decline']) {
    const row = returnById(context, numberOf(id, 'Return'))
    if (!row) return refused(['input', 'id'], 'Return does not exist.', 'NOT_FOUND')
    if (row.status !== 'REQUESTED') return refused(['input', 'id'], 'Return is not requested.', 'INVALID_STATE')
    answerReturn(context.shop, orderOf(context.shop, row), row, decline, context.clock.now())
    return { return: row, userErrors: [] }
}

function ended(context: Context, id: string, status: 'CLOSED' | 'CANCELED' | 'OPEN') {
    const row = returnById(context, numberOf(id, 'Return'))
    if (!row) return refused(['id'], 'Return does not exist.', 'NOT_FOUND')
    endReturn(context.shop, orderOf(context.shop, row), row, status, context.clock.now())
    return { return: row, userErrors: [] }
}

/** Units that come back; money only by the transactions that are given. */
function processed(context: Context, input: ProcessInput) {
    const row = returnById(context, numberOf(input.returnId, 'Return'))
    if (!row) return refused(['input', 'returnId'], 'Return does not exist.', 'NOT_FOUND')
    if (row.status !== 'OPEN') return refused(['input', 'returnId'], 'Return is not open.', 'INVALID_STATE')
    const found = linesOf(row, input)
    if ('userErrors' in found) return found
    const transfers = input.financialTransfer?.issueRefund?.orderTransactions ?? []
    const amount = sum(transfers.map(({ transactionAmount }) => money(String(transactionAmount?.amount ?? '0'))))
    const disposed = (input.returnLineItems ?? []).every(
        ({ quantity, dispositions }) =>
            (dispositions ?? []).reduce((total, one) => total + one.quantity, 0) === quantity,
    )
    const given = { lines: found, amount, disposed }
    processReturn(context.shop, orderOf(context.shop, row), row, given, context.clock.now())
    return { return: row, userErrors: [] }
}

/** What becomes of the units: RESTOCKED ones go back on sale, all others do not. */
function linesOf(row: Return, { returnLineItems }: ProcessInput) {
    const lines: Parameters<typeof processReturn>[3]['lines'][number][] = []
    for (const [place, { id, quantity, dispositions }] of (returnLineItems ?? []).entries()) {
        const line = row.lines.find((one) => one.id === numberOf(id, 'ReturnLineItem'))
        const field = ['input', 'returnLineItems', String(place)]
        if (!line) return refused([...field, 'id'], 'Return line item does not exist.', 'NOT_FOUND')
        if (quantity < 1 || quantity > line.quantity - line.processedQuantity) {
            return refused([...field, 'quantity'], 'Quantity is not available to process.', 'INVALID')
        }
        const restocked = (dispositions ?? []).filter(({ dispositionType }) => dispositionType === 'RESTOCKED')
        let rest = quantity
        for (const { quantity: units, locationId } of restocked) {
            rest -= units
            lines.push({ line, quantity: units, locationId: numberOf(locationId, 'Location') })
        }
        if (rest > 0) lines.push({ line, quantity: rest, locationId: null })
    }
    return lines
}
