import type { Random } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { NORTHWIND } from '../helpers/cast.ts'
import type { ShopState } from '../oracle/state.ts'
import { pick } from './shops.ts'
import type { Stage } from './world.ts'

type Movement = {
    movement_id: string
    order_id: string
    source_item_id: string
    source_location_id: string
    units: number
}

/**
 * Plays the push by hand, as long as no run does it: an order of the same units at the source that says whose it is, and
 * what a push would write down of it.
 */
export async function pushOne(stage: Stage, random: Random): Promise<string | null> {
    const connection = pick(random, stage.world.connections, ({ settings }) => settings.orders === 'order_push')
    if (!connection) return null
    const movements = await unpushed(stage, connection.id)
    const orderId = pick(random, [...new Set(movements.map(({ order_id }) => order_id))])
    if (orderId === null) return null
    const own = movements.filter(({ order_id }) => order_id === orderId)
    const ids = own.map(({ movement_id }) => movement_id)
    const now = () => stage.sandbox.clock.iso()
    await stage.host.db.send('update stock_movements set sent_at = $1 where movement_id = any ($2::bigint[])', [
        now(),
        ids,
    ])
    const lines = await linesOf(stage, own)
    const metafields = [{ namespace: 'crossdock', key: 'origin', value: `${connection.destination}/${orderId}` }]
    const sold = (await stage.sandbox.control('order.sell', { shop: NORTHWIND, lines, metafields })) as { id: number }
    await note(stage, connection.id, orderId, sold.id, ids)
    return `${connection.destination}: order ${orderId} is pushed`
}

async function unpushed({ host }: Stage, connection: number): Promise<Movement[]> {
    const { rows } = await host.db.send<Movement>(
        `select movement_id, order_id, source_item_id, source_location_id, units from stock_movements
         where connection_id = $1 and kind = 'sale' and closed_at is null and sent_at is null and units < 0`,
        [connection],
    )
    return rows
}

async function linesOf({ state }: Stage, movements: readonly Movement[]) {
    const northwind: ShopState = await state(NORTHWIND)
    const variants = northwind.products.flatMap((it) => it.variants)
    return movements.map(({ source_item_id, source_location_id, units }) => ({
        sku: variants.find((it) => it.inventoryItemId === Number(source_item_id))!.sku,
        location: northwind.locations.find((it) => it.id === Number(source_location_id))!.name,
        quantity: -units,
    }))
}

async function note({ host, sandbox }: Stage, connection: number, order: string, twin: number, ids: string[]) {
    const told = sandbox.clock.iso()
    await host.db.send(
        `insert into order_pushes (account_id, connection_id, destination_order_id, state, source_order_id, sent_at, told_at)
         select account_id, connection_id, $2, 'answered', $3, $4, $4 from connections where connection_id = $1
         on conflict do nothing`,
        [connection, order, twin, told],
    )
    const statement =
        'update stock_movements set told_at = $1, changed_at = now() where movement_id = any ($2::bigint[])'
    await host.db.send(statement, [told, ids])
}
