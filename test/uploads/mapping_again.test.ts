import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linked, mappingShops } from './mapping.ts'

const socks = {
    source: [
        { id: 11, sku: 'SOCK-1' },
        { id: 21, sku: 'MUG-1' },
        { id: 31, sku: 'POT-1' },
    ],
    destination: [
        { id: 111, sku: 'SOCK-6PK' },
        { id: 121, sku: 'UK-MUG-1' },
        { id: 131, sku: 'POT-1' },
    ],
}

test('the template uploaded as it is changes nothing: links by any key, packs, pairs kept apart, mappings of the settings', async (t) => {
    const shops = await mappingShops(t, {
        source: [
            ...socks.source,
            { id: 41, sku: 'TWIN' },
            { id: 51, sku: 'TWIN' },
            { id: 61, sku: '=1+1' },
            { id: 71, sku: '00123' },
        ],
        destination: [
            ...socks.destination,
            { id: 141, sku: 'TWIN' },
            { id: 161, sku: '=1+1' },
            { id: 171, sku: '1E5' },
        ],
    })
    await shops.db.send(linked(31, 131))
    await shops.db.send(linked(41, 141))
    await shops.db.send(
        `insert into mappings (account_id, connection_id, source_sku, destination_sku) values (1, 1, 'LATER', 'LATER-6')`,
    )
    await shops.map(
        `source_sku,dest_sku,qty_factor,note\nSOCK-1,SOCK-6PK,6,"two\nlines, and ""quotes"""\n'=1+1,'=1+1,,\n00123,1E5,,'-x\n`,
    )
    await shops.map('command,source_sku,dest_sku\nDELETE,MUG-1,UK-MUG-1\n')
    for (const format of ['csv', 'xlsx'] as const) {
        const file = await shops.template(format)
        const upload = await shops.upload(file, `map.${format}`)
        const told = await shops.told(upload)
        assert.deepEqual(
            told.map((line) => line.replace(/^\d+ /, '')),
            [...Array(6).fill('unchanged'), 'unchanged They are not linked'],
            format,
        )
    }
    const csv = (await shops.template()).toString()
    assert.match(
        csv,
        /MERGE,northwind\.example,TWIN,corner-shop\.example,TWIN,sku,1,unit,,41,,/,
        'the id where a SKU is not enough',
    )
    assert.match(csv, /,'=1\+1,corner-shop\.example,'=1\+1,/)
})

test('a mapping that settings named is taken over by an upload, and other settings leave it', async (t) => {
    const row = { source_sku: 'MUG-1', destination_sku: 'UK-MUG-1', factor: 1, price_per: 'unit', existing_items: null }
    const other = { ...row, source_sku: 'LATER', destination_sku: 'LATER' }
    const shops = await mappingShops(t, { ...socks, settings: { mappings: [row, other] } })
    await shops.db.send(
        `insert into mappings (account_id, connection_id, source_sku, destination_sku) values (1, 1, 'MUG-1', 'UK-MUG-1'), (1, 1, 'LATER', 'LATER')`,
    )
    await shops.map('source_sku,dest_sku,qty_factor\nMUG-1,UK-MUG-1,2\n')
    const { rows } = await shops.db.send<{ left: unknown }>(
        `select settings -> 'mappings' as left from connections where connection_id = 1`,
    )
    assert.deepEqual(rows[0]!.left, [other])
    assert.deepEqual(await shops.mappings(), ['LATER LATER 1 settings', 'MUG-1 UK-MUG-1 2 upload'])
})

test('what moved between looking and applying is told, and applied only when it was looked at again', async (t) => {
    const shops = await mappingShops(t, socks)
    const file = 'source_sku,dest_sku\nMUG-1,UK-MUG-1\n'
    const [first, second] = [await shops.upload(file), await shops.upload(file.replace('MUG-1,', 'SOCK-1,'))]
    assert.equal((await shops.apply(first)).state, 'applied')
    const stale = await shops.apply(second)
    assert.equal(stale.state, 'checked')
    assert.match(stale.message!, /has moved since you saw it.*Nothing was applied/)
    assert.deepEqual(await shops.told(stale), ['2 ok relink Links UK-MUG-1 with SOCK-1 instead of MUG-1'])
    assert.deepEqual(await shops.links(), ['21 121 mapping 1 unit'])
    assert.equal((await shops.apply(stale)).state, 'applied')
    assert.deepEqual(await shops.links(), ['11 121 mapping 1 unit'])
})

test('an upload is applied once, whoever asks again', async (t) => {
    const shops = await mappingShops(t, socks)
    const applied = await shops.map('source_sku,dest_sku\nMUG-1,UK-MUG-1\n')
    await shops.map('command,source_sku,dest_sku\nDELETE,MUG-1,UK-MUG-1\n')
    await shops.apply(applied)
    assert.deepEqual(await shops.links(), [])
    const { rows } = await shops.db.send(`select from audit_events where what = 'upload.variant_map'`)
    assert.equal(rows.length, 2)
})
