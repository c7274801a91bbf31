import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { addAccount } from '../../../sql/stores/accounts.ts'
import { linkLocations } from '../../../sql/stores/location_links.ts'
import { putConnection, putStore, setFacts } from '../../../sql/stores/save.ts'
import { seal, sealingKey, unseal } from '../../../sql/stores/seal.ts'
import { parseSettings } from '../../../sql/stores/settings.ts'
import { connectionById, storeById } from '../../../sql/stores/stores.ts'
import { testDatabase } from '../../helpers/database.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'

const TOKEN = 'shpat_0123456789abcdef'

test('credentials are sealed for one store with one key, and what cannot be opened is not named', () => {
    const key = randomBytes(32)
    const sealed = seal(key, TOKEN, 'northwind.example')
    assert.equal(unseal(key, sealed, 'northwind.example'), TOKEN)
    assert.ok(!sealed.includes(TOKEN))
    assert.notDeepEqual(seal(key, TOKEN, 'northwind.example'), sealed, 'each time under another nonce')
    const strange = [
        () => unseal(randomBytes(32), sealed, 'northwind.example'),
        () => unseal(key, sealed, 'corner-shop.example'),
        () => unseal(key, Buffer.concat([sealed.subarray(0, -1), Buffer.from('x')]), 'northwind.example'),
    ]
    for (const open of strange) assert.throws(open, /were sealed with another key\. Start with the CROSSDOCK_KEY/)
})

test('the key is made once, at the first start, and for its owner alone', async (t) => {
    const home = await temporaryFolder('key')
    const before = { ...process.env }
    process.env.CROSSDOCK_HOME = home
    delete process.env.CROSSDOCK_KEY
    t.after(async () => {
        process.env = before
        await rm(home, { recursive: true })
    })
    const keys = await Promise.all(Array.from({ length: 20 }, () => sealingKey()))
    assert.equal(new Set(keys.map((key) => key.toString('hex'))).size, 1)
    assert.equal((await stat(join(home, 'key'))).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(home), ['key'], 'no draft of it is left')
    process.env.CROSSDOCK_KEY = 'too short'
    await assert.rejects(sealingKey(), /Expected CROSSDOCK_KEY to hold a key of 32 bytes/)
})

/** An account with northwind, whose stock is at two locations, and corner shop with three, one of them closed. */
async function twoStores(t: TestContext) {
    const { db } = await testDatabase(t)
    const { account_id } = await addAccount(db, 'northwind')
    const put = async (domain: string, role: 'source' | 'destination', names: [string, boolean][]) => {
        const access = { origin: `https://${domain}`, api_version: '2026-07', credentials: Buffer.from('sealed') }
        const store_id = await putStore(db, { account_id, domain, role, ...access, join_code: null })
        const facts = {
            shop_id: '1',
            name: domain,
            currency: 'USD',
            zone: 'UTC',
            contact_email: 'owner@shop.example',
            scopes: [],
            publication_id: null,
        }
        const locations = names.map(([name, active], place) => ({ location_id: `${store_id}0${place}`, name, active }))
        await setFacts(db, await storeById(db, account_id, store_id), facts, locations)
        return storeById(db, account_id, store_id)
    }
    const source = await put('northwind.example', 'source', [
        ['Harbour', true],
        ['Hill', true],
    ])
    const destination = await put('corner-shop.example', 'destination', [
        ['Shop', true],
        ['Cellar', true],
        ['Old shop', false],
    ])
    return { db, account_id, source, destination, put }
}

test('settings become rows, and other settings other rows; the next comparison looks at everything', async (t) => {
    const { db, account_id, source, destination } = await twoStores(t)
    const first = parseSettings({
        rank: 3,
        scopes: [{ kind: 'collection', value: 'winter' }],
        lock_rules: [
            { field: 'price', mode: 'create_only' },
            { field: 'title', mode: 'enforced', scope: 'sku', scope_value: 'A-1', priority: 2 },
        ],
        price_rules: [{ percent: '25.27', round: '.99', min_price: '4.50' }],
        rates: [{ from: 'USD', to: 'EUR', rate: 0.9137 }],
        locations: [{ source: 'Hill', destination: `${destination.store_id}01` }],
        buffers: [{ units: 2, scope: 'vendor', scope_value: 'Acme' }],
        mappings: [{ source_sku: 'A-1', destination_sku: 'A-6', factor: 6 }],
    })
    const id = await putConnection(db, source, destination, first, 'CD-AAAAAA')
    const rows = async (table: string) => (await db.send<Record<string, unknown>>(`select * from ${table}`)).rows
    const [rate] = await rows('exchange_rates')
    assert.equal(rate?.rate, '0.9137')
    assert.ok(rate?.as_of, 'a rate without a time is of now')
    const [second] = (await rows('lock_rules')).filter(({ lock_rule_id }) => lock_rule_id === 2)
    assert.deepEqual([second?.scope, second?.scope_value, second?.field, second?.priority], ['sku', 'A-1', 'title', 2])
    const [price] = await rows('price_rules')
    assert.deepEqual([price?.percent, price?.ending, price?.min_price, price?.rate], ['25.27', '.99', '4.50', null])
    const [link] = await rows('location_links')
    assert.deepEqual(
        [link?.source_location_id, link?.destination_location_id],
        [`${source.store_id}01`, `${destination.store_id}01`],
    )
    assert.deepEqual(
        (await rows('mappings')).map(({ destination_sku, factor }) => [destination_sku, factor]),
        [['A-6', 6]],
    )
    assert.deepEqual(
        (await rows('scopes')).map(({ kind, value }) => [kind, value]),
        [['collection', 'winter']],
    )
    assert.deepEqual(
        (await rows('buffers')).map(({ buffer_units }) => buffer_units),
        [2],
    )

    const before = await connectionById(db, account_id, id)
    assert.equal(before.rank, 3)
    const locations = [{ source: 'Harbour', destination: 'Shop' }]
    assert.equal(await putConnection(db, source, destination, parseSettings({ locations }), 'CD-BBBBBB'), id)
    const after = await connectionById(db, account_id, id)
    assert.ok(after.settings_at > before.settings_at)
    assert.equal(after.join_key, 'CD-AAAAAA', 'its key stays')
    for (const table of ['lock_rules', 'price_rules', 'exchange_rates', 'buffers', 'mappings']) {
        assert.deepEqual(await rows(table), [], table)
    }
    assert.deepEqual(
        (await rows('scopes')).map(({ kind }) => kind),
        ['all'],
    )
})

