import { tagKey } from './state.ts'

export type Value = string | number | boolean | null | string[]

/** Two values of a field are the same: tags without regard to case and order, blank texts as no value. */
export function same(field: string, a: Value, b: Value): boolean {
    const [left, right] = [a, b].map((value) => canonicalOf(field, value))
    return left === right
}

function canonicalOf(field: string, value: Value): string {
    if (field === 'tags' && Array.isArray(value)) return JSON.stringify(value.map(tagKey).sort())
    return value === '' ? 'null' : JSON.stringify(value)
}

export const isBlank = (value: Value): boolean =>
    value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Fields a shop stores as they are given; any other is a text that it may keep in its own way. */
const exact = new Set(
    'status published price compare_at_price cost taxable inventory_policy tracked weight requires_shipping'
        .split(' ')
        .concat('image_id', 'position', 'available'),
)
export const isExact = (field: string): boolean => exact.has(field)

/** A text without what a shop may change of it by itself: comments, line ends, invisible and repeated spaces, case of tags. */
export const plainText = (value: Value): Value => {
    if (Array.isArray(value)) return value.map((it) => String(plainText(it)).toLowerCase())
    if (typeof value !== 'string') return value
    const plain = value
        .replace(/<!--.*?-->/gs, '')
        .replace(/[\s\p{Cf}]+/gu, ' ')
        .trim()
    return plain === '' ? null : plain
}
