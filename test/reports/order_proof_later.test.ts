import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mug, NOON } from './corner_shop.ts'
import { proofOf, pushed } from './proving.ts'
import { type House, put } from './seed.ts'

/** A line counts, and a run has passed since whatever changed. */
async function countedAndRun({ db, account_id }: House, connection_id: number, line: number): Promise<void> {
    await put(db, 'stock_movements', [
        {
            ...{
                account_id,
                connection_id,
                movement_id: 1,
                kind: 'sale',
                origin: 'line_item',
                origin_id: line,
                location_id: 1,
            },
            ...{
                n: 0,
                order_id: Math.floor(line / 1000),
                source_item_id: 2,
                destination_item_id: 2,
                source_location_id: 1,
            },
            ...{ factor: 1, units: -1, known_at: NOON, created_at: NOON, changed_at: NOON },
        },
    ])
    await longAgo(db)
    await put(db, 'runs', [
        {
            ...{ account_id, run_id: 9, job: 'hourly', reason: 'schedule', state: 'done', requested_at: NOON },
            ...{ started_at: '2027-01-25T13:00:00Z', attempt: 1, arguments: {}, progress: {} },
        },
    ])
}

/** Settings and links stand since before any order. */
async function longAgo(db: House['db']): Promise<void> {
    await db.send(`update connections set settings_at = '2026-01-01'`)
    await db.send(`update variant_links set created_at = '2026-01-01'`)
}

test('rule 67: units that an edit added at both stores, and a line that it added, are counterparts too', async (t) => {
    const { house, connection } = await pushed(t)
    await house.db.send('update staging.line_items set quantity = 3 where line_item_id in (1001, 10011)')
    const added = { order_id: 2, title: 'Socks', quantity: 1, current_quantity: 1, tax_lines: [], properties: [] }
    const { corner_shop, northwind } = house.stores
    await house.rows('staging.line_items', [
        { ...added, store_id: corner_shop, line_item_id: 2002, variant_id: 2, sku: 'SOCK-6', unit_price: '12.0' },
        { ...added, store_id: northwind, line_item_id: 77, order_id: 502, quantity: 6, unit_price: '3.0' },
    ])
    assert.deepEqual((await proofOf(house, connection)).findings, ['edit_waits #2.2'])
    await countedAndRun(house, connection, 2002)
    assert.deepEqual((await proofOf(house, connection)).findings, ['!came_later #2.2'])
    const { rows } = await house.db.send<{ order_push_id: string }>(
        'select order_push_id from order_pushes where destination_order_id = 2',
    )
    await put(house.db, 'order_push_lines', [
        {
            ...{
                account_id: house.account_id,
                order_push_id: rows[0]!.order_push_id,
                line_item_id: 2002,
                part: 1,
                factor: 6,
            },
            ...{ source_variant_id: 2, units: 6, source_line_item_id: 77 },
        },
    ])
    const { isGood, findings, Lines } = await proofOf(house, connection)
    assert.deepEqual([isGood, findings], [true, []])
    assert.deepEqual(
        Lines.map((row) => [row.finding, row.units_source, row.value_source]),
        [
            ['matched', 3, '37.50'],
            ['matched', 2, '25.00'],
            ['matched', 6, '18.00'],
        ],
    )
})

test('an order that nothing keeps back waits for the next run, and is overdue after it', async (t) => {
    const { house, connection } = await pushed(t)
    await house.order({ id: 3, at: NOON, lines: [mug()] })
    const run = (started_at: string, state: string, run_id: number) =>
        put(house.db, 'runs', [
            {
                account_id: house.account_id,
                run_id,
                job: 'hourly',
                reason: 'schedule',
                state,
                started_at,
                requested_at: NOON,
            },
        ])
    await run('2027-01-25T11:00:00Z', 'done', 1)
    await run('2027-01-25T13:00:00Z', 'failed', 2)
    assert.deepEqual((await proofOf(house, connection)).findings, ['waits #3.1'])
    await longAgo(house.db)
    await run('2027-01-25T13:00:00Z', 'done', 3)
    const { isGood, findings } = await proofOf(house, connection)
    assert.deepEqual([isGood, findings], [false, ['!overdue #3.1']])
})
