import {
    add,
    canonical,
    compare,
    type Decimal,
    decimal,
    floorDivide,
    greatest,
    halfUp,
    raisedBy,
    times,
    unitsAt,
} from './decimal.ts'
import { mostSpecific, type Subject } from './eligibility.ts'
import type { PriceRule, Settings } from './settings.ts'

const DAY = 86_400_000
/** Rule 39. */
const OLDEST_RATE = 7 * DAY

/** Digits after the point where they are not two (ISO 4217). */
const minorDigits: Record<string, number> = {
    ...Object.fromEntries(
        'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ').map((it) => [it, 0]),
    ),
    ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((it) => [it, 3])),
}
export const digitsOf = (currency: string): number => minorDigits[currency] ?? 2

const plainRule: PriceRule = {
    ...{
        scope: 'all',
        scope_value: '',
        priority: 0,
        base: 'price',
        rate: null,
        percent: '0',
        amount: '0',
        round: 'none',
    },
    ...{ min_price: null, min_margin_pct: null, valid_from: null, valid_to: null },
}

export type Market = { settings: Settings; from: string; to: string; now: number; settingsAt: number }
export type Amounts = { price: string; compareAtPrice: string | null; cost: string | null }
export type Prices = { price: string | null; compare_at_price: string | null; cost: string | null }

/** The rule in force for an item: valid today, most specific; without any, the source's price at the exchange rate. */
export function priceRuleOf(market: Market, subject: Subject): PriceRule {
    const valid = market.settings.price_rules.filter(
        ({ valid_from, valid_to }) =>
            (valid_from === null || new Date(valid_from).getTime() <= market.now) &&
            (valid_to === null || market.now < new Date(valid_to).getTime()),
    )
    return mostSpecific(valid, subject) ?? plainRule
}

/** The rule's own rate, 1 within a currency, else the exchange rate if it is at most 7 days old; null holds prices (rule 39). */
export function rateOf(market: Market, rule: PriceRule): Decimal | null {
    if (rule.rate !== null) return decimal(rule.rate)
    if (market.from === market.to) return decimal(1)
    const row = market.settings.rates.find((it) => it.from === market.from && it.to === market.to)
    if (!row) return null
    const age = market.now - (row.as_of === null ? market.settingsAt : new Date(row.as_of).getTime())
    return age > OLDEST_RATE ? null : decimal(row.rate)
}

/**
 * The three amounts of an item at the destination (rules 37, 38, 40), as canonical texts; null price where the base is
 * missing. `factor` is source units in one destination unit, already 1 where the mapping prices by the pack.
 */
export function pricesOf(source: Amounts, rule: PriceRule, rate: Decimal, factor: number, currency: string): Prices {
    const units = decimal(factor)
    const cost = source.cost === null ? null : times(times(decimal(source.cost), rate), units)
    // Without a compare-at price that base is the price; without a cost there is nothing to start from.
    const base = { price: source.price, compare_at: source.compareAtPrice ?? source.price, cost: source.cost }[
        rule.base
    ]
    const derive = (text: string | null) =>
        text === null ? null : derived(times(decimal(text), units), rule, rate, cost, digitsOf(currency))
    const price = derive(base)
    const compareAt = derive(source.compareAtPrice)
    const kept = price && compareAt && compare(compareAt, price) > 0 ? compareAt : null
    return {
        price: price && canonical(price),
        compare_at_price: kept && canonical(kept),
        cost: cost && canonical(halfUp(cost, digitsOf(currency))),
    }
}

function derived(base: Decimal, rule: PriceRule, rate: Decimal, cost: Decimal | null, digits: number): Decimal {
    const raw = add(times(times(base, rate), raisedBy(decimal(rule.percent))), decimal(rule.amount))
    const floors: Decimal[] = []
    if (rule.min_price !== null) floors.push(decimal(rule.min_price))
    if (rule.min_margin_pct !== null && cost) floors.push(times(cost, raisedBy(decimal(rule.min_margin_pct))))
    const price = halfUp(greatest(raw, decimal(0), ...floors), digits)
    if (rule.round === 'none' || digits === 0) return price
    return withEnding(price, rule.round, floors.length > 0 ? greatest(floors[0]!, ...floors) : null, digits)
}

/** The nearest price with an ending, ties upward, above zero and not under the floor (rule 38). */
export function withEnding(value: Decimal, ending: string, floor: Decimal | null, digits: number): Decimal {
    const scale = Math.max(value.scale, floor?.scale ?? 0, digits, 2)
    const nearest = /^nearest_(.+)$/.exec(ending)
    const step = unitsAt(decimal(nearest?.[1] ?? 1), scale)
    const offset = nearest ? 0n : unitsAt(decimal(`0${ending}`), scale)
    const wanted = unitsAt(value, scale)
    const below = floorDivide(wanted - offset, step) * step + offset
    let chosen = 2n * (wanted - below) < step ? below : below + step
    const least = floor ? unitsAt(floor, scale) : 0n
    while (chosen <= 0n || chosen < least) chosen += step
    return halfUp({ units: chosen, scale }, digits)
}
