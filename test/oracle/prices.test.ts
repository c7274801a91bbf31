import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonical, ceiling, decimal, halfUp } from './decimal.ts'
import { type Amounts, pricesOf, withEnding } from './prices.ts'
import { type PriceRule, readSettings } from './settings.ts'

const rule = (given: Partial<PriceRule>): PriceRule => readSettings({ price_rules: [given] }).price_rules[0]!
const amounts = (price: string, rest: Partial<Amounts> = {}): Amounts => ({
    price,
    compareAtPrice: null,
    cost: null,
    ...rest,
})
const priced = (source: Amounts, given: Partial<PriceRule>, rate = '1', factor = 1, currency = 'USD') =>
    pricesOf(source, rule(given), decimal(rate), factor, currency)
const ended = (value: string, ending: string, floor: string | null = null) =>
    canonical(withEnding(decimal(value), ending, floor === null ? null : decimal(floor), 2))

test('rule 37: percent, rate and amount are applied exactly and rounded half up', () => {
    assert.equal(priced(amounts('100.00'), { percent: '10' }).price, '110')
    assert.equal(priced(amounts('100.00'), { percent: '25.27' }).price, '125.27')
    assert.equal(priced(amounts('0.10'), {}, '0.05').price, '0.01')
    assert.equal(priced(amounts('19.99'), { amount: '0.50' }, '0.7825').price, '16.14')
})

test("rule 37: minor units are the currency's own", () => {
    assert.equal(priced(amounts('10.00'), {}, '149.55', 1, 'JPY').price, '1496')
    assert.equal(priced(amounts('10.00'), {}, '0.30685', 1, 'KWD').price, '3.069')
})

test('rule 37: a price is raised to the greatest of its floors', () => {
    assert.equal(priced(amounts('10.00'), { min_price: '12' }).price, '12')
    assert.equal(priced(amounts('10.00', { cost: '11.00' }), { min_price: '12', min_margin_pct: '20' }).price, '13.2')
    assert.equal(priced(amounts('10.00', { cost: '9.00' }), { min_margin_pct: '20', round: '.99' }).price, '10.99')
})

test('rule 37: a pack costs its factor', () => {
    assert.equal(priced(amounts('2.50'), { percent: '10' }, '1', 6).price, '16.5')
})

test('rule 38: the nearest price with an ending, ties upward, above zero, not under the floor', () => {
    assert.equal(ended('12.30', '.99'), '11.99')
    assert.equal(ended('12.50', '.99'), '12.99')
    assert.equal(ended('12.49', '.99'), '12.99')
    assert.equal(ended('0.20', '.99'), '0.99')
    assert.equal(ended('0.30', '.00'), '1')
    assert.equal(ended('12.30', '.99', '12.00'), '12.99')
    assert.equal(ended('7.525', 'nearest_0.05'), '7.55')
    assert.equal(ended('7.52', 'nearest_0.05'), '7.5')
})

test('rule 38: a currency without minor unit takes no ending', () => {
    assert.equal(priced(amounts('10.00'), { round: '.99' }, '149.5', 1, 'JPY').price, '1495')
})

test('rule 40: compare-at runs through the same rule and goes where it is no higher than the price', () => {
    assert.equal(priced(amounts('10.00', { compareAtPrice: '12.00' }), { percent: '10' }).compare_at_price, '13.2')
    assert.equal(priced(amounts('10.00', { compareAtPrice: '10.00' }), { percent: '10' }).compare_at_price, null)
    assert.equal(priced(amounts('10.00', { compareAtPrice: '12.00' }), { min_price: '20' }).compare_at_price, null)
})

test('decimals of any size stay exact', () => {
    assert.equal(canonical(halfUp(decimal('1.005'), 2)), '1.01')
    assert.equal(canonical(halfUp(decimal('-1.005'), 2)), '-1.01')
    assert.equal(canonical(decimal('0000123.4500')), '123.45')
    assert.equal(ceiling(decimal('2.01')), 3n)
    assert.equal(ceiling(decimal('-0.5')), 0n)
    assert.throws(() => decimal('1,5'), /Expected a decimal/)
})
