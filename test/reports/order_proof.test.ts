import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mug, NOON } from './corner_shop.ts'
import { type Proof, proofOf, pushed } from './proving.ts'
import { figuresOf } from './reading.ts'
import { put } from './seed.ts'
import { seedPush } from './seed_push.ts'

test('a range in which each line has one counterpart or a reason is proved, and its money tied out', async (t) => {
    const { house, connection } = await pushed(t)
    await house.order({ id: 3, at: NOON, lines: [mug()], more: { financial_status: 'PENDING' } })
    const odd = [mug({ quantity: 3, price: '3.33', discount: '0.02' }), { sku: 'SOCK-6', quantity: 1, price: '12.0' }]
    await house.order({ id: 4, at: NOON, lines: [...odd, { sku: 'OWN', quantity: 1, price: '5.0' }] })
    // 9.97 pounds are 12.4625 dollars, 12.46 to the cent: 4.15 twice, and 4.16.
    const parts = [
        { line: 4001, part: 1, units: 2, price: '4.15' },
        { line: 4001, part: 2, units: 1, price: '4.16' },
        { line: 4002, units: 6, price: '2.5', factor: 6 },
    ]
    await seedPush(house, { connection, order: 4, twin: 504, parts })
    const { isGood, findings, Orders, Lines, Summary } = await proofOf(house, connection)
    assert.deepEqual([isGood, findings], [true, []])
    assert.deepEqual(
        Orders.map((row) => [row.finding, row.value_dest, row.value_expected, row.value_source, row.difference]),
        [
            ['one_twin', '20.00', '25.00', '25.00', '0.00'],
            ['one_twin', '20.00', '25.00', '25.00', '0.00'],
            ['no_twin', null, null, null, null],
            ['one_twin', '21.97', '27.46', '27.46', '0.00'],
        ],
    )
    assert.deepEqual(
        Lines.map((row) => row.finding),
        ['matched', 'matched', 'explained', 'matched', 'matched', 'stays'],
    )
    const figures = figuresOf(Summary)
    assert.deepEqual([figures['findings: unexplained'], figures['money: difference']], [0, '0.00'])
    assert.match(String(figures['report: verdict']), /^Proved: 4 orders, 6 lines: 4 matched, 1 with a reason/)
})

test('rule 59: two orders of the source with one origin are found, and so is a line that is there twice', async (t) => {
    const { house, connection } = await pushed(t)
    const { northwind } = house.stores
    await house.order(
        { id: 501_000, at: NOON, lines: [], more: { origin: 'corner-shop.example/1', name: '#N777' } },
        northwind,
    )
    const line = {
        store_id: northwind,
        order_id: 502,
        title: 'Again',
        quantity: 2,
        current_quantity: 2,
        unit_price: '12.5',
    }
    await house.rows('staging.line_items', [
        { ...line, line_item_id: 9, mark: '2001/1', tax_lines: [], properties: [] },
    ])
    const { isGood, findings, Orders } = await proofOf(house, connection)
    assert.equal(isGood, false)
    assert.deepEqual(findings, ['!line_doubled #2.1', '!money_differs #2', '!twin_doubled #1'])
    assert.deepEqual([Orders[0]!.source_orders, Orders[0]!.source_order_no], [2, '#N501, #N777'])
})

test('rule 59: an order of the source with our mark that nobody pushed, or whose order is gone, is an orphan', async (t) => {
    const { house, connection } = await pushed(t)
    const { northwind } = house.stores
    await house.order({ id: 3, at: NOON, lines: [mug()] })
    const strangers = { 701: 'corner-shop.example/3', 702: 'corner-shop.example/999', 703: 'outlet.example/1' }
    for (const [id, origin] of Object.entries(strangers)) {
        await house.order({ id: Number(id), at: NOON, lines: [], more: { origin } }, northwind)
    }
    const early = { origin: 'corner-shop.example/998' }
    await house.order({ id: 704, at: '2026-12-01T12:00:00Z', lines: [], more: early }, northwind)
    const { isGood, findings } = await proofOf(house, connection)
    assert.deepEqual(
        [isGood, findings],
        [false, ['!orphan #3', '!orphan_unknown corner-shop.example/999', 'waits #3.1']],
    )
})

