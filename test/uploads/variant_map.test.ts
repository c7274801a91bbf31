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

test('a mapping of two columns links variants whose SKUs differ, and a comparison finds the link there', async (t) => {
    const shops = await mappingShops(t, socks)
    const upload = await shops.upload('source_sku,dest_sku\nMUG-1,UK-MUG-1\nSOCK-1,SOCK-6PK\n')
    assert.deepEqual(await shops.told(upload), [
        '2 ok link Links MUG-1 with UK-MUG-1',
        '3 ok link Links SOCK-1 with SOCK-6PK',
    ])
    assert.deepEqual([upload.counts.rows, upload.counts.ok, upload.counts.link], [2, 2, 2])
    assert.deepEqual(await shops.links(), [], 'looking at it changes nothing')
    assert.equal((await shops.apply(upload)).state, 'applied')
    assert.deepEqual(await shops.links(), ['11 111 mapping 1 unit', '21 121 mapping 1 unit'])
    assert.deepEqual(await shops.mappings(), ['SOCK-1 SOCK-6PK 1 upload', 'MUG-1 UK-MUG-1 1 upload'])
})

test('a factor makes packs, blank leaves it as it is, and (clear) takes it back', async (t) => {
    const shops = await mappingShops(t, socks)
    await shops.map(
        'source_sku,dest_sku,qty_factor,price_per,existing_items,note\nSOCK-1,SOCK-6PK,6,pack,fill_blank,six\n',
    )
    assert.deepEqual(await shops.links(), ['11 111 mapping 6 pack fill_blank six'])
    const same = await shops.upload(
        'source_sku,dest_sku,qty_factor,price_per,existing_items,note\nSOCK-1,SOCK-6PK,,,,\n',
    )
    assert.deepEqual(await shops.told(same), ['2 unchanged'])
    await shops.map('source_sku,dest_sku,qty_factor,existing_items,note\nSOCK-1,SOCK-6PK,(clear),(clear),(clear)\n')
    assert.deepEqual(await shops.links(), ['11 111 mapping 1 pack'])
})

test('rule 34: a blank quantity cell of an upload is no value, never 0', async (t) => {
    const shops = await mappingShops(t, socks)
    await shops.map('source_sku,dest_sku,qty_factor\nSOCK-1,SOCK-6PK,6\n')
    for (const blank of ['', ' ', '""']) {
        const upload = await shops.upload(`source_sku,dest_sku,qty_factor\nSOCK-1,SOCK-6PK,${blank}\n`)
        assert.deepEqual(await shops.told(upload), ['2 unchanged'], `"${blank}"`)
    }
    const zero = await shops.upload('source_sku,dest_sku,qty_factor\nSOCK-1,SOCK-6PK,0\n')
    assert.deepEqual(await shops.told(zero), ['2 error qty_factor: expected a positive whole number such as 6, got 0'])
})

test('a file with a wrong row is applied not at all', async (t) => {
    const shops = await mappingShops(t, socks)
    const upload = await shops.upload('source_sku,dest_sku\nMUG-1,UK-MUG-1\nNOTHING,SOCK-6PK\n')
    const after = await shops.apply(upload)
    assert.equal(after.state, 'checked')
    assert.match(after.message!, /Some rows are wrong, so nothing was applied/)
    assert.deepEqual(await shops.links(), [])
})

