import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { pino } from 'pino'
import type { Arguments } from '../../jobs/context.ts'
import { registry } from '../../jobs/registry.ts'
import type { Host } from '../../jobs/run_context.ts'
import { runHere } from '../../jobs/run_here.ts'
import type { Database } from '../../sql/database.ts'
import { parseSettings } from '../../sql/stores/settings.ts'
import { putUpload, rowsOf, type UploadRow, uploadById } from '../../sql/uploads/uploads.ts'
import { type FileFormat, resultSheet, writeSheet, writeTemplate } from '../../uploads/files.ts'
import { variantMap } from '../../uploads/variant_map.ts'
import { testDatabase } from '../helpers/database.ts'

/** A variant of a shop: the digits of its id name its product too. */
export type Goods = {
    id: number
    sku: string | null
    barcode?: string
    handle?: string
    option1?: string
    tags?: string
}

export type Shops = { source?: readonly Goods[]; destination?: readonly Goods[]; settings?: object }

const NAMES = { source: 1, destination: 2 } as const

/**
 * Northwind (store 1) and the corner shop (store 2) connected as 1, plainly in the database, and what a person does with
 * mapping files there. Variant 11 is of product 10, item 1011.
 */
export async function mappingShops(t: TestContext, shops: Shops = {}) {
    const { db, url } = await testDatabase({ after: (end) => t.after(end) }, { max: 6 })
    await db.send(`insert into accounts (name) values ('north')`)
    await db.send(`
        insert into stores (account_id, domain, role, origin, api_version, credentials, currency, zone)
        values
            (1, 'northwind.example', 'source', 'http://127.0.0.1:9', '2026-07', '', 'USD', 'UTC'),
            (1, 'corner-shop.example', 'destination', 'http://127.0.0.1:9', '2026-07', '', 'USD', 'UTC'),
            (1, 'southwind.example', 'source', 'http://127.0.0.1:9', '2026-07', '', 'USD', 'UTC')`)
    const settings = parseSettings(shops.settings)
    await db.send(
        `insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state, accepted_at, first_sync_over_at)
         values (1, 1, 2, 'A', $1, 'connected', now(), now()), (1, 3, 2, 'B', $1, 'connected', now(), now())`,
        [settings],
    )
    await db.send(`insert into scopes (account_id, connection_id, kind) values (1, 1, 'all')`)
    for (const side of ['source', 'destination'] as const) {
        for (const goods of shops[side] ?? []) await stock(db, NAMES[side], goods)
    }
    const host: Host = { db, log: pino({ level: 'silent' }), key: randomBytes(32), jobs: registry }
    return { db, url, host, ...deedsIn(t, db, host) }
}

async function stock(db: Database, store: number, { id, sku, barcode, handle, option1, tags }: Goods): Promise<void> {
    const product = Math.floor(id / 10) * 10
    await db.send(
        `insert into staging.products (account_id, store_id, product_id, handle, tags, read_at)
         values (1, $1, $2, $3, $4, now()) on conflict do nothing`,
        [store, product, handle ?? `p${product}`, tags ? [tags] : []],
    )
    await db.send(
        `insert into staging.variants (account_id, store_id, variant_id, product_id, sku, barcode, option1, inventory_item_id, read_at)
         values (1, $1, $2, $3, $4, $5, $6, $7, now())`,
        [store, id, product, sku, barcode ?? null, option1 ?? null, 1000 + id],
    )
}

function deedsIn(t: TestContext, db: Database, host: Host) {
    const run = async (job: string, args: Arguments) => {
        const ended = await runHere(host, { account_id: 1, job, arguments: args }, { signal: t.signal })
        if (ended.state === 'failed') throw new Error(`The run of ${job} failed: ${ended.error}`)
        return ended
    }
    const upload = async (file: string | Buffer, file_name = 'map.csv') => {
        async function* bytes() {
            yield Buffer.from(file)
        }
        const put = await putUpload(
            db,
            { account_id: 1, connection_id: 1, kind: 'variant_map', file_name, who: 'ann' },
            bytes(),
        )
        await run('preview_upload', { upload: put.upload_id })
        return uploadById(db, put)
    }
    const apply = async (it: UploadRow) => {
        await run('apply_upload', { upload: it.upload_id, who: 'ann', digest: it.digest })
        return uploadById(db, it)
    }
    return {
        run,
        /** Uploads a file and has it looked at. */
        upload,
        apply,
        /** Uploads and applies; fails where that did not go through. */
        async map(file: string) {
            const applied = await apply(await upload(file))
            if (applied.state !== 'applied')
                throw new Error(`Not applied: ${applied.message} ${JSON.stringify(await told(db, applied))}`)
            return applied
        },
        told: (it: UploadRow) => told(db, it),
        links: async () =>
            (
                await db.send<{ pair: string }>(`
                    select concat_ws(' ', source_variant_id, destination_variant_id, matched_by, factor, price_per, existing_items, note) as pair
                    from variant_links where connection_id = 1 order by destination_variant_id`)
            ).rows.map(({ pair }) => pair),
        mappings: async () =>
            (
                await db.send<{ row: string }>(`
                    select concat_ws(' ', source_sku, destination_sku, factor, origin) as row
                    from mappings where connection_id = 1 order by destination_sku`)
            ).rows.map(({ row }) => row),
        template: (format: FileFormat = 'csv') =>
            written((to) => writeTemplate(db, variantMap, { account_id: 1, connection_id: 1 }, format, to)),
        result: (it: UploadRow, format: FileFormat = 'csv') =>
            written((to) => writeSheet(resultSheet(db, it), format, to)),
    }
}

/** What is said of each row: `2 error: …`. */
async function told(db: Database, upload: UploadRow): Promise<string[]> {
    const rows = await rowsOf(db, upload, { asCame: true, limit: 1000 })
    return rows.map(({ row_no, result, action, message }) =>
        [row_no, result, action, message].filter((it) => it !== null && it !== '').join(' '),
    )
}

async function written(write: (to: PassThrough) => Promise<void>): Promise<Buffer> {
    const to = new PassThrough()
    const [bytes] = await Promise.all([buffer(to), write(to)])
    return bytes
}

/** A link that a comparison made. */
export const linked = (
    source: number,
    destination: number,
    more: { by?: string; ours?: boolean; connection?: number } = {},
) => `
    insert into variant_links (
        account_id, connection_id, source_variant_id, source_product_id, destination_store_id, destination_variant_id,
        destination_product_id, matched_by, created_by_us
    )
    values (
        1, ${more.connection ?? 1}, ${source}, ${Math.floor(source / 10) * 10}, 2, ${destination},
        ${Math.floor(destination / 10) * 10}, '${more.by ?? 'sku'}', ${more.ours ?? false}
    );
    insert into product_links (
        account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us
    )
    values (
        1, ${more.connection ?? 1}, ${Math.floor(source / 10) * 10}, 2, ${Math.floor(destination / 10) * 10}, ${more.ours ?? false}
    )
    on conflict do nothing`
