import { z } from 'zod'
import { day, judgeRange } from '../../reports/given.ts'
import { transaction } from '../../sql/database.ts'
import { decideOrders, type Named, type OrderDecision, ordersBetween, ordersNamed } from '../../sql/orders/orders.ts'
import { execute } from '../../sql/query.ts'
import { audit } from '../../sql/runs/audit.ts'
import { connectionById, storeById } from '../../sql/stores/stores.ts'
import { instantOf } from '../wall_clock.ts'
import { isConfirmed, nothingDone, YES } from './ask.ts'
import { command, type Desk, type Option, WrongUse } from './command.ts'
import { number } from './given.ts'
import { runJob } from './run.ts'

export const ORDERS: Option = ['[orders...]', 'names or ids, see orders list']
export const CONNECTION: Option = ['--connection <id>', 'a connection, to whose source they go']
export const given = z.object({ orders: z.array(z.string()).default([]), connection: number })

export const ordersPush = command({
    name: 'orders push',
    does: 'Pushes orders of a destination to its source now, also where the automatic push is off.',
    about:
        'Orders older than the connection are pushed only this way (rule 70), and what the source refused is tried anew.\n' +
        'All other gates stand: an unpaid order waits until it is paid.',
    example: 'crossdock orders push 1001 1002 --connection 2',
    arguments: [ORDERS],
    options: [
        CONNECTION,
        ['--from <day>', 'instead of naming them: those made from this day on, by the zone of the destination'],
        ['--to <day>', 'until this day, which is included'],
        YES,
    ],
    given: given
        .extend({ from: day.optional(), to: day.optional(), yes: z.literal(true).optional() })
        .superRefine(judgeRange),
    async run({ orders, connection, from, to, yes = false }, desk) {
        const byDays = from !== undefined || to !== undefined
        if (byDays === orders.length > 0) throw new WrongUse('Expected either orders, or --from and --to.')
        const named = byDays ? await between(desk, connection, from, to) : await byName(desk, connection, orders)
        if (named.length === 0)
            return { json: { orders: 0 }, text: 'There is no order that fits and is not at the source yet.' }
        const shown = [`${named.length} orders are to be pushed: ${shortList(named)}.`]
        if (byDays && !(await isConfirmed(desk, shown, yes))) return nothingDone
        await note(desk, connection, named, 'push')
        return runJob(desk, 'push_orders', { connection })
    },
})

export const ordersHold = command({
    name: 'orders hold',
    does: 'Keeps orders from being pushed until they are released.',
    example: 'crossdock orders hold 1001 --connection 2',
    arguments: [ORDERS],
    options: [CONNECTION],
    given,
    run: ({ orders, connection }, desk) => decided(desk, connection, orders, 'hold', 'held'),
})

export async function decided(
    desk: Desk,
    connection: number,
    wanted: readonly string[],
    to: OrderDecision | null,
    said: string,
) {
    if (wanted.length === 0) throw new WrongUse('Expected orders, by name or id: see orders list.')
    const named = await byName(desk, connection, wanted)
    await note(desk, connection, named, to)
    return {
        json: { orders: named.map(({ order_id }) => order_id), decision: to },
        text: `${shortList(named)}: ${said}.`,
    }
}

const shortList = (named: readonly Named[]) =>
    named.length > 10
        ? `${named
              .slice(0, 10)
              .map(({ name }) => name)
              .join(', ')} …`
        : named.map(({ name }) => name).join(', ')

export async function byName(desk: Desk, connection_id: number, wanted: readonly string[]): Promise<Named[]> {
    const { account_id } = await desk.account()
    return ordersNamed(await desk.db(), { account_id, connection_id }, wanted)
}

/** Days are those of the destination, both included (rule 84). What is older than the connection is read first (rule 70). */
async function between(desk: Desk, connection_id: number, from?: string, to?: string): Promise<Named[]> {
    if (from === undefined || to === undefined) throw new WrongUse('--from and --to: expected both.')
    const { account_id } = await desk.account()
    const db = await desk.db()
    const { destination_store_id } = await connectionById(db, account_id, connection_id)
    const zone = (await storeById(db, account_id, destination_store_id)).zone ?? 'UTC'
    const midnight = (day: string, more: number) =>
        instantOf(new Date(Date.parse(`${day}T00:00:00Z`) + more * 86_400_000), zone)
    const whose = { account_id, connection_id }
    const widened = await execute(db, 'orders/read_from', { ...whose, from: midnight(from, 0) })
    const args = { connection: connection_id, dry_run: true, whole: widened > 0 }
    const { failed } = await runJob(desk, 'push_orders', args)
    if (failed) throw new Error(failed)
    return ordersBetween(db, whose, midnight(from, 0), midnight(to, 1))
}

async function note(desk: Desk, connection_id: number, named: readonly Named[], decision: OrderDecision | null) {
    const { account_id } = await desk.account()
    const { who } = desk
    const ids = named.map(({ order_id }) => order_id)
    await transaction(await desk.db(), async (tx) => {
        await decideOrders(tx, { account_id, connection_id, who }, ids, decision)
        const detail = { orders: ids, decision }
        await audit(tx, { account_id, who, what: `orders.${decision ?? 'released'}`, connection_id, detail })
    })
}