test('every way in which a row can be wrong has its sentence', async (t) => {
    const shops = await mappingShops(t, {
        source: [
            ...socks.source,
            ...[
                { id: 41, sku: 'TWIN' },
                { id: 51, sku: 'TWIN' },
                { id: 61, sku: 'HID' },
                { id: 71, sku: null },
                { id: 81, sku: 'OURS' },
            ],
        ],
        destination: [
            ...socks.destination,
            ...[
                { id: 141, sku: 'DOUBLE' },
                { id: 151, sku: 'DOUBLE' },
                { id: 161, sku: 'TAKEN' },
                { id: 181, sku: 'OURS' },
            ],
        ],
    })
    await shops.db.send(
        `insert into scopes (account_id, connection_id, kind, value, action) values (1, 1, 'product', '60', 'exclude')`,
    )
    await shops.db.send(linked(31, 161, { connection: 2 }))
    await shops.db.send(linked(81, 181, { ours: true, by: 'origin' }))
    const rows: [string, RegExp][] = [
        ['MERGE,,NOPE,,SOCK-6PK,', /source: no variant of northwind\.example that this connection takes is NOPE/],
        ['MERGE,,HID,,SOCK-6PK,', /source: no variant of northwind\.example that this connection takes is HID/],
        ['MERGE,,MUG-1,,NOPE,', /destination: no variant of corner-shop\.example is NOPE/],
        [
            'MERGE,,TWIN,,SOCK-6PK,',
            /source: 2 variants of northwind\.example are TWIN: 41, 51\. Say which by source_variant_id/,
        ],
        ['MERGE,,MUG-1,,DOUBLE,', /destination: 2 variants of corner-shop\.example are DOUBLE: 141, 151/],
        ['MERGE,,mug-1,,UK-MUG-1,', /no variant .* is mug-1/],
        ['MERGE,,MUG-1,,TAKEN,', /TAKEN of corner-shop\.example is linked by another connection already/],
        ['MERGE,,MUG-1,,OURS,', /OURS was made from OURS by Crossdock: unlink it first/],
        ['MERGE,,MUG-1,,UK-MUG-1,1.5', /qty_factor: expected a positive whole number such as 6, got 1\.5/],
        ['MERGE,,MUG-1,,UK-MUG-1,-2', /qty_factor: .* got -2/],
        [
            'MERGE,other.example,MUG-1,,UK-MUG-1,',
            /it names other\.example and corner-shop\.example, and this upload is for/,
        ],
        ['REPLACE,,MUG-1,,UK-MUG-1,', /command: expected MERGE, UPDATE, DELETE or IGNORE, got REPLACE/],
        ['UPDATE,,MUG-1,,UK-MUG-1,', /UPDATE changes links that are there, and UK-MUG-1 is not linked/],
        ['MERGE,,,,,', /it names no variant/],
        ['MERGE,,MUG-1,,,', /destination: it names none, and MUG-1 is not linked yet/],
        ['MERGE,,,,UK-MUG-1,', /source: it names none, and UK-MUG-1 is not linked yet/],
        ['MERGE,,(clear),,UK-MUG-1,', /a SKU cannot be cleared here: DELETE unlinks/],
        ['DELETE,,MUG-1,,OURS,', /OURS is linked to OURS, not to MUG-1/],
    ]
    const head = 'command,source_store,source_sku,dest_store,dest_sku,qty_factor'
    for (const [row, sentence] of rows) {
        const upload = await shops.upload(`${head}\n${row}\n`)
        const [told = ''] = await shops.told(upload)
        assert.match(told, /^2 error /, row)
        assert.match(told, sentence, row)
    }
})

test('two rows of one destination variant are both wrong, and each names the other', async (t) => {
    const shops = await mappingShops(t, socks)
    const upload = await shops.upload('source_sku,dest_sku\nMUG-1,UK-MUG-1\nSOCK-1,SOCK-6PK\nPOT-1,UK-MUG-1\n')
    const told = await shops.told(upload)
    assert.match(told[0]!, /^2 error rows 2, 4 name one variant of corner-shop\.example, UK-MUG-1: keep one/)
    assert.match(told[1]!, /^3 ok link/)
    assert.match(told[2]!, /^4 error rows 2, 4/)
})

test('ids win over SKUs, and where the two disagree the row is warned of', async (t) => {
    const shops = await mappingShops(t, socks)
    const head = 'source_variant_id,source_sku,dest_variant_id,dest_sku'
    const upload = await shops.upload(`${head}\n21,MUG-1,gid://shopify/ProductVariant/121,OLD\n`)
    const [told = ''] = await shops.told(upload)
    assert.match(
        told,
        /^2 warning link Links MUG-1 with UK-MUG-1.*dest_sku OLD is not the SKU of variant 121 \(UK-MUG-1\), which was taken/,
    )
    const wrong = await shops.upload(`${head}\n99,MUG-1,121,\n2x,MUG-1,111,\n`)
    const lines = await shops.told(wrong)
    assert.match(lines[0]!, /error source: no variant .* is number 99/, 'an id that is wrong is not passed over')
    assert.match(lines[1]!, /error source_variant_id: expected the number of a variant, got 2x/)
})

test('barcode, and handle with options, name a variant where a store has them', async (t) => {
    const shops = await mappingShops(t, {
        source: [
            { id: 11, sku: 'A', barcode: '4006381333931' },
            { id: 21, sku: 'S', handle: 'tee', option1: 'Small' },
            { id: 22, sku: 'M', handle: 'tee', option1: 'Medium' },
        ],
        destination: [
            { id: 111, sku: 'X', barcode: '4006381333931' },
            { id: 121, sku: 'TS', handle: 'tee', option1: 'Small' },
            { id: 122, sku: 'TM', handle: 'tee', option1: 'Medium' },
            { id: 131, sku: 'Z' },
        ],
    })
    await shops.map('barcode,handle,option1\n4006381333931,,\n,tee,Medium\n')
    assert.deepEqual(await shops.links(), ['11 111 mapping 1 unit', '22 122 mapping 1 unit'])
    const unclear = await shops.upload('handle,dest_sku\ntee,TS\n')
    assert.match((await shops.told(unclear))[0]!, /error source: 2 variants of northwind\.example are tee: 21, 22/)
    const partly = await shops.upload('barcode,source_sku,dest_sku\n4000000000000,S,Z\n')
    assert.match(
        (await shops.told(partly))[0]!,
        /warning link Links S with Z.*not both stores have the barcode 4000000000000/,
    )
})

