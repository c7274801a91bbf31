import assert from 'node:assert/strict'
import { test } from 'node:test'
import { journalByHand, OTHER, SHOP, SOURCE, watched } from './by_hand.ts'

const LEFT = 'is left after all that this store has sold'
const SHOWN = 'is left after all sales that the stores showed when they were asked'

test('rule 33: a figure written over nothing named, or over null, is a fault', () => {
    const shops = journalByHand([watched(SHOP)])
    shops.askAll()
    shops.set(SHOP, 9, null)
    assert.deepEqual(shops.complaints(), ['set over null'])
    shops.set(SHOP, 8, Number.NaN)
    assert.deepEqual(shops.complaints(), ['set over null', 'set over NaN'])
})

test('rule 17: a figure that follows from what was read and sold is no fault', () => {
    const shops = journalByHand([watched(SHOP), watched(OTHER)])
    shops.sell(SHOP, 2)
    shops.askAll()
    shops.set(OTHER, 8)
    shops.set(SHOP, 8)
    assert.deepEqual(shops.complaints(), [])
})

test('rule 17: a figure above what the same store has left is a fault, whatever its index shows', () => {
    const shops = journalByHand([watched(SHOP)])
    shops.lagMs.set(SHOP, 600_000)
    shops.sell(SHOP, 2)
    shops.askAll()
    shops.set(SHOP, 10)
    assert.deepEqual(shops.complaints(), [`10 written where 8 ${LEFT}`])
})

test('rule 17: a figure above what another store sold and showed is a fault; what its index hid is none', () => {
    const shops = journalByHand([watched(SHOP), watched(OTHER)])
    shops.lagMs.set(OTHER, 60_000)
    shops.sell(OTHER, 3)
    shops.askAll()
    shops.set(SHOP, 10)
    assert.deepEqual(shops.complaints(), [])
    shops.later(120)
    shops.askAll()
    shops.set(SHOP, 10)
    assert.deepEqual(shops.complaints(), [`10 written where 7 ${LEFT}`, `10 written where 7 ${SHOWN}`])
})

test('rule 17: a sale between two readings of orders counts from the later one', () => {
    const shops = journalByHand([watched(SHOP), watched(OTHER)])
    shops.askAll()
    shops.sell(OTHER, 3)
    shops.set(SHOP, 10)
    assert.deepEqual(shops.complaints(), [])
})

test('rule 18: what the source was told of before it was read is not subtracted again', () => {
    const shops = journalByHand([watched(SHOP)])
    shops.sell(SHOP, 2)
    shops.ask(SHOP, 'levels')
    shops.ask(SHOP, 'orders')
    shops.adjust(-2)
    shops.ask(SOURCE, 'levels')
    shops.set(SHOP, 8)
    assert.deepEqual(shops.complaints({ ended: true }), [])
})

test('rule 18: the figure that the source showed before it was told is no figure to write', () => {
    const shops = journalByHand([watched(SHOP)])
    shops.sell(SHOP, 2)
    shops.askAll()
    shops.adjust(-2)
    shops.set(SHOP, 10)
    assert.equal(shops.complaints().length, 2)
})

test('rule 18: a pushed order is told of by its twin', () => {
    const shops = journalByHand([watched(SHOP, { orders: 'order_push' })])
    const order = shops.sell(SHOP, 2)
    shops.askAll()
    const twin = shops.sell(SOURCE, 2)
    shops.twins.set(`${SHOP}/${order}`, twin)
    shops.set(SHOP, 8)
    assert.deepEqual(shops.complaints(), [], 'read before the push: subtracted')
    shops.askAll()
    shops.set(SHOP, 8)
    assert.deepEqual(shops.complaints(), [], 'read after the push: shown')
    shops.set(SHOP, 10)
    assert.equal(shops.complaints().length, 2)
})

test('rule 19: what waits for payment is set aside where it was sold, and nowhere else', () => {
    const shops = journalByHand([watched(SHOP), watched(OTHER)])
    shops.sell(SHOP, 2, { status: 'PENDING' })
    shops.askAll()
    shops.set(OTHER, 10)
    assert.deepEqual(shops.complaints(), [])
    shops.set(SHOP, 10)
    assert.equal(shops.complaints().length, 2)
    const expired = journalByHand([watched(SHOP)])
    expired.sell(SHOP, 2, { status: 'EXPIRED' })
    expired.askAll()
    expired.set(SHOP, 10)
    assert.equal(expired.complaints().length, 2)
})

test('rules 19 and 21: of what waits for payment the share of the whole pool is kept back too', () => {
    const buffer = { scope: 'all', scope_value: '', priority: 0, units: 0, percent: '10', zero_below: 0 } as const
    const items = [{ source: 7, destination: 7, factor: 1, buffer }]
    const shops = journalByHand([watched(SHOP, { items })], 41)
    shops.sell(SHOP, 1, { status: 'PENDING' })
    shops.askAll()
    shops.set(SHOP, 35)
    assert.deepEqual(shops.complaints(), [])
    shops.set(SHOP, 36)
    assert.deepEqual(shops.complaints(), [`36 written where 35 ${LEFT}`, `36 written where 35 ${SHOWN}`])
})

