import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { withReport } from '../../reports/index.ts'
import { transaction } from '../../sql/database.ts'
import { lookAtSkus } from '../../sql/health/look.ts'
import { testDatabase } from '../helpers/database.ts'
import { figuresOf, type ReadRow, reportNamed, sheetsOf } from './reading.ts'
import { type House, put, seedHouse } from './seed.ts'

type Item = { id: number; sku: string | null; barcode?: string; more?: object }

/** Northwind and the corner shop with items that are not linked, all offered. */
async function shops(t: TestContext, northwind: Item[], corner: Item[]) {
    const { db } = await testDatabase(t)
    const house = await seedHouse(db)
    const connection = await house.connect('northwind', {})
    await put(db, 'scopes', [
        { account_id: house.account_id, connection_id: connection, kind: 'all', action: 'include', value: '' },
    ])
    await stock(house, house.stores.northwind, northwind)
    await stock(house, house.stores.corner_shop, corner)
    return { house, connection }
}

async function stock(house: House, store_id: number, items: Item[]): Promise<void> {
    const of = (id: number) => ({ store_id, product_id: id, title: `Item ${id}`, handle: `item-${id}` })
    await house.rows(
        'staging.products',
        items.map(({ id }) => of(id)),
    )
    await house.rows(
        'staging.variants',
        items.map(({ id, sku, barcode, more }) => ({
            ...{
                store_id,
                product_id: id,
                variant_id: id,
                inventory_item_id: id,
                sku,
                barcode: barcode ?? null,
                tracked: true,
            },
            ...more,
        })),
    )
}

async function look({ db, account_id }: House, connection: number, run = '1'): Promise<void> {
    await transaction(db, (tx) => lookAtSkus(tx, { account_id, connection_id: connection }, run))
}

const asked = (connection: number) => ({ connection: String(connection) })
const findingsOf = (rows: ReadRow[]) =>
    rows.map(({ rule, store, sku_raw, other_sku }) => [rule, String(store).split('.')[0], sku_raw, other_sku])

test('rule 4: SKUs that differ in case, blanks, width, O and 0, or a prefix are near misses, each told with its fix', async (t) => {
    const { house, connection } = await shops(
        t,
        [
            { id: 1, sku: 'ABC-123' },
            { id: 2, sku: 'MUG 7' },
            { id: 3, sku: 'TEE-100' },
            { id: 4, sku: 'SOCK-44' },
            { id: 5, sku: 'ONLY-HERE' },
        ],
        [
            { id: 101, sku: 'abc-123' },
            { id: 102, sku: 'MUG7\u200b' },
            { id: 103, sku: 'TEE-1O0' },
            { id: 104, sku: 'UK-SOCK-44' },
            { id: 105, sku: 'MINE' },
        ],
    )
    await look(house, connection)
    const { Findings, sku_fix, variant_map, Summary } = await sheetsOf(house, 'sku-health', asked(connection))
    assert.deepEqual(findingsOf(Findings!), [
        ['case_differs', 'corner-shop', 'abc-123', 'ABC-123'],
        ['o_zero', 'corner-shop', 'TEE-1O0', 'TEE-100'],
        ['orphan_source', 'northwind', 'ONLY-HERE', null],
        ['prefix_suffix', 'corner-shop', 'UK-SOCK-44', 'SOCK-44'],
        ['whitespace_or_invisible', 'corner-shop', 'MUG7\u200b', 'MUG 7'],
        ['orphan_dest', 'corner-shop', 'MINE', null],
    ])
    assert.equal(Findings![4]!.sku_visible, 'MUG7∅')
    assert.deepEqual(
        sku_fix!.map(({ old_sku, new_sku }) => [old_sku, new_sku]),
        [
            ['MUG7\u200b', 'MUG 7'],
            ['TEE-1O0', 'TEE-100'],
            ['abc-123', 'ABC-123'],
        ],
    )
    assert.deepEqual(
        variant_map!.map(({ command, source_sku, dest_sku }) => [command, source_sku, dest_sku]),
        [['MERGE', 'SOCK-44', 'UK-SOCK-44']],
    )
    const figures = figuresOf(Summary!)
    assert.equal(figures['health: score'], 40, 'four near misses of five, counting half')
    assert.equal(figures['variants: near miss'], 4)
})

