import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cornerShop, mug, NOON, range } from './corner_shop.ts'
import { figuresOf, sheetsOf } from './reading.ts'
import { type House, seedHouse } from './seed.ts'
import { seedPush } from './seed_push.ts'

/** Numbers of the orders in a report. */
async function ordersIn(house: House, asked: object): Promise<unknown[]> {
    return (await sheetsOf(house, 'order-push', asked)).Orders!.map((row) => row.dest_order_no)
}

test('rule 84: "20 to 30 January" includes both days to their last second, in the zone of the destination', async (t) => {
    const { house, connection } = await cornerShop(t)
    const times = ['2027-01-19T23:59:59Z', '2027-01-20T00:00:00Z', '2027-01-30T23:59:59.999Z', '2027-01-31T00:00:00Z']
    for (const [n, at] of times.entries()) await house.order({ id: n + 1, at, lines: [mug()] })
    assert.deepEqual(await ordersIn(house, range(connection)), ['#2', '#3'])
})

test('rule 84: the days are those of the zone that is asked for, also west and east of everybody', async (t) => {
    const { house, connection } = await cornerShop(t)
    const times = ['2027-01-20T04:59:59Z', '2027-01-20T05:00:00Z', '2027-01-21T04:59:59Z', '2027-01-21T05:00:00Z']
    for (const [n, at] of times.entries()) await house.order({ id: n + 1, at, lines: [mug()] })
    const inZone = (zone: string) => ordersIn(house, range(connection, '2027-01-20', '2027-01-20', { zone }))
    assert.deepEqual(await inZone('America/New_York'), ['#2', '#3'])
    assert.deepEqual(await inZone('Europe/London'), ['#1', '#2'])
    assert.deepEqual(await inZone('Pacific/Kiritimati'), ['#1', '#2'], 'there the 20th ends at 10:00')
    assert.deepEqual(await inZone('Asia/Tokyo'), ['#1', '#2'])
})

test('rule 84: a day of 23 or 25 hours is a whole day, and times show the offset of their own day', async (t) => {
    const { house, connection } = await cornerShop(t)
    // In London the clocks go forward on 28 March 2027 at 01:00, and back on 31 October at 02:00.
    const times = ['2027-03-27T23:59:59Z', '2027-03-28T00:00:00Z', '2027-03-28T22:59:59Z', '2027-03-28T23:00:00Z']
    const autumn = ['2027-10-30T22:59:59Z', '2027-10-30T23:00:00Z', '2027-10-31T23:59:59Z', '2027-11-01T00:00:00Z']
    for (const [n, at] of [...times, ...autumn].entries()) await house.order({ id: n + 1, at, lines: [mug()] })
    const { Orders: spring } = await sheetsOf(house, 'order-push', range(connection, '2027-03-28', '2027-03-28'))
    assert.deepEqual(
        spring!.map((row) => row.dest_order_date),
        ['2027-03-28T00:00:00+00:00', '2027-03-28T23:59:59+01:00'],
    )
    assert.deepEqual(await ordersIn(house, range(connection, '2027-10-31', '2027-10-31')), ['#6', '#7'])
    const { Orders: kathmandu } = await sheetsOf(
        house,
        'order-push',
        range(connection, '2027-03-28', '2027-03-28', { zone: 'Asia/Kathmandu' }),
    )
    assert.equal(kathmandu![0]!.dest_order_date, '2027-03-28T05:44:59+05:45')
})

