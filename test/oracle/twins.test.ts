import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bought, found, LINE, ORDER, parcel, part, pushed, refund } from './twins/small_orders.ts'

const shipped = (quantity: number) => ({ unfulfilledQuantity: 0, fulfilledQuantity: quantity })

test('an order that no gate refuses has one order at the source, and no other', () => {
    assert.deepEqual(found({ here: [bought()], there: [pushed()] }), [])
    assert.deepEqual(found({ here: [bought()] }), ['orders at the source'])
    assert.deepEqual(found({ here: [bought()], there: [pushed(), pushed([part('12.50')], { id: 602 })] }), [
        'orders at the source',
    ])
    assert.deepEqual(found({ here: [], there: [pushed()] }), ['stands for'])
})

test('rule 52: an order that a gate refuses has none', () => {
    const refused = [
        bought({}, { test: true }),
        bought({}, { createdAt: '2026-01-01T00:00:00Z' }),
        bought({}, { financialStatus: 'PENDING' }),
        bought({}, { total: '0.00' }),
        bought({}, { shippingAddress: null }),
        bought({ variantId: 77 }),
    ]
    for (const order of refused) {
        assert.deepEqual(found({ here: [order] }), [])
        assert.equal(found({ here: [order], there: [pushed()] }).length > 0, true)
    }
    const late = bought({}, { createdAt: '2026-01-01T00:00:00Z' })
    assert.deepEqual(found({ here: [late], asked: { said: new Map([[ORDER, 'push']]) } }), ['orders at the source'])
})

test('rule 57: without the switch nothing is pushed but what a person asks for', () => {
    const settings = { push: { automatic: false } }
    assert.deepEqual(found({ here: [bought()], settings }), [])
    assert.deepEqual(found({ here: [bought()], there: [pushed()], settings }), ['orders at the source: PUSH_DISABLED'])
})

test('rule 63: the total really paid is kept to the cent, on two lines where it does not divide', () => {
    const here = [bought({ quantity: 3, currentQuantity: 3, unfulfilledQuantity: 3, price: '3.33', discount: '0.01' })]
    const split = [part('4.16', 2), part('4.15', 1, { id: 702 })]
    // 9.98 × 1.25 = 12.475, half up
    assert.deepEqual(found({ here, there: [pushed(split)] }), ['line 502 MUG in all'])
    const right = [part('4.16', 3)]
    assert.deepEqual(found({ here, there: [pushed(right)] }), [])
    const dropped = [part('4.15', 3)]
    assert.deepEqual(found({ here, there: [pushed(dropped)] }), ['line 502 MUG in all'])
})

test('rule 63: a pack goes as its units, at the total of the pack', () => {
    const pack = [part('2.08', 4), part('2.09', 2, { id: 702 })]
    assert.deepEqual(found({ here: [bought()], there: [pushed(pack)], factor: 6 }), [])
    assert.deepEqual(found({ here: [bought()], there: [pushed([part('12.50')])], factor: 6 }).length > 0, true)
})

test('rule 62: the highest threshold that the goods reach says what shipping costs', () => {
    const push = {
        shipping: [
            { from: '0', cost: '4.00' },
            { from: '12.5', cost: '2' },
        ],
    }
    const there = [pushed([part('12.50')], { shippingLines: [{ title: 'Post', price: '2.00' }], received: '12.50' })]
    assert.deepEqual(found({ here: [bought()], there, settings: { push } }), [])
    assert.deepEqual(found({ here: [bought()], there: [pushed()], settings: { push } }), ['shipping'])
})

test('rule 71: with nothing ticked nothing of the buyer leaves the destination', () => {
    const here = [bought({}, { note: 'Ring twice', tags: ['gift'], email: 'ada@example.com' })]
    const settings = { order_details: ['shipping_address'] }
    const quiet = { billingAddress: null }
    assert.deepEqual(found({ here, there: [pushed([part('12.50')], quiet)], settings }), [])
    const says = {
        ...quiet,
        note: 'Prices include tax. Ring twice',
        tags: ['crossdock', 'corner-shop.example', '#7', 'gift'],
    }
    assert.deepEqual(found({ here, there: [pushed([part('12.50')], says)], settings }), [
        'the note travels',
        'tag gift travels',
    ])
})

