import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, single } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import { pushed } from '../helpers/mirroring.ts'
import { buy, pushing } from '../helpers/pushing.ts'
import type { Story } from '../helpers/story.ts'
import { figuresOf, opened, sheetsOf } from './reading.ts'

/** The report of a story's connection, of days around now. */
function asked(story: Story) {
    const day = (days: number) => new Date(story.sandbox.clock.now() + days * 86_400_000).toISOString().slice(0, 10)
    return { connection: String(story.connections.get(CORNER_SHOP)), from: day(-3), to: day(3), zone: 'UTC' }
}

async function proved(story: Story) {
    return opened(story, 'order-proof', asked(story), async ({ verdict }) => verdict)
}

test('rules 53, 59 and 64: what was sold, pushed, shipped and refunded is in the report, and the proof holds all along', async (t) => {
    const story = await pushing(t, { goods: { [CORNER_SHOP]: [single('Own soap', 'SOAP')] } })
    const { sold, twin } = await pushed(story, [
        { sku: 'MUG', quantity: 3, price: '3.33' },
        { sku: 'SOAP', quantity: 1 },
    ])
    await buy(story, [{ sku: 'VASE', quantity: 1 }], { payment: 'pending' })
    await story.hourly()
    assert.deepEqual((await proved(story))!.isGood, true)
    await story.edit(NORTHWIND, 'order.ship', {
        ...{ id: twin, lines: [{ sku: 'MUG', quantity: 1 }], tracking: { company: 'UPS', number: '1Z1' } },
    })
    await story.edit(CORNER_SHOP, 'order.refund', {
        id: sold.id,
        lines: [{ sku: 'MUG', quantity: 1, restock: 'cancel' }],
    })
    await story.hourly()
    await later(story)
    await story.hourly()
    const { Orders, Lines, Summary } = await sheetsOf(story, 'order-push', asked(story))
    const [first, second] = Orders!
    assert.deepEqual(
        [first!.push_state, first!.lines_total, first!.lines_linked, first!.lines_pushed, first!.value_pushed],
        ['pushed', 2, 1, 1, '9.99'],
    )
    assert.deepEqual([first!.tracking_numbers, first!.tracking_company, first!.refund_mirrored], ['1Z1', 'UPS', 'y'])
    assert.ok(String(first!.tracking_returned_at) >= String(first!.first_shipped_at))
    assert.deepEqual([second!.push_state, second!.push_reason_code], ['not_pushed', 'NOT_PAID'])
    assert.deepEqual(
        Lines!.map((row) => [
            row.dest_sku,
            row.line_state,
            row.qty_pushed,
            row.qty_fulfilled,
            row.qty_refunded,
            row.reason_code,
        ]),
        [
            ['MUG', 'pushed', 3, 1, 1, null],
            ['SOAP', 'stays', 0, 0, 0, null],
            ['VASE', 'not_pushed', 0, 0, 0, 'NOT_PAID'],
        ],
    )
    assert.equal(figuresOf(Summary!)['report: source store'], NORTHWIND)
    const proof = await proved(story)
    assert.equal(proof!.isGood, true, proof!.sentence)
})

test('rule 67: units and a line that an edit adds are noted until they count, and counterparts once they were carried over', async (t) => {
    const story = await pushing(t)
    const { sold } = await pushed(story, [{ sku: 'MUG', quantity: 1, price: '9.99' }])
    const add = [{ sku: 'VASE', quantity: 1 }]
    await story.edit(CORNER_SHOP, 'order.edit', { id: sold.id, set: [{ sku: 'MUG', quantity: 2 }], add })
    await story.hourly()
    const { Findings } = await sheetsOf(story, 'order-proof', asked(story))
    assert.deepEqual(
        Findings!.map(({ weight, code, dest_sku }) => [weight, code, dest_sku]),
        [['noted', 'edit_waits', 'VASE']],
    )
    await story.edit(CORNER_SHOP, 'order.pay', { id: sold.id })
    await story.hourly()
    await later(story)
    await story.hourly()
    const { Lines } = await sheetsOf(story, 'order-proof', asked(story))
    assert.deepEqual(
        Lines!.map(({ dest_sku, finding, units_source }) => [dest_sku, finding, units_source]),
        [
            ['MUG', 'matched', 2],
            ['VASE', 'matched', 1],
        ],
    )
    const proof = await proved(story)
    assert.equal(proof!.isGood, true, proof!.sentence)
})

test('rule 63: less than a pack that was shipped waits, and is among the exceptions', async (t) => {
    const six = single('Six mugs', 'MUG-6', { variant: { available: 3, price: '60.00' } })
    const story = await pushing(t, {
        goods: { [CORNER_SHOP]: [six] },
        settings: { mappings: [{ source_sku: 'MUG', destination_sku: 'MUG-6', factor: 6 }] },
    })
    const { twin } = await pushed(story, [{ sku: 'MUG-6', quantity: 2 }])
    await story.edit(NORTHWIND, 'order.ship', { id: twin, lines: [{ sku: 'MUG', quantity: 4 }] })
    await story.hourly()
    const { Lines, Exceptions, Orders } = await sheetsOf(story, 'order-push', asked(story))
    const [line] = Lines!
    assert.deepEqual(
        [line!.line_state, line!.reason_code, line!.qty_pushed, line!.source_sku, line!.matched_by],
        ['pushed', 'PART_OF_PACK', 2, 'MUG', 'mapping'],
    )
    assert.deepEqual(
        Exceptions!.map(({ reason_code, dest_sku }) => [reason_code, dest_sku]),
        [['PART_OF_PACK', 'MUG-6']],
    )
    assert.equal(Orders![0]!.units_pushed, 12)
    assert.equal((await proved(story))!.isGood, true)
})

test('a copy that somebody makes at the source fails the proof', async (t) => {
    const story = await pushing(t)
    const { sold } = await pushed(story, [{ sku: 'MUG', quantity: 2 }])
    const metafields = [
        { namespace: 'crossdock', key: 'origin', type: 'single_line_text_field', value: `${CORNER_SHOP}/${sold.id}` },
    ]
    await story.edit(NORTHWIND, 'order.sell', { lines: [{ sku: 'MUG', quantity: 2 }], metafields })
    await story.run('hourly')
    const { Findings } = await sheetsOf(story, 'order-proof', asked(story))
    assert.deepEqual(
        Findings!.map(({ weight, code, dest_order_no }) => [weight, code, dest_order_no]),
        [['unexplained', 'twin_doubled', sold.name]],
    )
    assert.match((await proved(story))!.sentence, /^Not proved: 1 findings are unexplained/)
})