test('an order or a line that is gone at the source is found once the source was read', async (t) => {
    const { house, connection } = await pushed(t)
    await house.db.send('delete from staging.orders where order_id = 501')
    await house.db.send('delete from staging.line_items where order_id in (501, 502)')
    const before = await proofOf(house, connection)
    assert.deepEqual(
        [before.isGood, before.findings],
        [false, ['!line_missing #2.1', '!money_differs #2', 'unread #1']],
    )
    const reading = {
        store_id: house.stores.northwind,
        operation: 'orders',
        kind: 'full',
        document: '',
        state: 'complete',
    }
    await put(house.db, 'snapshots', [
        {
            account_id: house.account_id,
            snapshot_id: 1,
            ...reading,
            counts: {},
            read_at: '2027-01-26T00:00:00Z',
            created_at: NOON,
        },
    ])
    const { findings } = await proofOf(house, connection)
    assert.deepEqual(findings, ['!line_missing #2.1', '!money_differs #2', '!twin_missing #1'])
})

test('other units and other money at the source are found to the cent', async (t) => {
    const { house, connection } = await pushed(t)
    await house.db.send('update staging.line_items set quantity = 3 where order_id = 501')
    await house.db.send(`update staging.line_items set unit_price = '12.49' where order_id = 502`)
    const { isGood, findings, Orders } = await proofOf(house, connection)
    assert.deepEqual([isGood, findings], [false, ['!money_differs #1', '!money_differs #2', '!quantity_differs #1.1']])
    assert.deepEqual(
        Orders.map((row) => row.difference),
        ['12.50', '-0.02'],
    )
})

test('what was sent without an answer, and a draft that waits, are noted and fail nothing', async (t) => {
    const { house, connection } = await pushed(t)
    for (const [id, state] of [
        [3, 'unknown'],
        [4, 'drafted'],
    ] as const) {
        await house.order({ id, at: NOON, lines: [mug()] })
        const parts = [{ line: id * 1000 + 1, units: 2, price: '12.5' }]
        await seedPush(house, { connection, order: id, twin: null, parts, more: { state } })
    }
    const { isGood, findings } = await proofOf(house, connection)
    assert.deepEqual([isGood, findings], [true, ['draft #4', 'in_doubt #3.1']])
})

test('refunds of both sides stand beside each other, and a difference is noted', async (t) => {
    const { house, connection } = await pushed(t)
    const { corner_shop } = house.stores
    const refund = {
        store_id: corner_shop,
        refund_id: 1,
        order_id: 1,
        created_at: NOON,
        updated_at: NOON,
        amount: '10.0',
    }
    await house.rows('staging.refunds', [refund])
    await house.rows('staging.refund_lines', [
        {
            store_id: corner_shop,
            refund_line_id: 1,
            refund_id: 1,
            line_item_id: 1001,
            quantity: 1,
            restock_type: 'RETURN',
        },
    ])
    await house.db.send(`update staging.orders set refunded_total = '10.0' where order_id = 1`)
    const before = await proofOf(house, connection)
    const refunds = ({ Orders }: Proof) => [
        Orders[0]!.refunded_dest,
        Orders[0]!.refund_expected,
        Orders[0]!.refunded_source,
    ]
    assert.deepEqual(
        [before.isGood, before.findings, refunds(before)],
        [true, ['refund_differs #1'], ['10.00', '12.50', '0.00']],
    )
    await house.db.send(`update staging.orders set refunded_total = '12.5' where order_id = 501`)
    const after = await proofOf(house, connection)
    assert.deepEqual([after.findings, refunds(after)], [[], ['10.00', '12.50', '12.50']])
})

test('rule 91: marks of other destinations at the source are none of its business', async (t) => {
    const { house, connection } = await pushed(t)
    const more = { origin: 'corner-shop.example.evil/1' }
    await house.order({ id: 801, at: NOON, lines: [], more }, house.stores.northwind)
    await house.order(
        { id: 802, at: NOON, lines: [], more: { origin: 'corner-shop.example/7' } },
        house.stores.southwind,
    )
    assert.deepEqual((await proofOf(house, connection)).findings, [])
})
