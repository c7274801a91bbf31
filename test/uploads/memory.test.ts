import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { Row } from '../../connectors/spreadsheet/sheet.ts'
import { putUpload } from '../../sql/uploads/uploads.ts'
import { type FileFormat, fileFormats, writeSheet } from '../../uploads/files.ts'
import { mappingShops } from './mapping.ts'

/** A workbook takes its time to be made; 100,000 rows of it were not measured. */
const rowsIn = { csv: 100_000, xlsx: 20_000 } as const
const CHILD = join(import.meta.dirname, 'memory_child.ts')
const run = promisify(execFile)

/** A mapping file of so many pairs whose SKUs differ. */
async function fileOf(rows: number, format: FileFormat): Promise<Buffer> {
    const columns = ['command', 'source_sku', 'dest_sku', 'qty_factor', 'note'].map(
        (name) => ({ name, kind: 'text', width: 20 }) as const,
    )
    async function* batches(): AsyncGenerator<readonly Row[]> {
        for (let at = 0; at < rows; at += 1000) {
            yield Array.from({ length: Math.min(1000, rows - at) }, (_, n) => [
                'MERGE',
                `SKU-${at + n}`,
                `UK-${at + n}`,
                '6',
                `note ${at + n}`,
            ])
        }
    }
    const to = new PassThrough()
    const [bytes] = await Promise.all([
        buffer(to),
        writeSheet({ name: 'variant_map', columns, batches: batches() }, format, to),
    ])
    return bytes
}

for (const format of fileFormats) {
    const rows = rowsIn[format]
    test(`an upload of ${rows} rows raises the memory of its process by less than 100 MB, as ${format}`, {
        timeout: 600_000,
    }, async (t) => {
        const { db, url } = await mappingShops(t)
        for (const [store, stem] of [
            [1, 'SKU'],
            [2, 'UK'],
        ]) {
            await db.send(`
                insert into staging.products (account_id, store_id, product_id, handle, tags, read_at)
                select 1, ${store}, n, 'p' || n, '{}', now() from generate_series(0, ${rows - 1}) as n`)
            await db.send(`
                insert into staging.variants (account_id, store_id, variant_id, product_id, sku, inventory_item_id, read_at)
                select 1, ${store}, ${store}000000 + n, n, '${stem}-' || n, n, now() from generate_series(0, ${rows - 1}) as n`)
        }
        await db.send('analyze')
        const ids: string[] = []
        for (const number of [100, rows]) {
            async function* bytes() {
                yield await fileOf(number, format)
            }
            const put = { account_id: 1, connection_id: 1, kind: 'variant_map', file_name: `map.${format}`, who: 'ann' }
            ids.push((await putUpload(db, put, bytes())).upload_id)
        }
        const { stdout } = await run(process.execPath, [CHILD, url, ...ids])
        const told = JSON.parse(stdout)
        t.diagnostic(stdout)
        assert.deepEqual([told.state, told.counts.link], ['applied', rows])
        assert.ok(told.raised < 100, `${told.raised} MB more`)
    })
}