test('a pushed order: what travelled, at which price, where it is, and what stayed', async (t) => {
    const { house, connection } = await cornerShop(t)
    const lines = [
        mug({ discount: '1.0' }),
        { sku: 'SOCK-6', quantity: 1, price: '12.0' },
        { sku: 'OWN', quantity: 1, price: '5.0' },
    ]
    await house.order({
        id: 1,
        at: NOON,
        lines,
        more: { shipping_title: 'Post', shipping_total: '4.0', tags: ['a', 'b'] },
    })
    await house.rows('staging.locations', [
        { store_id: house.stores.northwind, location_id: 9, name: 'Attic', active: true },
    ])
    const parts = [
        { line: 1001, part: 1, units: 1, price: '11.87' },
        { line: 1001, part: 2, units: 1, price: '11.88' },
        { line: 1002, units: 6, price: '2.5', factor: 6 },
    ]
    await seedPush(house, { connection, order: 1, twin: 501, parts })
    await house.db.send('update order_push_lines set source_location_id = 9')
    const { Orders, Lines, Exceptions } = await sheetsOf(house, 'order-push', range(connection))
    const [order] = Orders!
    assert.deepEqual(
        [order!.push_state, order!.push_mode, order!.push_reason_code, order!.push_attempts, order!.run_id],
        ['pushed', 'auto', null, 1, '7'],
    )
    assert.deepEqual(
        [order!.lines_total, order!.lines_linked, order!.lines_pushed, order!.units_pushed, order!.value_pushed],
        [3, 2, 2, 8, '31.00'],
    )
    assert.deepEqual([order!.source_value, order!.source_currency, order!.source_order_no], ['38.75', 'USD', '#N501'])
    assert.deepEqual(
        [order!.dest_total, order!.currency, order!.tax_included, order!.tags],
        ['36.00', 'GBP', 'y', 'a, b'],
    )
    assert.deepEqual(
        Lines!.map((row) => [
            row.line_state,
            row.qty_pushed,
            row.unit_price_source,
            row.matched_by,
            row.source_location,
        ]),
        [
            ['pushed', 2, '11.8750', 'sku', 'Attic'],
            ['pushed', 1, '2.50', 'mapping', 'Attic'],
            ['stays', 0, null, null, null],
        ],
    )
    assert.deepEqual(Exceptions, [])
})

test('every gate that refuses shows as reason with words and a fix, and the lines it keeps are exceptions', async (t) => {
    const { house, connection } = await cornerShop(t)
    await house.order({ id: 1, at: NOON, lines: [mug()], more: { financial_status: 'PENDING' } })
    await house.order({ id: 2, at: NOON, lines: [{ sku: 'OWN', quantity: 1, price: '5.0' }] })
    await house.order({ id: 3, at: NOON, lines: [mug(), { sku: 'SOCK-6', quantity: 1, price: '9.0' }] })
    await house.db.send(`update staging.variants set tracked = false where sku = 'SOCK-6'`)
    await house.order({ id: 4, at: NOON, lines: [mug()], more: { cancelled_at: '2027-01-26T00:00:00Z' } })
    const { Orders, Lines, Exceptions, Summary } = await sheetsOf(house, 'order-push', range(connection))
    assert.deepEqual(
        Orders!.map((row) => [row.push_state, row.push_reason_code]),
        [
            ['not_pushed', 'NOT_PAID'],
            ['not_pushed', 'NO_LINKED_LINE'],
            ['not_pushed', null],
            ['cancelled', 'CANCELLED_BEFORE_PUSH'],
        ],
    )
    assert.equal(Orders![2]!.push_reason_text, 'the next run pushes it')
    assert.deepEqual(
        Lines!.map((row) => [row.dest_order_no, row.line_state, row.reason_code]),
        [
            ['#1', 'not_pushed', 'NOT_PAID'],
            ['#2', 'not_pushed', 'NO_LINKED_LINE'],
            ['#3', 'waits', null],
            ['#3', 'not_pushed', 'ITEM_UNTRACKED'],
            ['#4', 'not_pushed', 'CANCELLED_BEFORE_PUSH'],
        ],
    )
    assert.deepEqual(
        Exceptions!.map((row) => row.reason_code),
        ['CANCELLED_BEFORE_PUSH', 'ITEM_UNTRACKED', 'NOT_PAID', 'NO_LINKED_LINE'],
    )
    assert.match(String(Exceptions![2]!.fix), /^Capture the payment/)
    const figures = figuresOf(Summary!)
    assert.deepEqual([figures['orders by push state: not_pushed'], figures['orders by push state: cancelled']], [3, 1])
    assert.equal(figures['lines by reason: NOT_PAID'], 1)
    assert.equal(figures['unpushed: oldest unpushed order'], '#1, 2027-01-25T12:00:00+00:00')
    assert.equal(figures['report: range'], '2027-01-20 to 2027-01-30, both included')
    assert.equal(figures['rows: Lines'], 5)
})

