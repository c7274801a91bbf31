import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import { transaction } from '../../sql/database.ts'
import { type OrderRow, ordersOf } from '../../sql/orders/orders.ts'
import type { Oracle } from '../oracle/oracle.ts'
import type { SettingsDocument } from '../oracle/settings.ts'
import type { ShopOrder } from '../oracle/state.ts'
import { CORNER_SHOP, home, NORTHWIND, rates, single } from './cast.ts'
import type { Plot, Story } from './story.ts'
import { syncedStory } from './synced.ts'

export type Sold = { id: number; name: string; lineIds: number[] }

/** Settings with what pushes and mirrors go by, which no oracle of stock looks at. */
export type Pushing = SettingsDocument & {
    push?: object
    mirror?: object
    push_inventory?: string
    order_details?: string[]
}

/** An order of the source as its shop has it. */
export type Twin = Omit<ShopOrder, 'lines'> & {
    note: string | null
    tags: string[]
    email: string | null
    total: string
    received: string
    currency: string
    shippingAddress: Record<string, string | null> | null
    customAttributes: { key: string; value: string | null }[]
    shippingLines: { title: string; price: string }[]
    lines: (ShopOrder['lines'][number] & {
        sku: string | null
        price: string
        customAttributes: { key: string; value: string | null }[]
        taxLines: { title: string; price: string }[]
    })[]
}

/** A mug and a vase that a source offers, in numbers. */
export const wares = [
    single('Mug', 'MUG', { variant: { available: 50, price: '12.00' } }),
    single('Vase', 'VASE', { variant: { available: 50, price: '30.00' } }),
]

/** A source and destinations whose orders are pushed, after their first sync. */
export async function pushing(
    t: TestContext,
    {
        settings = {},
        goods = {},
        shops = {},
        destinations = [CORNER_SHOP],
    }: { settings?: Pushing; destinations?: string[] } & Pick<Plot, 'goods' | 'shops'> = {},
): Promise<Story> {
    return syncedStory(t, {
        goods: { [NORTHWIND]: wares, ...goods },
        shops,
        connections: destinations.map((destination) => ({
            destination,
            settings: { rates, orders: 'order_push', ...settings } as SettingsDocument,
        })),
    })
}

/** A buyer with an address buys. */
export const buy = async (story: Story, lines: ActionBody[], more: ActionBody = {}, shop = CORNER_SHOP) =>
    (await story.edit(shop, 'order.sell', { lines, shippingAddress: home, ...more })) as Sold

/** Orders of a source that say which one they stand for, the older ones first. */
export async function twins(story: Story, source = NORTHWIND): Promise<Twin[]> {
    const orders = ((await story.state(source)).orders ?? []) as unknown as Twin[]
    return orders.filter(({ metafields }) => metafields.some(({ namespace }) => namespace === 'crossdock'))
}

/** Fails where the oracle, by the shops alone, finds an order or its twin otherwise than the rules have them. */
export async function squared(story: Story, asked: Parameters<Oracle['orders']>[0] = {}): Promise<void> {
    const differences = await story.oracle.orders(asked)
    const lines = differences.map((it) => `${it.item} | ${it.field} | expected ${it.expected} | got ${it.actual}`)
    assert.equal(lines.join('\n'), '')
}

/** Orders of a destination as they are listed, by name. */
export async function listed(story: Story, shop = CORNER_SHOP): Promise<Map<string, OrderRow>> {
    const whose = { account_id: story.account_id, connection_id: story.connections.get(shop)! }
    const rows = await transaction(story.db, (tx) => ordersOf(tx, whose, { limit: 1000 }))
    return new Map(rows.map((row) => [row.name, row]))
}

/** Why orders were not pushed, by name; `pushed` where they were. */
export async function reasons(story: Story, shop = CORNER_SHOP): Promise<Record<string, string | null>> {
    const rows = await listed(story, shop)
    return Object.fromEntries(
        [...rows].map(([name, { push_state, reason }]) => [name, push_state === 'pushed' ? 'pushed' : reason]),
    )
}