test('DELETE unlinks and keeps the product, and nothing brings the two together again but a mapping', async (t) => {
    const shops = await mappingShops(t, socks)
    await shops.db.send(linked(31, 131))
    await shops.db.send(
        `insert into baseline.variants (account_id, connection_id, destination_variant_id) values (1, 1, 131)`,
    )
    await shops.db.send(
        `insert into baseline.levels (account_id, connection_id, inventory_item_id, location_id) values (1, 1, 1131, 7)`,
    )
    const upload = await shops.upload('command,source_sku,dest_sku\nDELETE,POT-1,\n')
    assert.match(
        (await shops.told(upload))[0]!,
        /^2 ok unlink Unlinks POT-1 from POT-1: the product stays as it is, its stock is written no more/,
    )
    await shops.apply(upload)
    const left = async (table: string) =>
        (await shops.db.send(`select from ${table} where connection_id = 1`)).rows.length
    assert.deepEqual(
        await Promise.all(['variant_links', 'product_links', 'baseline.variants', 'baseline.levels'].map(left)),
        [0, 0, 0, 0],
    )
    await shops.run('compare', {})
    assert.deepEqual(await shops.links(), [], 'their SKUs are the same, and they stay apart')
    const { rows } = await shops.db.send<{ code: string }>(`select code from problems where item_id = 31`)
    assert.deepEqual(rows, [{ code: 'unlinked' }])
    const { rows: made } = await shops.db.send(`select from changes where action = 'create' and source_product_id = 30`)
    assert.equal(made.length, 0, 'and nothing is made in its place')
    await shops.map('source_sku,dest_sku\nPOT-1,POT-1\n')
    await shops.run('compare', {})
    assert.deepEqual(await shops.links(), ['31 131 mapping 1 unit'])
    assert.equal((await shops.db.send(`select from problems where code = 'unlinked'`)).rows.length, 0)
})

test('of what waits, nothing is written any more for what a file took apart', async (t) => {
    const shops = await mappingShops(t, socks)
    await shops.db.send(linked(31, 131))
    await shops.db.send(`
        with made as (
            insert into change_sets (account_id, connection_id, kind, state) values (1, 1, 'price', 'approved') returning change_set_id
        )
        insert into changes (account_id, change_set_id, connection_id, entity, action, source_product_id, item_id, field, origin, rule, status)
        select 1, change_set_id, 1, 'variant', 'update', product, product + 1, 'price', 'source_changed', 'r', 'approved'
        from made, unnest(array[20, 30]) as product`)
    await shops.map('command,source_sku,dest_sku\nDELETE,POT-1,POT-1\n')
    const { rows } = await shops.db.send<{ told: string }>(
        `select source_product_id || ' ' || status as told from changes order by source_product_id`,
    )
    assert.deepEqual(
        rows.map(({ told }) => told),
        ['20 approved', '30 superseded'],
    )
})

test('a link is moved to another variant of the source, and its old partner is not made anew', async (t) => {
    const shops = await mappingShops(t, socks)
    await shops.db.send(linked(31, 131))
    const upload = await shops.upload('source_sku,dest_sku\nMUG-1,POT-1\n')
    assert.deepEqual(await shops.told(upload), ['2 ok relink Links POT-1 with MUG-1 instead of POT-1'])
    await shops.apply(upload)
    await shops.run('compare', {})
    assert.deepEqual(await shops.links(), ['21 131 mapping 1 unit'])
    const { rows } = await shops.db.send(`select from changes where action = 'create' and source_product_id = 30`)
    assert.equal(rows.length, 0)
})

test('what opens fields of an item that was there before shows its next change set first (D9)', async (t) => {
    const shops = await mappingShops(t, socks)
    const over = async () =>
        (
            await shops.db.send<{ over: boolean }>(
                `select first_sync_over_at is not null as over from connections where connection_id = 1`,
            )
        ).rows[0]!.over
    await shops.map('source_sku,dest_sku\nMUG-1,UK-MUG-1\n')
    assert.equal(await over(), true)
    const upload = await shops.upload('source_sku,dest_sku,existing_items\nMUG-1,UK-MUG-1,overwrite\n')
    assert.match(
        (await shops.told(upload))[0]!,
        /Changes the link of MUG-1 with UK-MUG-1\. of its fields: overwrite\. The next change sets wait for a person/,
    )
    await shops.apply(upload)
    assert.equal(await over(), false)
})