test('rules 1 to 3: a blank SKU and a repeated one are found; none is suggested where several may be meant', async (t) => {
    const { house, connection } = await shops(
        t,
        [
            { id: 1, sku: null },
            { id: 2, sku: 'TWICE' },
            { id: 3, sku: 'TWICE' },
            { id: 4, sku: 'CAP-1' },
        ],
        [
            { id: 101, sku: 'cap-1' },
            { id: 102, sku: 'Cap-1' },
        ],
    )
    await look(house, connection)
    const { Findings, sku_fix } = await sheetsOf(house, 'sku-health', asked(connection))
    assert.deepEqual(findingsOf(Findings!), [
        ['blank_sku', 'northwind', null, null],
        ['duplicate_sku', 'northwind', 'TWICE', null],
        ['duplicate_sku', 'northwind', 'TWICE', null],
        ['case_differs', 'corner-shop', 'Cap-1', 'CAP-1'],
        ['case_differs', 'corner-shop', 'cap-1', 'CAP-1'],
    ])
    assert.deepEqual(sku_fix, [])
})

test('linked items: renamed, tracked at one end, selling on; a finding keeps since when it is known, and ends', async (t) => {
    const { house, connection } = await shops(t, [], [])
    await house.item(1, 'NEW-NAME', connection)
    await house.db.send(`update staging.variants set sku = 'OLD-NAME' where store_id = $1`, [house.stores.corner_shop])
    await house.db.send(`update staging.variants set tracked = false where store_id = $1`, [house.stores.northwind])
    await look(house, connection)
    await house.db.send(
        `update sku_findings set first_seen = '2027-01-02T00:00:00Z', last_seen = '2027-01-02T00:00:00Z'`,
    )
    await look(house, connection, '2')
    const { Findings, sku_fix, Summary } = await sheetsOf(house, 'sku-health', asked(connection))
    assert.deepEqual(findingsOf(Findings!), [
        ['renamed_sku', 'corner-shop', 'OLD-NAME', 'NEW-NAME'],
        ['untracked_one_side', 'corner-shop', 'OLD-NAME', 'NEW-NAME'],
    ])
    assert.equal(Findings![0]!.first_seen, '2027-01-02T00:00:00+00:00')
    assert.notEqual(Findings![0]!.last_seen, Findings![0]!.first_seen)
    assert.equal(sku_fix![0]!.new_sku, 'NEW-NAME')
    assert.equal(figuresOf(Summary!)['health: score'], 100)
    assert.equal(Summary!.filter(({ section }) => section === 'trend').length, 2)
    await house.db.send(`update staging.variants set tracked = true, sku = 'NEW-NAME'`)
    await look(house, connection, '3')
    assert.deepEqual((await sheetsOf(house, 'sku-health', asked(connection))).Findings, [])
})

test("rule 91: a source is told nothing of a destination's own items, a destination no stock of the source", async (t) => {
    const { house, connection } = await shops(
        t,
        [
            { id: 1, sku: 'ABC-123' },
            { id: 2, sku: 'ONLY-HERE' },
        ],
        [
            { id: 101, sku: 'abc-123' },
            { id: 102, sku: 'MINE' },
        ],
    )
    for (const store_id of [house.stores.northwind, house.stores.corner_shop]) {
        const levels = [1, 2, 101, 102].map((id) => ({ store_id, inventory_item_id: id, location_id: 1, available: 7 }))
        await house.rows('staging.levels', levels)
    }
    await look(house, connection)
    const seen = async (side: 'source' | 'destination') => {
        const report = reportNamed('sku-health')
        const given = report.given.parse(asked(connection))
        const texts: string[] = []
        await withReport(house.db, report, { account_id: house.account_id, given, side }, async ({ sheets }) => {
            for (const { batches } of sheets.slice(0, -1)) {
                for await (const rows of batches()) texts.push(...rows.map((row) => row.join('|')))
            }
        })
        return texts.join('\n')
    }
    const source = await seen('source')
    assert.match(source, /ONLY-HERE/)
    assert.doesNotMatch(source, /MINE|abc-123/)
    const destination = await seen('destination')
    assert.match(destination, /MINE[^\n]*\|7\|/)
    assert.match(destination, /orphan_source[^\n]*ONLY-HERE\|ONLY-HERE\|\|\|\|/, 'no units')
})
