import { type Decimal, decimal, halfUp, times, unitsAt } from '../decimal.ts'
import type { Connection } from '../memory.ts'
import { digitsOf } from '../prices.ts'

/** A quotient to so many digits, a half away from zero. */
export function divided(a: Decimal, b: Decimal, to: number): Decimal {
    const scale = Math.max(a.scale, b.scale)
    const [top, bottom] = [unitsAt(a, scale) * 10n ** BigInt(to), unitsAt(b, scale)]
    return { units: (top * 2n + bottom) / (bottom * 2n), scale: to }
}

/**
 * Source money for one unit of the destination's (D19): the rate of this direction, or else the inverse of the one that
 * prices take, to twelve digits; null where there is none.
 */
export function pushRate({ settings }: Connection, { from, to }: { from: string; to: string }): Decimal | null {
    if (from === to) return decimal('1')
    const given = settings.rates.find((it) => it.from === from && it.to === to)
    if (given) return decimal(given.rate)
    const inverse = settings.rates.find((it) => it.from === to && it.to === from)
    return inverse ? divided(decimal('1'), decimal(inverse.rate), 12) : null
}

/**
 * What the source's lines of so many units must come to (rule 63): what was really paid for them, exchanged, to the minor
 * unit. `of` are the units that the discount was of.
 */
export function worthOf(
    line: { price: string; discount: string },
    { units, of }: { units: number; of: number },
    rate: Decimal,
    currency: string,
): Decimal {
    const whole = decimal(line.price)
    const off = decimal(line.discount)
    const scale = Math.max(whole.scale, off.scale)
    const net = unitsAt(whole, scale) * BigInt(of) - unitsAt(off, scale)
    const paid = divided({ units: net * BigInt(units), scale }, decimal(String(of)), 16)
    return halfUp(times(paid, rate), digitsOf(currency))
}
