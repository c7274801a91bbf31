import { decimalSum } from '../../connectors/entities/decimal.ts'

const negated = (amount: string) => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`)

export const difference = (a: string, b: string): string => decimalSum([a, negated(b)])

const signOf = (amount: string) => (/[1-9]/.test(amount) ? (amount.startsWith('-') ? -1 : 1) : 0)

/** Negative, 0 or positive as `a` is less than, equal to or greater than `b`. */
export const compare = (a: string, b: string): number => signOf(difference(a, b))

export const least = (a: string, b: string): string => (compare(a, b) <= 0 ? a : b)

export const isPositive = (amount: string): boolean => signOf(amount) > 0

/** `amount` of `whole` in another currency, in which the whole is `shown`; rounded half up to the digits of `shown`. */
export function portion(amount: string, whole: string, shown: string): string {
    if (compare(amount, whole) === 0) return shown
    const digits = shown.split('.')[1]?.length ?? 0
    const [part, all, there] = [amount, whole, shown].map((it) => BigInt(scaled(it, 6))) as [bigint, bigint, bigint]
    const unit = 10n ** BigInt(6 - digits)
    const exact = (part * there * 2n + all * unit) / (all * unit * 2n)
    const text = exact.toString().padStart(digits + 1, '0')
    return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function scaled(amount: string, digits: number): string {
    const [whole = '0', fraction = ''] = amount.split('.')
    return `${whole}${fraction.padEnd(digits, '0')}`
}
