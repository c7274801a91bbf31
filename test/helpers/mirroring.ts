import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import { type MirrorRow, mirrorsOf } from '../../sql/mirror/mirrors.ts'
import type { FullOrder } from '../oracle/twins/full_order.ts'
import { CORNER_SHOP, NORTHWIND } from './cast.ts'
import { buy, type Sold } from './pushing.ts'
import type { Story } from './story.ts'

/** An order with all that its shop shows of it. */
export type Order = FullOrder & { fulfillmentStatus: string }

/** An order of a destination and the one at the source that stands for it, by their ids. */
export type Pushed = { sold: Sold; twin: number }

/** A buyer buys, and the order is pushed. */
export async function pushed(story: Story, lines: ActionBody[], more: ActionBody = {}): Promise<Pushed> {
    const sold = await buy(story, lines, more)
    await story.hourly()
    const twin = await twinOf(story, sold.id)
    return { sold, twin: twin.id }
}

const ordersAt = async (story: Story, shop: string) => ((await story.state(shop)).orders ?? []) as unknown as Order[]

/** The one order of the source that stands for one of the destination's. */
export async function twinOf(story: Story, id: number, shop = CORNER_SHOP): Promise<Order> {
    const own = (await ordersAt(story, NORTHWIND)).filter(({ metafields }) =>
        metafields.some((it) => it.key === 'origin' && it.value === `${shop}/${id}`),
    )
    if (own.length === 1) return own[0]!
    throw new Error(`Expected one twin of order ${id}, got ${own.length}.`)
}

/** An order as its shop has it now. */
export async function orderAt(story: Story, shop: string, id: number): Promise<Order> {
    const found = (await ordersAt(story, shop)).find((it) => it.id === id)
    if (found) return found
    throw new Error(`Expected order ${id} at ${shop}, got none.`)
}

/** Parcels of an order that stand: `2 by 1Z9`, with how many mails were sent of each. */
export async function parcels(story: Story, shop: string, id: number): Promise<string[]> {
    const { fulfillments } = await orderAt(story, shop, id)
    return fulfillments
        .filter(({ status }) => status === 'SUCCESS')
        .map(({ lines, tracking, mails }) => {
            const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
            return `${units} by ${tracking.map(({ number }) => number).join(' and ')}, mails ${mails}`
        })
}

/** Refunds of an order: `1 CANCEL, 0.00`. */
export async function refunds(story: Story, shop: string, id: number): Promise<string[]> {
    const { refunds: all } = await orderAt(story, shop, id)
    return all.map(({ lines, amount }) => {
        const units = lines.map(({ quantity, restockType }) => `${quantity} ${restockType}`)
        return [...units, amount].join(', ')
    })
}

/** Mirrors as they are listed: `fulfillment to destination: refused ALREADY_EXISTS`. */
export async function mirrors(story: Story, states?: readonly string[]): Promise<string[]> {
    const rows = await mirrorRows(story, states)
    return rows.map(
        ({ kind, towards, state, reason }) => `${kind} to ${towards}: ${[state, reason].filter(Boolean).join(' ')}`,
    )
}

export const mirrorRows = (story: Story, states?: readonly string[]): Promise<MirrorRow[]> =>
    mirrorsOf(story.db, story.account_id, { ...(states ? { states } : {}), limit: 1000 })

/** So much later that no index hides anything, and whatever was sent is there or never will be. */
export const later = (story: Story) => story.sandbox.control('clock.advance', { seconds: 11 * 60 })
