import type { ShopifyClient } from '../../connectors/shopify/client.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { difference, isPositive, least, portion } from './decimals.ts'

/** A line of a refund as Shopify takes it. */
export type RefundLine = { lineItemId: string; quantity: number; restockType: string; locationId?: string }

type Money = { shopMoney: { amount: string } }
type Both = Money & { presentmentMoney: { amount: string; currencyCode?: string } }
type Transaction = {
    id: string
    kind: string
    status: string
    gateway: string | null
    amountSet: Both
    parentTransaction: { id: string } | null
}
type Suggested = {
    amountSet: Money
    maximumRefundableSet: Both
    suggestedTransactions: {
        gateway: string | null
        parentTransaction: { id: string } | null
        maximumRefundableSet: Both | null
    }[]
}
type Data = { order: { transactions: Transaction[]; suggestedRefund: Suggested | null } | null }

/** What a store itself would give back; `most` is what there is to give. Amounts are in the shop's currency. */
export type Suggestion = {
    amount: string
    most: string
    payments: { gateway: string; parentId: string; most: string; presented: string }[]
    presentment: string | null
}

/** Asks a store what it would give back for lines of an order (`full`: for all that is left of it). */
export async function suggestedRefund(
    client: ShopifyClient,
    order: string,
    { lines = [], full = false }: { lines?: readonly RefundLine[]; full?: boolean },
): Promise<Suggestion> {
    const variables = { id: gid('Order', order), lines: full ? null : lines, full }
    const { order: read } = await client.query<Data>(operation('mirror/suggested_refund'), variables)
    const suggested = read?.suggestedRefund
    if (!suggested) return { amount: '0', most: '0', payments: [], presentment: null }
    const payments = suggestedPayments(suggested)
    const { shopMoney, presentmentMoney } = suggested.maximumRefundableSet
    return {
        ...{ amount: suggested.amountSet.shopMoney.amount, most: shopMoney.amount },
        payments: payments.length > 0 ? payments : ownPayments(read.transactions),
        presentment: presentmentMoney.currencyCode ?? null,
    }
}

type Payment = Suggestion['payments'][number]

const suggestedPayments = ({ suggestedTransactions }: Suggested): Payment[] =>
    suggestedTransactions.flatMap(({ gateway, parentTransaction, maximumRefundableSet: most }) =>
        gateway === null || parentTransaction === null || most === null
            ? []
            : [paymentOf(gateway, parentTransaction.id, [most.shopMoney.amount, most.presentmentMoney.amount])],
    )

/** Payments with what was not given back of each yet. */
function ownPayments(transactions: readonly Transaction[]): Payment[] {
    const done = transactions.filter(({ status }) => status === 'SUCCESS')
    return done.flatMap(({ id, kind, gateway, amountSet }) => {
        if (gateway === null || (kind !== 'SALE' && kind !== 'CAPTURE')) return []
        const back = done.filter((it) => it.kind === 'REFUND' && it.parentTransaction?.id === id)
        const left = (of: 'shopMoney' | 'presentmentMoney') =>
            back.reduce((rest, it) => difference(rest, it.amountSet[of].amount), amountSet[of].amount)
        return [paymentOf(gateway, id, [left('shopMoney'), left('presentmentMoney')])]
    })
}

const paymentOf = (gateway: string, parentId: string, [most, presented]: [string, string]): Payment => ({
    ...{ gateway, parentId, most, presented },
})

/**
 * The part of a refund's input that moves money: payments give it back one after the other, each by its parent (platform:
 * refunds). Of an order that was paid in another currency than the shop's, amounts are in that one.
 */
export function moneyInput(order: string, amount: string, { payments, presentment }: Suggestion, currency: string) {
    let left = amount
    const transactions = payments.flatMap(({ gateway, parentId, most, presented }) => {
        const part = least(left, most)
        if (!isPositive(part)) return []
        left = difference(left, part)
        const given = presentment !== null && presentment !== currency ? portion(part, most, presented) : part
        return [{ orderId: gid('Order', order), parentId, kind: 'REFUND', gateway, amount: given }]
    })
    if (transactions.length === 0) return {}
    return { transactions, ...(presentment !== null && presentment !== currency ? { currency: presentment } : {}) }
}