test('rules 60 and 61: it shows which order it stands for, and whether prices include tax', () => {
    const silent = pushed([part('12.50')], { tags: ['crossdock'], note: 'Prices do not include tax.' })
    assert.deepEqual(found({ here: [bought()], there: [silent] }), [
        'marks',
        'marks',
        'note says that prices include tax',
    ])
})

test('rules 64 and 65: each parcel of the source is at the destination once, and told of once', () => {
    const there = [pushed([part('12.50', 1, shipped(1))], { fulfillments: [parcel(701, 1, 'A')] })]
    const here = (...parcels: ReturnType<typeof parcel>[]) => [bought(shipped(1), { fulfillments: parcels })]
    assert.deepEqual(found({ here: here(parcel(LINE, 1, 'A', { mails: 1 })), there }), [])
    assert.deepEqual(found({ here: [bought()], there }), ['shipped of line 502 MUG', 'parcel A/DPD'])
    assert.deepEqual(found({ here: here(parcel(LINE, 1, 'A', { mails: 2 })), there }), [
        'mails of parcel A/DPD',
        'mails',
    ])
    const twice = here(parcel(LINE, 1, 'A'), parcel(LINE, 1, 'A'))
    assert.deepEqual(found({ here: twice, there }), ['parcel A/DPD', 'parcels A/DPD from 0'])
    const gone = [pushed([part('12.50')], { fulfillments: [parcel(701, 1, 'A', { status: 'CANCELLED' })] })]
    assert.deepEqual(found({ here: here(parcel(LINE, 1, 'A')), there: gone }), ['parcels A/DPD, which never left'])
})

test('rules 22 and 68: a refund is one at the other store, with its restock, and is not carried back', () => {
    const here = (...refunds: ReturnType<typeof refund>[]) => [
        bought({ currentQuantity: 0, restocked: 1 }, { refunds }),
    ]
    const there = (...refunds: ReturnType<typeof refund>[]) => [
        pushed([part('12.50', 1, { currentQuantity: 0, restocked: 1 })], { refunds }),
    ]
    const [hand, ours] = [refund(LINE, 1, 'CANCEL', 'hand'), refund(701, 1, 'CANCEL', '[crossdock-1]')]
    assert.deepEqual(found({ here: here(hand), there: there(ours) }), [])
    assert.deepEqual(found({ here: here(hand), there: [pushed()] }), [
        'units held of item 15',
        'refunds carried to the source',
    ])
    const lost = refund(701, 1, 'NO_RESTOCK', '[crossdock-1]')
    assert.deepEqual(found({ here: here(hand), there: there(lost) }).slice(-2), [
        'refunds carried to the source',
        'refunds carried to the source',
    ])
    const echo = refund(LINE, 1, 'CANCEL', '[crossdock-2]')
    assert.deepEqual(found({ here: here(hand, echo), there: there(ours) }).slice(-1), [
        'refunds carried to the destination',
    ])
})

test('rule 24: what is cancelled at one store is at the other', () => {
    const cut = { cancelledAt: '2026-02-01T15:00:00Z' }
    const none = { currentQuantity: 0, unfulfilledQuantity: 0 }
    assert.deepEqual(found({ here: [bought(none, cut)], there: [pushed()] }).includes('the twin is cancelled'), true)
    const there = [pushed([part('12.50', 1, none)], cut)]
    assert.deepEqual(found({ here: [bought()], there }).includes('the order is cancelled'), true)
    assert.deepEqual(found({ here: [bought(none, cut)], there }), [])
})

test('D19: a refund that was carried over moves no money that nobody confirmed', () => {
    const ours = { ...refund(LINE, 1, 'CANCEL', '[crossdock-1]'), amount: '5.00' }
    const here = [bought({ currentQuantity: 0 }, { refunds: [ours] })]
    const there = [pushed([part('12.50', 1, { currentQuantity: 0 })], { refunds: [refund(701, 1, 'CANCEL', 'hand')] })]
    assert.deepEqual(found({ here, there }), ['money of refund 900, which nobody confirmed'])
})
