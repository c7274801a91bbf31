/** The sum of decimal texts, exact to their last digit: `10.00` and `2.5` are `12.50`. */
export function decimalSum(texts: readonly string[]): string {
    const digits = Math.max(0, ...texts.map((text) => text.split('.')[1]?.length ?? 0))
    const sum = texts.reduce((all, text) => all + scaled(text, digits), 0n)
    const sign = sum < 0n ? '-' : ''
    const figure = String(sum < 0n ? -sum : sum).padStart(digits + 1, '0')
    return digits === 0 ? `${sign}${figure}` : `${sign}${figure.slice(0, -digits)}.${figure.slice(-digits)}`
}

function scaled(text: string, digits: number): bigint {
    const [whole = '0', cents = ''] = text.replace('-', '').split('.')
    const value = BigInt(whole + cents.padEnd(digits, '0'))
    return text.startsWith('-') ? -value : value
}
