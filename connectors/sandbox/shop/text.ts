import type { Shop } from './state.ts'

const UNSAFE_ELEMENTS = /<(script|style|object|embed|form)\b[^>]*>[\s\S]*?<\/\1\s*>/gi
const UNSAFE_ATTRIBUTES = /\s+on[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi
const UNSAFE_ADDRESSES = /\s+(href|src)\s*=\s*("\s*javascript:[^"]*"|'\s*javascript:[^']*')/gi

/** HTML as the shop keeps it: without scripts, event attributes and Windows line ends. */
export function storedHtml(shop: Shop, html: string): string {
    const safe = html
        .replace(/\r\n?/g, '\n')
        .replace(UNSAFE_ELEMENTS, '')
        .replace(UNSAFE_ATTRIBUTES, '')
        .replace(UNSAFE_ADDRESSES, '')
    if (shop.settings.texts === 'as_given' || safe === '') return safe
    return `${safe.replace(/\s+/g, ' ').replace(ALTERED_HTML, '').trimEnd()}${ALTERED_HTML}`
}

const ALTERED_HTML = '<!-- kept -->'
const HAIR_SPACE = '\u200a'

/** A plain text (title, vendor, type, SEO, alt) as the shop keeps it. Altering twice is altering once. */
export function storedText(shop: Shop, text: string): string {
    if (shop.settings.texts === 'as_given' || text === '') return text
    return `${text.replaceAll(HAIR_SPACE, '').replace(/ +/g, ' ').trim()}${HAIR_SPACE}`
}

/** Tags trimmed, unique without regard to case (the first spelling stays), sorted. */
export function storedTags(shop: Shop, tags: readonly string[]): string[] {
    const kept = new Map<string, string>()
    for (const tag of tags) {
        const text = tag.trim()
        const key = text.toLowerCase()
        if (text !== '' && !kept.has(key)) kept.set(key, shop.settings.texts === 'as_given' ? text : recased(text))
    }
    return [...kept.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
}

function recased(tag: string): string {
    return tag.charAt(0).toUpperCase() + tag.slice(1).toLowerCase()
}

/** A handle made of a text: lower case letters and digits of any script, joined by single hyphens; may be empty. */
export function slug(text: string): string {
    return text
        .normalize('NFKD')
        .replace(/\p{Mark}/gu, '')
        .toLowerCase()
        .replace(/['’]/g, '')
        .replace(/[^\p{Letter}\p{Number}_]+/gu, '-')
        .replace(/^-+|-+$/g, '')
}

/** The handle itself, or with the first free number behind it: `cup`, `cup-1`, and `cup-2` after `cup-1`. */
export function freeHandle(wanted: string, taken: (handle: string) => boolean): string {
    if (!taken(wanted)) return wanted
    const [, stem, number] = /^(.*?)(?:-(\d+))?$/s.exec(wanted)!
    for (let suffix = BigInt(number ?? 0) + 1n; ; suffix += 1n) {
        const handle = number === undefined ? `${wanted}-${suffix}` : `${stem}-${suffix}`
        if (!taken(handle)) return handle
    }
}

/** A decimal as Shopify stores money: two decimals, half up. Throws on anything that is no decimal number. */
export function money(value: string | number): string {
    const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/.exec(String(value))
    if (!match || (!match[2] && !match[3])) throw new TypeError(`expected a decimal number, got ${String(value)}`)
    const [, sign, whole, fraction = ''] = match
    const scaled =
        BigInt(`${whole || '0'}${fraction.slice(0, 2).padEnd(2, '0')}`) + ((fraction[2] ?? '0') >= '5' ? 1n : 0n)
    const digits = scaled.toString().padStart(3, '0')
    return `${sign === '-' && scaled !== 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Compares two decimals: below 0, 0 or above 0. */
export function compareMoney(a: string, b: string): number {
    const [left, right] = [a, b].map((text) => BigInt(money(text).replace('.', '')))
    return left! < right! ? -1 : left! > right! ? 1 : 0
}
