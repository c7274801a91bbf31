import { z } from 'zod'
import { transaction } from '../../sql/database.ts'
import { type MirrorRow, mirrorsOf, releaseMirrors, waitingStates } from '../../sql/mirror/mirrors.ts'
import { isConfirmed, nothingDone, YES } from './ask.ts'
import { command, WrongUse } from './command.ts'
import { byName, CONNECTION, decided, given, ORDERS } from './orders_decide.ts'
import { table, when } from './table.ts'

const MOST = 10_000

export const ordersRelease = command({
    name: 'orders release',
    does: 'Lets go what waits for a person: orders that were held, money that is to be given back, cancellations that were too many.',
    about:
        'Of orders that were held nothing is said any more: the next run pushes them if nothing else refuses them. Of pushed ones\n' +
        'it lists what is to be carried to the other store, with its money, and asks; the next run carries it (D19).',
    example: 'crossdock orders release 1001 --connection 2',
    arguments: [ORDERS],
    options: [CONNECTION, ['--all', 'instead of naming orders: all that waits to be carried'], YES],
    given: given.extend({ all: z.literal(true).optional(), yes: z.literal(true).optional() }),
    async run({ orders, connection, all, yes = false }, desk) {
        if ((all === true) === orders.length > 0) throw new WrongUse('Expected either orders, or --all.')
        const { account_id } = await desk.account()
        const db = await desk.db()
        const names = all ? undefined : (await byName(desk, connection, orders)).map(({ name }) => name)
        const waiting = await mirrorsOf(db, account_id, {
            ...{ connection, states: waitingStates, limit: MOST },
            ...(names && { orders: names }),
        })
        if (waiting.length > 0 && !(await isConfirmed(desk, mirrorTable(waiting), yes))) return nothingDone
        const held = all ? null : await decided(desk, connection, orders, null, 'released')
        const ids = waiting.map(({ mirror_id }) => mirror_id)
        if (ids.length > 0) await transaction(db, (tx) => releaseMirrors(tx, account_id, connection, ids, desk.who))
        return {
            json: { ...held?.json, mirrors: ids },
            text: [...(held ? [held.text] : []), `${ids.length} to be carried by the next run.`],
        }
    },
})

/** What became of pushed orders, as it is or is to be carried to the other store. */
export function mirrorTable(rows: readonly MirrorRow[]): string[] {
    return table(
        ['what', 'order', 'source order', 'to', 'state', 'money', 'happened', 'why'],
        rows.map((row) => [
            ...[row.kind, row.order_name, row.source_order_name, row.towards, row.state],
            row.amount === null ? '' : `${row.amount} ${row.currency}`,
            ...[row.event_at === null ? '' : when(row.event_at), row.detail ?? row.reason],
        ]),
        'Nothing became of it at either store.',
    )
}
