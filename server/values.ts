/** A value of a line as a person reads it: a short text, or parts. */
export type Shown = { text: string; isEmpty: boolean; isLong: boolean; parts: { name: string; text: string }[] }

const LONG = 160

/** A value as its line keeps it (JSON, figures exact); of a creation the whole payload, field by field. */
export function shown(json: string | null): Shown {
    const nothing = { text: 'empty', isEmpty: true, isLong: false, parts: [] }
    if (json === null || json === 'null' || json === '""' || json === '[]') return nothing
    // A figure stays the text that it was: 19.90 is not 19.9.
    if (/^-?[\d.]+$/.test(json)) return plain(json)
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        return { ...plain(nameOf(value as Payload)), parts: partsOf(value as Payload) }
    }
    return plain(inWords(value))
}

type Payload = { [field: string]: unknown }

function plain(text: string): Shown {
    return { text, isEmpty: false, isLong: text.length > LONG, parts: [] }
}

function nameOf(payload: Payload): string {
    const { title, sku, alt } = { ...(payload.product as Payload | undefined), ...payload }
    const name = [title, sku, alt].find((text) => typeof text === 'string' && text !== '')
    return [name ?? 'a picture', counted(payload.variants, 'variant'), counted(payload.images, 'image')]
        .filter(Boolean)
        .join(', ')
}

function counted(list: unknown, what: string): string {
    const number = Array.isArray(list) ? list.length : 0
    return number === 0 ? '' : `${number} ${what}${number === 1 ? '' : 's'}`
}

/** Ids of the source mean nothing to a person. */
const UNSHOWN = /^source_/

function partsOf(payload: Payload, before = ''): Shown['parts'] {
    return Object.entries(payload).flatMap(([field, value]) => {
        if (UNSHOWN.test(field) || value === null || value === '') return []
        if (isListOfObjects(value)) {
            return value.flatMap((item, place) => partsOf(item, `${field.replace(/s$/, '')} ${place + 1}: `))
        }
        if (typeof value === 'object' && !Array.isArray(value)) return partsOf(value as Payload, before)
        const text = inWords(value)
        return text === '' ? [] : [{ name: `${before}${field.replaceAll('_', ' ')}`, text }]
    })
}

function isListOfObjects(value: unknown): value is Payload[] {
    return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object' && item !== null)
}

function inWords(value: unknown): string {
    if (value === null) return 'empty'
    if (value === true) return 'yes'
    if (value === false) return 'no'
    if (Array.isArray(value)) return value.map(inWords).join(', ')
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
