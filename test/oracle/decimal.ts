/** A decimal number held as whole units of a power of ten, so that no amount passes through a float. */
export type Decimal = { units: bigint; scale: number }

/**
 * Reads `-12.50`.
 * @throws on anything that is no plain decimal.
 */
export function decimal(text: string | number): Decimal {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text))
    if (!match) throw new Error(`Expected a decimal such as 12.50, got ${JSON.stringify(text)}.`)
    const [, sign, whole, fraction = ''] = match
    const units = BigInt(`${whole}${fraction}`)
    return { units: sign === '-' ? -units : units, scale: fraction.length }
}

/** The units the number would have at a finer scale. */
export function unitsAt(value: Decimal, scale: number): bigint {
    return value.units * 10n ** BigInt(scale - value.scale)
}

export function add(a: Decimal, b: Decimal): Decimal {
    const scale = Math.max(a.scale, b.scale)
    return { units: unitsAt(a, scale) + unitsAt(b, scale), scale }
}

export function times(a: Decimal, b: Decimal): Decimal {
    return { units: a.units * b.units, scale: a.scale + b.scale }
}

/** 1 + percent/100. */
export function raisedBy(percent: Decimal): Decimal {
    return add(decimal(1), { units: percent.units, scale: percent.scale + 2 })
}

/** Below 0, 0 or above 0. */
export function compare(a: Decimal, b: Decimal): number {
    const scale = Math.max(a.scale, b.scale)
    const [left, right] = [unitsAt(a, scale), unitsAt(b, scale)]
    return left < right ? -1 : left > right ? 1 : 0
}

export function greatest(first: Decimal, ...others: Decimal[]): Decimal {
    return others.reduce((best, it) => (compare(it, best) > 0 ? it : best), first)
}

/** Whole-number division towards minus infinity. */
export function floorDivide(a: bigint, b: bigint): bigint {
    const quotient = a / b
    return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

/** To so many digits after the point; a half goes away from zero. */
export function halfUp(value: Decimal, digits: number): Decimal {
    if (value.scale <= digits) return { units: unitsAt(value, digits), scale: digits }
    const step = 10n ** BigInt(value.scale - digits)
    const size = value.units < 0n ? -value.units : value.units
    const rounded = (size + step / 2n) / step
    return { units: value.units < 0n ? -rounded : rounded, scale: digits }
}

/** Up to the next whole number. */
export function ceiling(value: Decimal): bigint {
    return -floorDivide(-value.units, 10n ** BigInt(value.scale))
}

/** One text for one number: `110.00` and `110` are both `110`. */
export function canonical(value: Decimal): string {
    const size = value.units < 0n ? -value.units : value.units
    const digits = size.toString().padStart(value.scale + 1, '0')
    const whole = digits.slice(0, digits.length - value.scale)
    const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, '')
    return `${value.units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

/** The canonical text of an amount as a shop gives it; null stays null. */
export const amount = (text: string | number | null | undefined): string | null =>
    text === null || text === undefined ? null : canonical(decimal(text))
