import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import { type MirrorRow, mirrorsOf } from '../../sql/mirror/mirrors.ts'
import type { FullOrder } from '../oracle/twins/full_order.ts'
import { CORNER_SHOP, NORTHWIND, single } from './cast.ts'
import { buy, pushing, type Sold } from './pushing.ts'
import type { Story } from './story.ts'

/** An order with all that its shop shows of it. */
export type Order = FullOrder & { fulfillmentStatus: string }

/** An order of a destination and the one at the source that stands for it, by their ids. */
export type Pushed = { sold: Sold; twin: number }

/** A buyer buys, and the order is pushed; not in the very second in which a figure was written, which would be doubted. */
export async function pushed(story: Story, lines: ActionBody[], more: ActionBody = {}): Promise<Pushed> {
    await story.sandbox.control('clock.advance', { seconds: 60 })
    const sold = await buy(story, lines, more)
    await story.hourly()
    const twin = await twinOf(story, sold.id)
    return { sold, twin: twin.id }
}

/** An order with mugs, which are pushed, and a soap of the destination's own, which is not. */
export async function besideSoap(t: TestContext, mugs: number): Promise<Pushed & { story: Story }> {
    const own = single('Soap', 'SOAP', { variant: { available: 5 } })
    const story = await pushing(t, { goods: { [CORNER_SHOP]: [own] } })
    const soap = { sku: 'SOAP', quantity: 1, price: '3.00' }
    return { story, ...(await pushed(story, [{ sku: 'MUG', quantity: mugs, price: '10.00' }, soap])) }
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

/** What the source and the destinations have of a SKU. */
export async function figures(story: Story, sku = 'MUG'): Promise<(number | undefined)[]> {
    const shops = [NORTHWIND, ...story.connections.keys()]
    return Promise.all(shops.map(async (shop) => (await story.variant(shop, sku)).levels[0]?.available))
}

/** Stock movements, the older ones first: `sale -2 shown`. */
export async function movements({ db }: Story): Promise<string[]> {
    const { rows } = await db.send<{ kind: string; units: number; why: string | null }>(
        'select kind, units, why from stock_movements order by movement_id',
    )
    return rows.map(({ kind, units, why }) => `${kind} ${units} ${why ?? 'open'}`)
}

/** Has the oracle compare every order with its twin, by the shops alone. */
export async function twinsAgree(story: Story): Promise<void> {
    const lines = (await story.oracle.orders()).map(
        ({ item, field, expected, actual }) => `${item} | ${field} | expected ${expected} | got ${actual}`,
    )
    assert.equal(lines.join('\n'), '')
}

/** A run after which something waits for a person, which the oracle does not know of: it takes the shops as they are. */
export async function unjudged(story: Story, job = 'hourly'): Promise<void> {
    await story.run(job)
    await story.oracle.before()
    story.oracle.caughtUp()
}
