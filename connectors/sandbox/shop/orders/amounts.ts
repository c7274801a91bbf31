import { money } from '../text.ts'

/** A decimal string in cents, exactly. */
export function cents(amount: string): bigint {
    return BigInt(money(amount).replace('.', ''))
}

/** Cents as a decimal string with two decimals. */
export function fromCents(amount: bigint): string {
    const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
    return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

export function sum(amounts: readonly string[]): string {
    return fromCents(amounts.reduce((total, amount) => total + cents(amount), 0n))
}

/** The part that so many of all units have in an amount, rounded half up. */
export function share(amount: string, units: number, of: number): string {
    if (of === 0) return '0.00'
    const [part, whole] = [cents(amount) * BigInt(units), BigInt(of)]
    return fromCents((part * 2n + whole) / (whole * 2n))
}

export function times(amount: string, units: number): string {
    return fromCents(cents(amount) * BigInt(units))
}

export function minus(a: string, b: string): string {
    return fromCents(cents(a) - cents(b))
}

export function atMost(amount: string, limit: string): string {
    return cents(amount) > cents(limit) ? limit : amount
}
