import { orderProof } from '../../reports/order_proof.ts'
import { withReport } from '../../reports/report.ts'
import { transaction } from '../../sql/database.ts'
import { type MirrorRow, mirrorsOf } from '../../sql/mirror/mirrors.ts'
import { type OrderRow, ordersOf } from '../../sql/orders/orders.ts'
import { CORNER_SHOP, NORTHWIND } from './cast.ts'
import type { Connected } from './judge.ts'
import { type Connection, timed, work } from './stage.ts'
import { short } from './voice.ts'

/** What became of a destination's orders: how far each is, and whether a report proves that nothing is lost or twice. */
export type Orders = { orders: Pick<OrderRow, 'name' | 'push_state' | 'reason' | 'source_order_name'>[]; proof: string }

/** A parcel leaves the source; its tracking goes back to the buyer's order, and the report of proof is read. */
export async function shipAndProve(stage: Connection): Promise<Orders> {
    const { voice, connections } = stage
    const connection = connections.find(({ destination }) => destination === CORNER_SHOP)!
    voice.step("The source ships; the parcel's tracking goes back", 'orders list, orders push')
    const before = await ordersIn(stage, connection)
    const pushed = before.find(({ push_state, source_order_name }) => push_state === 'pushed' && source_order_name)
    if (pushed) await ship(stage, pushed)
    await timed(stage, 'orders', () => work(stage, 'push_orders'))
    const orders = await ordersIn(stage, connection)
    for (const order of orders) voice.say(`  ${tellOrder(order)}`)
    for (const mirror of await mirrorsIn(stage, connection)) voice.say(`  ${tellMirror(mirror)}`)
    voice.step(
        'Every line sold has one counterpart, or a reason',
        `report order-proof --connection ${connection.connection_id}`,
    )
    const proof = await prove(stage, connection)
    voice.say(`  ${proof}`)
    return {
        orders: orders.map(({ name, push_state, reason, source_order_name }) => ({
            name,
            push_state,
            reason,
            source_order_name,
        })),
        proof,
    }
}

async function ship({ shops }: Connection, { source_order_id }: OrderRow): Promise<void> {
    const tracking = { company: 'UPS', number: `1Z-${source_order_id}` }
    await shops.control('order.ship', { shop: NORTHWIND, id: Number(source_order_id), tracking })
    await shops.control('clock.advance', { seconds: 60 })
}

function ordersIn({ host, account_id }: Connection, { connection_id }: Connected): Promise<OrderRow[]> {
    return transaction(host.db, (tx) => ordersOf(tx, { account_id, connection_id }, { limit: 20 }))
}

function mirrorsIn({ host, account_id }: Connection, { connection_id }: Connected): Promise<MirrorRow[]> {
    return mirrorsOf(host.db, account_id, { connection: connection_id, limit: 20 })
}

function tellOrder({ name, push_state, reason, source_order_name }: OrderRow): string {
    const became = push_state === 'pushed' ? `is ${source_order_name} at ${short(NORTHWIND)}` : `stays: ${reason}`
    return `${name.padEnd(8)} ${became}`
}

function tellMirror({ kind, towards, order_name, source_order_name, state }: MirrorRow): string {
    const [there, here] = [`${source_order_name} at ${short(NORTHWIND)}`, `${order_name} at ${short(CORNER_SHOP)}`]
    const [from, to] = towards === 'destination' ? [there, here] : [here, there]
    return `a ${kind} of ${from} is carried to ${to}: ${state}`
}

/** @throws where something is not explained: a demo must not end with that. */
async function prove({ host, account_id }: Connection, { connection_id }: Connected): Promise<string> {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const given = orderProof.given.parse({ connection: String(connection_id), from: day(-2), to: day(30) })
    const { verdict } = await withReport(host.db, orderProof, { account_id, given }, async (open) => open)
    if (verdict?.isGood) return verdict.sentence
    throw new Error(`Expected orders to be proved: ${verdict?.sentence}`)
}