test('rule 26: locations that break it are refused with both rows named', async (t) => {
    const { db, source, destination } = await twoStores(t)
    const put = (locations: object[]) =>
        putConnection(db, source, destination, parseSettings({ locations }), 'CD-AAAAAA')
    await assert.rejects(
        put([
            { source: 'Hill', destination: 'Shop' },
            { source: 'Hill', destination: 'Cellar' },
        ]),
        /locations\.0 and locations\.1 have one source location/,
    )
    await assert.rejects(
        put([
            { source: 'Harbour', destination: 'Shop', mode: 'sum_into' },
            { source: 'Hill', destination: 'Shop' },
        ]),
        /locations\.0 and locations\.1 have one destination location: .*"sum_into" in both/,
    )
    assert.deepEqual((await db.send('select * from connections')).rows, [], 'nothing was kept')
    await put([
        { source: 'Harbour', destination: 'Shop', mode: 'sum_into' },
        { source: 'Hill', destination: 'Shop', mode: 'sum_into' },
    ])
})

test('locations are named by name or id; none named means the only active one, or an error with the candidates', () => {
    const one = { domain: 'one.example', locations: [{ location_id: '7', name: 'Shop', active: true }] }
    const closed = { location_id: '9', name: 'Closed', active: false }
    const two = {
        domain: 'two.example',
        locations: [...one.locations, closed, { location_id: '8', name: 'Shop', active: true }],
    }
    const withOldShop = { ...one, locations: [...one.locations, closed] }
    assert.deepEqual(linkLocations(parseSettings({}), withOldShop, one), [
        { source_location_id: '7', destination_location_id: '7', mode: 'mirror', priority: 0 },
    ])
    assert.throws(
        () => linkLocations(parseSettings({}), one, two),
        /one active location at two\.example.* got 2: "Shop" \(7\), "Shop" \(8\)/,
    )
    assert.deepEqual(linkLocations(parseSettings({ inventory: false }), one, two), [])
    const named = (destination: string) => parseSettings({ locations: [{ source: '7', destination }] })
    assert.equal(linkLocations(named('8'), one, two)[0]?.destination_location_id, '8')
    assert.throws(() => linkLocations(named('Shop'), one, two), /locations\.0\.destination: .*got 2 of that name/)
    assert.throws(
        () => linkLocations(named('Attic'), one, two),
        /got none\. It has "Shop" \(7\), "Closed" \(9, inactive\)/,
    )
})

test('a second role of a connected store is refused with what to do, an unused store may change its role (D6)', async (t) => {
    const { db, account_id, source, destination, put } = await twoStores(t)
    const locations = [{ source: 'Hill', destination: 'Shop' }]
    assert.equal((await put('corner-shop.example', 'source', [])).role, 'source')
    await put('corner-shop.example', 'destination', [['Shop', true]])
    await putConnection(db, source, destination, parseSettings({ locations }), 'CD-AAAAAA')
    await assert.rejects(
        put('northwind.example', 'destination', []),
        /northwind\.example already is the source of a connection, and a store has one role only \(D6\)\. Use another store/,
    )
    assert.equal((await storeById(db, account_id, source.store_id)).role, 'source')
})

test('settings that contradict themselves are refused, naming the rows', async (t) => {
    const { db, source, destination } = await twoStores(t)
    const put = (document: object) => putConnection(db, source, destination, parseSettings(document), 'CD-AAAAAA')
    const rate = { from: 'USD', to: 'EUR', rate: '0.9' }
    await assert.rejects(put({ rates: [rate, rate] }), /rates\.0 and rates\.1 both give a rate from USD to EUR/)
    await assert.rejects(put({ rates: [{ ...rate, rate: '0' }] }), /rates\.0\.rate: expected a rate above zero/)
    const mappings = ['A', 'B'].map((source_sku) => ({ source_sku, destination_sku: 'X' }))
    await assert.rejects(put({ mappings }), /mappings\.0 and mappings\.1 both give the destination SKU "X"/)
    const lock_rules = [{ field: 'quantity', mode: 'enforced' }]
    await assert.rejects(put({ orders: 'none', lock_rules }), /lock_rules\.0: with "orders": "none" .*\(D4\)/)
})
