import type { DraftOrder } from '../order_rows.ts'
import { completeDraft } from '../orders/drafts.ts'
import { financialStatus } from '../orders/totals.ts'
import type { Shop } from '../state.ts'
import { touch } from '../touch.ts'
import { type Action, type ActionBody, idOf, textOf } from './body.ts'
import { objectsIn, unitsIn } from './order_body.ts'

/** The open draft named by `id` or `name`; without either the oldest that waits. */
function draftIn(shop: Shop, body: ActionBody): DraftOrder {
    const [id, name] = [idOf(body.id), textOf(body, 'name')]
    const waiting = [...shop.draftOrders.values()].filter(({ status }) => status === 'OPEN')
    const found = waiting.find((draft) => (id === null ? name === null || draft.name === name : draft.id === id))
    if (found) return found
    const known = waiting.map((draft) => `${draft.id} (${draft.name})`).join(', ')
    throw new Error(`expected an open draft of ${shop.domain} among ${known}, got ${JSON.stringify(body)}`)
}

/** `{id|name, payment?: 'paid' | 'pending'}`: the merchant makes an order of it. */
const complete: Action = (shop, body, clock) => {
    const draft = draftIn(shop, body)
    const order = completeDraft(shop, draft, { pending: body.payment === 'pending' }, clock.now())
    return { id: draft.id, orderId: order.id, name: order.name, financialStatus: financialStatus(order) }
}

/** `{id|name}`: the merchant does not want it. */
const remove: Action = (shop, body) => {
    const draft = draftIn(shop, body)
    shop.draftOrders.delete(draft.id)
    return { id: draft.id }
}

/** `{id|name, lines: [{sku, quantity}]}`: the merchant changes it before completing it; 0 units take a line off. */
const edit: Action = (shop, body, clock) => {
    const draft = draftIn(shop, body)
    for (const given of objectsIn(body, 'lines')) {
        const line = draft.lines.find(({ sku }) => sku === textOf(given, 'sku'))
        if (!line) throw new Error(`expected the sku of a line of ${draft.name}, got ${JSON.stringify(given)}`)
        line.quantity = unitsIn(given)
    }
    draft.lines = draft.lines.filter(({ quantity }) => quantity > 0)
    touch(shop, draft, clock.now())
    return { id: draft.id }
}

export const draftActions: Readonly<Record<string, Action>> = {
    'draft.complete': complete,
    'draft.delete': remove,
    'draft.edit': edit,
}