test('rules 54 to 56: an order is partially pushed only where another source has yet to take its part', async (t) => {
    const { house, connection } = await cornerShop(t)
    const other = await house.connect('southwind')
    await house.item(4, 'HAT', other, {}, house.stores.southwind)
    const hat = { sku: 'HAT', quantity: 1, price: '8.0' }
    const parts = (order: number) => [{ line: order * 1000 + 1, units: 2, price: '12.5' }]
    await house.order({ id: 1, at: NOON, lines: [mug(), hat] })
    await seedPush(house, { connection, order: 1, twin: 501, parts: parts(1) })
    await house.order({ id: 2, at: NOON, lines: [mug(), hat] })
    await seedPush(house, { connection, order: 2, twin: 502, parts: parts(2) })
    const hats = [{ line: 2002, units: 1, price: '10.0' }]
    await seedPush(house, { connection: other, order: 2, twin: 602, parts: hats, source: house.stores.southwind })
    await house.order({ id: 3, at: NOON, lines: [mug(), { sku: 'OWN', quantity: 1, price: '1.0' }] })
    await seedPush(house, { connection, order: 3, twin: 503, parts: parts(3) })
    const states = async (id: number) =>
        (await sheetsOf(house, 'order-push', range(id))).Orders!.map((row) => row.push_state)
    assert.deepEqual(await states(connection), ['partially_pushed', 'pushed', 'pushed'])
    assert.deepEqual(await states(other), ['partially_pushed', 'pushed', 'not_pushed'], 'it is the state of the order')
    await house.db.send(`update connections set state = 'disconnected' where connection_id = $1`, [other])
    assert.deepEqual(await states(connection), ['pushed', 'pushed', 'pushed'])
})

test('a blocked and a disconnected connection keep their report, and it says so', async (t) => {
    const { house, connection } = await cornerShop(t)
    await house.order({ id: 1, at: NOON, lines: [mug()] })
    await house.order({ id: 2, at: NOON, lines: [mug()] })
    await seedPush(house, { connection, order: 1, twin: 501, parts: [{ line: 1001, units: 2, price: '12.5' }] })
    for (const [state, reason] of [
        ['blocked', 'SOURCE_BLOCKED'],
        ['disconnected', 'DISCONNECTED'],
    ]) {
        await house.db.send('update connections set state = $1 where connection_id = $2', [state, connection])
        const { Orders, Summary } = await sheetsOf(house, 'order-push', range(connection))
        assert.deepEqual(
            Orders!.map((row) => [row.push_state, row.push_reason_code]),
            [
                ['pushed', null],
                ['not_pushed', reason],
            ],
        )
        assert.equal(figuresOf(Summary!)['report: connection status'], state)
    }
})

test('rule 91: a report has rows of its own connection and account alone', async (t) => {
    const { house, connection } = await cornerShop(t)
    const stranger = await seedHouse(house.db)
    const theirs = await stranger.connect('northwind')
    await stranger.item(1, 'MUG', theirs)
    await house.order({ id: 1, at: NOON, lines: [mug()] })
    await stranger.order({ id: 1, at: NOON, lines: [mug(), mug()] })
    await seedPush(stranger, {
        connection: theirs,
        order: 1,
        twin: 901,
        parts: [{ line: 1001, units: 2, price: '12.5' }],
    })
    const { Orders, Lines } = await sheetsOf(house, 'order-push', range(connection))
    assert.deepEqual([Orders!.length, Lines!.length, Orders![0]!.source_order_no], [1, 1, null])
    await assert.rejects(
        sheetsOf(house, 'order-push', range(theirs)),
        /Expected a connection of this account, got \d+: see crossdock connections/,
    )
})

test('rule 71: names and countries show only where the settings let them be read', async (t) => {
    const people = async (order_details: string[]) => {
        const { house, connection } = await cornerShop(t, { order_details })
        await house.order({ id: 1, at: NOON, lines: [mug()] })
        const { Orders } = await sheetsOf(house, 'order-push', range(connection))
        return [Orders![0]!.customer_name, Orders![0]!.ship_country]
    }
    assert.deepEqual(await people([]), [null, null])
    assert.deepEqual(await people(['customer']), ['Ada Byron', null])
    assert.deepEqual(await people(['shipping_address']), ['Ann Bell', 'GB'])
})