test('rule 17: an order that the index finds may show what became of it since', () => {
    const shops = journalByHand([watched(SHOP), watched(OTHER)])
    for (const shop of [SHOP, OTHER]) shops.lagMs.set(shop, 60_000)
    const order = shops.sell(OTHER, 2)
    shops.later(120)
    shops.restock(OTHER, order, 2)
    shops.sell(OTHER, 1)
    shops.askAll()
    shops.set(SHOP, 10)
    assert.deepEqual(shops.complaints(), [])
})

test('D5: tests and orders older than the connection take nothing away', () => {
    const shops = journalByHand([watched(SHOP, { since: 1_003_500 })])
    shops.sell(SHOP, 2)
    shops.later(10)
    shops.sell(SHOP, 1, { test: true })
    shops.askAll()
    shops.set(SHOP, 10)
    assert.deepEqual(shops.complaints(), [])
})

test('rule 23: what was restocked may be sold again', () => {
    const shops = journalByHand([watched(SHOP)])
    const order = shops.sell(SHOP, 3)
    shops.restock(SHOP, order, 1)
    shops.askAll()
    shops.set(SHOP, 8)
    assert.deepEqual(shops.complaints(), [])
    shops.set(SHOP, 9)
    assert.equal(shops.complaints().length, 2)
})

test('rule 21: packs take as many units as are in them, and buffers stay', () => {
    const items = [{ source: 7, destination: 7, factor: 6, buffer: null }]
    const shops = journalByHand([watched(SHOP, { items }), watched(OTHER)], 17)
    shops.sell(SHOP, 1)
    shops.askAll()
    shops.set(OTHER, 11)
    shops.set(SHOP, 1)
    assert.deepEqual(shops.complaints(), [])
    shops.set(SHOP, 2)
    assert.equal(shops.complaints().length, 2)
})

test('rule 21: a figure of the source that was read before it fell is right, once it is read again it is not', () => {
    const shops = journalByHand([watched(SHOP)])
    shops.askAll()
    shops.count(SOURCE, 4)
    shops.set(SHOP, 10)
    assert.deepEqual(shops.complaints(), [])
    shops.askAll()
    shops.set(SHOP, 10)
    assert.equal(shops.complaints().length, 2)
})

test('a figure written before anything was asked is a fault', () => {
    const shops = journalByHand([watched(SHOP)])
    shops.set(SHOP, 9)
    assert.deepEqual(shops.complaints(), [
        "9 written without having asked for the source's figures and the store's orders",
    ])
})

test('D4: with orders none only the figure written over has to be named', () => {
    const shops = journalByHand([watched(SHOP, { orders: 'none' })])
    shops.sell(SHOP, 2)
    shops.set(SHOP, 10)
    assert.deepEqual(shops.complaints({ ended: true }), [])
    shops.set(SHOP, 11, null)
    assert.deepEqual(shops.complaints(), ['set over null'])
})

test('D4: an adjustment that is missing, doubled or blind is a fault', () => {
    const shops = journalByHand([watched(SHOP)])
    shops.sell(SHOP, 2)
    assert.deepEqual(shops.complaints({ ended: true }), ['got 0'])
    shops.adjust(-2)
    assert.deepEqual(shops.complaints({ ended: true }), [])
    shops.adjust(-2)
    assert.deepEqual(shops.complaints({ ended: true }), ['got -4'])
    const blind = journalByHand([watched(SHOP)])
    blind.sell(SHOP, 1)
    blind.adjust(-1, null)
    assert.deepEqual(blind.complaints({ ended: true }), ['adjust over null'])
})

test('rule 22: of an order cancelled without its units coming back the source stays told', () => {
    const shops = journalByHand([watched(SHOP)])
    const order = shops.sell(SHOP, 2)
    shops.event(SHOP, order, 'cancelled', 'REFUNDED')
    assert.deepEqual(shops.complaints({ ended: true }), ['got 0'])
    shops.adjust(-2)
    assert.deepEqual(shops.complaints({ ended: true }), [])
})

test('rules 21b and 58: with pushed orders what was cancelled or shipped before the push takes nothing away', () => {
    const shops = journalByHand([watched(SHOP, { orders: 'order_push' })])
    const cancelled = shops.sell(SHOP, 2)
    shops.event(SHOP, cancelled, 'cancelled', 'REFUNDED')
    const shipped = shops.sell(SHOP, 3)
    shops.ship(SHOP, shipped, 2)
    shops.askAll()
    shops.set(SHOP, 9)
    assert.deepEqual(shops.complaints(), [])
    shops.set(SHOP, 10)
    assert.equal(shops.complaints().length, 2)
})

test('what happens while a shop looks may be in its answer', () => {
    const shops = journalByHand([watched(SHOP)])
    shops.askAll()
    shops.count(SOURCE, 20)
    shops.looked()
    shops.set(SHOP, 20)
    assert.deepEqual(shops.complaints(), [])
})

test('D4: a two-way store carries a count by hand to the source, once', () => {
    const shops = journalByHand([watched(SHOP, { orders: 'two_way' })])
    shops.count(SHOP, 13)
    assert.deepEqual(shops.complaints({ ended: true }), ['got 0'])
    shops.adjust(3)
    shops.askAll()
    shops.set(SHOP, 13)
    assert.deepEqual(shops.complaints({ ended: true }), [])
})
