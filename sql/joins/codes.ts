import { createHash, randomBytes, randomInt } from 'node:crypto'

/** Letters and digits that are not mistaken for each other when read out. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const KEY_BYTES = 24

/** What destinations ask for a source with: `CD-XXXX-XXXX-XXXX`, sixty bits. */
export function newJoinCode(): string {
    return `CD-${[1, 2, 3].map(() => letters(4)).join('-')}`
}

/** What connects one destination at once: `CDK-` and what nobody reads out. */
export function newJoinKey(): string {
    return `CDK-${randomBytes(KEY_BYTES).toString('base64url')}`
}

/** Random letters of that alphabet. */
export function letters(length: number): string {
    return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** What somebody typed or pasted: a code (in any case, with or without its hyphens), a key, or neither. */
export function readTyped(text: string): { code: string } | { key: string } | null {
    const plain = text.replaceAll(/\s/g, '')
    if (/^CDK-[\w-]{32}$/.test(plain)) return { key: plain }
    const signs = plain.toUpperCase().replaceAll('-', '')
    const [, one, two, three] = /^CD(\w{4})(\w{4})(\w{4})$/.exec(signs) ?? []
    return one ? { code: `CD-${one}-${two}-${three}` } : null
}

/** As a key is kept. */
export function hashOfKey(key: string): Buffer {
    return createHash('sha256').update(key).digest()
}
