import type { DraftLine, DraftOrder, Order, TaxLine } from '../order_rows.ts'
import { nextId, type Shop } from '../state.ts'
import { defaultLocation } from '../stock.ts'
import { money } from '../text.ts'
import { touch } from '../touch.ts'
import { minus, times } from './amounts.ts'
import { addLine, addOrder, announce, assign } from './new_order.ts'
import { addTransaction } from './payments.ts'
import { locationOfItem } from './sources.ts'
import { currentTotals } from './totals.ts'

export type Completion = { pending: boolean; sourceName?: string | null | undefined }

/** What a draft's line costs after its discount. */
export function draftLineAmount({ price, quantity, discount }: DraftLine): string {
    return minus(times(price, quantity), discount)
}

/** The tax that the shop puts on a draft's line, unless the draft is exempt. */
export function draftTax(shop: Shop, draft: DraftOrder, line: DraftLine): TaxLine[] {
    const rate = shop.settings.draftTaxRate
    if (rate === 0 || draft.taxExempt || !line.taxable) return []
    return [{ title: 'Tax', rate, price: money((Number(draftLineAmount(line)) * rate).toFixed(4)) }]
}

/**
 * Makes the order of a draft: its units are set aside now, not before. Whether its metafields go along is the shop's
 * setting, since no page of Shopify's says it.
 */
export function completeDraft(shop: Shop, draft: DraftOrder, { pending, sourceName }: Completion, now: number): Order {
    const { email, phone = null, note, tags, customAttributes, shippingAddress, billingAddress, shippingLines } = draft
    const carried = shop.settings.draftMetafields === 'carried' ? draft.metafields : []
    const fields = { email, phone, note, tags: [...tags], customAttributes, shippingAddress, billingAddress }
    const order = addOrder(
        shop,
        {
            ...{ ...fields, shippingLines, sourceName: sourceName ?? draft.sourceName ?? 'shopify_draft_order' },
            metafields: carried.map((one) => ({ ...one, id: nextId(shop) })),
        },
        now,
    )
    for (const given of draft.lines) {
        const { __typename: _, id: __, ...own } = given
        const line = addLine(shop, order, { ...own, taxLines: draftTax(shop, draft, given) })
        const item = shop.inventoryItems.get(line.inventoryItemId ?? -1)
        const locationId = (item && locationOfItem(shop, item, line.quantity)) ?? defaultLocation(shop)!.id
        assign(shop, order, { line, locationId, quantity: line.quantity, claims: true, cause: 'order' }, now)
    }
    const status = pending ? 'PENDING' : 'SUCCESS'
    addTransaction(shop, order, { kind: 'SALE', status, amount: currentTotals(order).total, gateway: 'manual' }, now)
    announce(shop, order, now)
    Object.assign(draft, { status: 'COMPLETED', orderId: order.id, completedAt: now })
    touch(shop, draft, now)
    return order
}
