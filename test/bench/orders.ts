import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { refreshMovements } from '../../jobs/stock/movements.ts'
import { copyIn } from '../../sql/copy.ts'
import { type Database, type Session, withConnection } from '../../sql/database.ts'
import { connectionById } from '../../sql/stores/stores.ts'
import { csvLinesOf, jsonLines, writeLines } from './files.ts'
import { FIRST_ID, ITEMS, LOCATION, openUnits } from './goods.ts'
import { lineOf, orderId, orderNodes, orderOf, orderSizesOf } from './order_rows.ts'
import { openRun } from './run.ts'

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

/** Each order is one parcel, from the one location there is. */
const fulfillmentOrders = `
    insert into staging.fulfillment_orders (account_id, store_id, fulfillment_order_id, order_id, status, location_id, read_at, changed_at)
    select account_id, store_id, order_id, order_id, 'OPEN', ${LOCATION.destination}, read_at, changed_at from staging.orders;
    insert into staging.fulfillment_order_lines (account_id, store_id, fulfillment_order_line_id, fulfillment_order_id, line_item_id,
        total_quantity, remaining_quantity, read_at, changed_at)
    select account_id, store_id, line_item_id, order_id, line_item_id, current_quantity, current_quantity, read_at, changed_at
    from staging.line_items`

/**
 * What yesterday's orders moved: the source was told of all of them long ago, and shows them. Of one variant of fifty it was
 * told a moment ago and does not yet: movements of older orders, that staging holds no more.
 */
export async function fillMovements({ db, variants }: Pick<Place, 'db' | 'variants'>): Promise<void> {
    const context = await openRun(db)
    await refreshMovements(context, await connectionById(db, 1, 1), true)
    const rows = Array.from({ length: variants }, (_, n) => n).filter((n) => openUnits(n) > 0)
    const day = `now() - interval '2 days'`
    await db.send(`update stock_movements set sent_at = ${day}, told_at = ${day}, changed_at = ${day},
        closed_at = coalesce(closed_at, ${day}), why = coalesce(why, 'shown')`)
    await db.send(
        `insert into stock_movements (account_id, connection_id, kind, origin, origin_id, location_id, source_item_id,
            destination_item_id, source_location_id, factor, units, known_at, sent_at, told_at, changed_at)
        select 1, 1, 'sale', 'line_item', n, ${LOCATION.destination}, ${FIRST_ID.source + ITEMS} + n,
            ${FIRST_ID.destination + ITEMS} + n, ${LOCATION.source}, 1, -units, ${day}, ${day}, ${day}, ${day}
        from unnest($1::bigint[], $2::integer[]) as open (n, units)`,
        [rows, rows.map(openUnits)],
    )
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
    await db.send(fulfillmentOrders)
    await db.send(`insert into snapshots (account_id, store_id, operation, kind, document, read_at, counts, state, merged_at)
        values (1, 2, 'orders', 'full', '', now() - interval '1 day', '{}', 'complete', now() - interval '1 day')`)
    await forgetToday({ db, variants })
}

/** Takes today's orders away again, so that the next reading meets what the one before met; returns how many there were. */
export async function forgetToday({ db, variants }: Pick<Place, 'db' | 'variants'>): Promise<number> {
    const { orders, new_orders } = orderSizesOf(variants)
    const today = orderId(orders - new_orders)
    await db.send(`delete from stock_movements where order_id >= ${today}; delete from order_effects where order_id >= ${today};
        delete from staging.line_items where order_id >= ${today}`)
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

/** Orders and lines of yesterday that a reading of today wrote, though it changed nothing of them. */
export async function rewrittenOrders(db: Database): Promise<number> {
    const since = `now() - interval '12 hours'`
    const { rows } = await db.send<{ n: string }>(
        `select (select count(*) from staging.orders where read_at > ${since})
            + (select count(*) from staging.line_items where read_at > ${since}) as n`,
    )
    return Number(rows[0]!.n)
}
