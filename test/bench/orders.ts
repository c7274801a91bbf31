import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { copyIn } from '../../sql/copy.ts'
import { type Database, type Session, withConnection } from '../../sql/database.ts'
import { csvLinesOf, jsonLines, writeLines } from './files.ts'
import { lineOf, orderId, orderNodes, orderOf, orderSizesOf } from './order_rows.ts'

const tables = {
    orders: { of: orderOf, columns: Object.keys(orderOf(0)) },
    line_items: { of: lineOf, columns: Object.keys(lineOf(0)) },
}
const names = Object.keys(tables) as (keyof typeof tables)[]

const csvFile = (folder: string, table: string) => join(folder, `destination_${table}.csv`)

/** Writes the destination's orders as CSV by table; returns the lines of a bulk operation's result, to be written. */
export async function writeOrders(folder: string, variants: number, jsonl: string): Promise<number> {
    const sizes = orderSizesOf(variants)
    for (const name of names) await writeLines(csvFile(folder, name), csvLinesOf(tables[name].of, sizes[name]))
    return writeLines(jsonl, jsonLines(orderNodes(sizes.orders)))
}

type Place = { db: Database; folder: string; variants: number }

/** What was read yesterday: all orders but today's. */
export async function fillOrders({ db, folder, variants }: Place): Promise<void> {
    await copied({ db, folder }, async (session) => {
        for (const name of names) {
            const columns = tables[name].columns.join(', ')
            const day = `now() - interval '1 day'`
            await session.send(
                `insert into staging.${name} (account_id, store_id, ${columns}, read_at, changed_at)
                select 1, 2, ${columns}, ${day}, ${day} from yardstick.${name}`,
            )
        }
    })
    await db.send(`insert into snapshots (account_id, store_id, operation, kind, document, read_at, counts, state, merged_at)
        values (1, 2, 'orders', 'full', '', now() - interval '1 day', '{}', 'complete', now() - interval '1 day')`)
    await forgetToday({ db, variants })
}

/** Takes today's orders away again, so that the next reading meets what the one before met; returns how many there were. */
export async function forgetToday({ db, variants }: Pick<Place, 'db' | 'variants'>): Promise<number> {
    const { orders, new_orders } = orderSizesOf(variants)
    const today = orderId(orders - new_orders)
    await db.send(`delete from staging.line_items where order_id >= ${today}`)
    const { rowCount } = await db.send(`delete from staging.orders where order_id >= ${today}`)
    await db.send(`delete from snapshots where operation = 'orders' and read_at > now() - interval '12 hours'`)
    await db.send('vacuum analyze staging.orders, staging.line_items')
    return rowCount
}

/** Milliseconds of a bare COPY of all orders and lines from ready-made CSV into plain unlogged tables. */
export async function copyOfOrders(place: Pick<Place, 'db' | 'folder'>): Promise<number> {
    return copied(place, async () => {})
}

async function copied({ db, folder }: Pick<Place, 'db' | 'folder'>, act: (session: Session) => Promise<void>) {
    return withConnection(db, async (session) => {
        await session.send('drop schema if exists yardstick cascade; create schema yardstick')
        for (const name of names) {
            const columns = tables[name].columns.join(', ')
            await session.send(
                `create unlogged table yardstick.${name} as select ${columns} from staging.${name} with no data`,
            )
        }
        const began = performance.now()
        for (const name of names) {
            const file = createReadStream(csvFile(folder, name), { highWaterMark: 256 * 1024 })
            await copyIn(session, { table: `yardstick.${name}`, columns: tables[name].columns, format: 'csv' }, file)
        }
        const ms = performance.now() - began
        await act(session)
        await session.send('drop schema yardstick cascade')
        return ms
    })
}
