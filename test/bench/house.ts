import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ALL_ORDERS, orderScopes } from '../../connectors/shopify/scopes.ts'
import { type Database, openDatabase, transaction, withConnection } from '../../sql/database.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { putConnection, putStore, setFacts } from '../../sql/stores/save.ts'
import { parseSettings } from '../../sql/stores/settings.ts'
import { type StoreRow, storeById } from '../../sql/stores/stores.ts'
import { cloneDatabase, type TestServer, urlOf } from '../helpers/test_server.ts'
import { jsonlFile, tableNames, tables, type Written, writeFiles } from './files.ts'
import { FIRST_ID, LOCATION, type Side, sides, sizesOf } from './goods.ts'
import { orderSizesOf } from './order_rows.ts'
import { fillMovements, fillOrders, writeOrders } from './orders.ts'
import { copyPlain, makePlainTables } from './plain_tables.ts'
import { settings } from './rules.ts'
import { compare, openRun } from './run.ts'
import { serveStores } from './store_server.ts'

/** A database with two connected stores, linked and settled as of yesterday, and the stores themselves. */
export type House = {
    variants: number
    folder: string
    written: Written
    url: string
    db: Database
    close(): Promise<void>
}

const textOf = (name: string) => readFile(join(import.meta.dirname, name), 'utf8')

/** Makes files, stores and database for so many variants a side. */
export async function buildHouse(server: TestServer, folder: string, variants: number): Promise<House> {
    const written = await writeFiles(folder, variants)
    written.destination.orders = await writeOrders(folder, variants, jsonlFile(folder, 'destination', 'orders'))
    const stores = await serveStores(folder, written, orderSizesOf(variants).orders)
    const name = `bench_${variants}`
    await cloneDatabase(server, name, server.template)
    const url = urlOf(server.url, name)
    const db = await openDatabase(url, { max: 4 })
    const house = {
        variants,
        folder,
        written,
        url,
        db,
        close: () => Promise.all([db.close(), stores.close()]).then(() => {}),
    }
    await connectStores(db, stores.originOf)
    await fillStaging(house)
    await fillOrders(house)
    await db.send(fillLinks(variants))
    await fillMovements(house)
    await yesterday(house)
    await db.send('vacuum analyze')
    return house
}

async function connectStores(db: Database, originOf: (side: Side) => string): Promise<void> {
    const { account_id } = await addAccount(db, 'bench')
    const rows: StoreRow[] = []
    for (const side of sides) {
        const sealed = { credentials: Buffer.from('-'), join_code: null, api_version: '2026-07' }
        const put = { account_id, domain: `${side}.example`, role: side, origin: originOf(side), ...sealed }
        const store = await storeById(db, account_id, await putStore(db, put))
        const [currency, name] = [side === 'source' ? 'USD' : 'GBP', side]
        const facts = {
            shop_id: '1',
            name,
            currency,
            zone: 'UTC',
            contact_email: 'owner@shop.example',
            scopes: [...orderScopes, ALL_ORDERS],
            publication_id: '1',
        }
        await setFacts(db, store, facts, [{ location_id: String(LOCATION[side]), name: 'Warehouse', active: true }])
        rows.push(store)
    }
    await db.send(`update staging.locations set changed_at = now() - interval '1 day'`)
    await putConnection(db, rows[0]!, rows[1]!, parseSettings(settings), 'bench')
    // Older than any of the orders (D5).
    await db.send(`update connections set first_sync_over_at = now(), accepted_at = '2025-12-01', orders_since = null`)
}

/** Both stores' rows, read a day ago. */
async function fillStaging({ db, folder }: House): Promise<void> {
    for (const [index, side] of sides.entries()) {
        await withConnection(db, async (session) => {
            await makePlainTables(session)
            await copyPlain(session, folder, side)
            for (const table of tableNames) {
                const columns = tables[table].columns.join(', ')
                const day = `now() - interval '1 day'`
                await session.send(
                    `insert into staging.${table} (account_id, store_id, ${columns}, read_at, changed_at)
                    select 1, ${index + 1}, ${columns}, ${side === 'source' ? `now() - interval '12 hours'` : day}, ${day} from yardstick.${table}`,
                )
            }
            await session.send('drop schema yardstick cascade')
        })
    }
    await db.send(`insert into snapshots (account_id, store_id, operation, kind, document, read_at, counts, state, merged_at)
        select s.account_id, s.store_id, o.name, 'full', '', now() - interval '1 day', '{}', 'complete', now() - interval '1 day'
        from stores as s cross join (values ('catalogue'), ('levels')) as o (name)`)
}

function fillLinks(variants: number): string {
    const { products, images } = sizesOf(variants)
    const [s, d] = [FIRST_ID.source, FIRST_ID.destination]
    const image = 700_000_000_000
    return `
        insert into product_links select 1, 1, ${s} + n, 2, ${d} + n, true from generate_series(0, ${products - 1}) as n;
        insert into variant_links (account_id, connection_id, source_variant_id, source_product_id, destination_store_id,
            destination_variant_id, destination_product_id, matched_by, created_by_us)
        select 1, 1, ${s} + n, ${s} + n / 5, 2, ${d} + n, ${d} + n / 5, 'origin', true from generate_series(0, ${variants - 1}) as n;
        update variant_links set linked_at = '2025-12-01';
        insert into image_links
        select 1, 1, ${s} + n / 2, ${s + image} + n, ${d} + n / 2, ${d + image} + n from generate_series(0, ${images - 1}) as n;
        analyze`
}

/** Brings everything back to yesterday evening: nothing differs, every pair is settled. */
export async function yesterday(house: House): Promise<void> {
    const statements = await textOf('yesterday.sql')
    await transaction(house.db, (tx) => tx.send(statements))
    const context = await openRun(house.db)
    const { sets } = await compare(context, { whole: true })
    if (sets.length > 0) throw new Error(`Expected nothing to differ yesterday, came ${JSON.stringify(sets)}.`)
    await house.db.send(
        `update connections set compared_at = now() - interval '12 hours', settings_at = now() - interval '1 day'`,
    )
    await house.db.send('checkpoint')
}

/** Forgets what a comparison recorded, so that the next meets what it met. */
export async function forget({ db }: House): Promise<void> {
    await db.send('delete from changes; delete from change_sets; delete from deviations; delete from problems')
    await db.send(`update connections set compared_at = now() - interval '12 hours'`)
}
