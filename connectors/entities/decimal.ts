/** Digits after the point in a currency: 2, or 0 (JPY), or 3 (KWD). */
export function minorDigits(currency: string): number {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** Adds decimal texts exactly: `['0.10', '0.2']` → `'0.30'`. Throws where one is no decimal. */
export function decimalSum(values: readonly string[]): string {
    const digits = Math.max(0, ...values.map((value) => value.split('.')[1]?.length ?? 0))
    const units = values.reduce((sum, value) => sum + BigInt(shifted(value, digits)), 0n)
    const text = String(units < 0n ? -units : units).padStart(digits + 1, '0')
    const point = text.length - digits
    return `${units < 0n ? '-' : ''}${text.slice(0, point)}${digits > 0 ? `.${text.slice(point)}` : ''}`
}

function shifted(value: string, digits: number): string {
    if (!/^-?\d+(\.\d+)?$/.test(value)) throw new Error(`Expected a decimal such as "12.50", got ${value}.`)
    const [whole = '', fraction = ''] = value.split('.')
    return `${whole}${fraction.padEnd(digits, '0')}`
}
