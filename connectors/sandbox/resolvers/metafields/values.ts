import type { Context } from '../../context.ts'
import { nodeExists } from '../node_types.ts'

export type ValueFault = { message: string; elementIndex: number | null }

const MOST_ELEMENTS = 128
const SCHEMES = /^(https?|mailto|sms|tel):/i
const UNITS: Record<string, RegExp> = {
    weight: /^(oz|lb|g|kg|ounces|pounds|grams|kilograms)$/i,
    dimension: /^(in|ft|yd|mm|cm|m|inches|feet|yards|millimeters|centimeters|meters)$/i,
    volume: /^(ml|cl|l|m3|us_fl_oz|us_pt|us_qt|us_gal|imp_fl_oz|imp_pt|imp_qt|imp_gal|milliliters|liters)$/i,
}

/** What is wrong with a metafield's value for its type, as Shopify says it; null if nothing is. */
export function valueFault(context: Context, type: string, value: string): ValueFault | null {
    if (!type.startsWith('list.')) {
        const message = check(context, type, value)
        return message === null ? null : { message, elementIndex: null }
    }
    const elements = jsonOf(value)
    if (!Array.isArray(elements)) return { message: 'Value must be an array.', elementIndex: null }
    if (elements.length > MOST_ELEMENTS) {
        return { message: `Value has more than ${MOST_ELEMENTS} elements.`, elementIndex: null }
    }
    for (const [elementIndex, element] of elements.entries()) {
        const text = typeof element === 'string' ? element : JSON.stringify(element)
        const message = check(context, type.slice('list.'.length), text)
        // a reference that leads nowhere is reported for the list as a whole
        if (message !== null) return { message, elementIndex: type.endsWith('_reference') ? null : elementIndex }
    }
    return null
}

function check(context: Context, type: string, value: string): string | null {
    if (value.trim() === '') return "Value can't be blank."
    if (type.endsWith('_reference')) {
        return nodeExists(context, value) ? null : `Value references non-existent resource ${value}.`
    }
    return checks[type]?.(value) ?? null
}

const checks: Record<string, (value: string) => string | null> = {
    single_line_text_field: (value) => (/[\r\n]/.test(value) ? 'Value must be a single line text string.' : null),
    number_integer: (value) => (/^-?\d+$/.test(value) ? null : 'Value must be an integer.'),
    number_decimal: (value) => {
        if (!/^-?\d+(\.\d+)?$/.test(value)) return 'Value must be a decimal.'
        return Math.abs(Number(value)) > 9_999_999_999_999 ? "Value can't exceed 9999999999999." : null
    },
    boolean: (value) => (/^(true|false)$/.test(value) ? null : 'Value must be true or false.'),
    color: (value) => (/^#[0-9a-f]{6}$/i.test(value) ? null : 'Value must be a hex color code.'),
    date: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? null : 'Value must be in YYYY-MM-DD format.'),
    date_time: (value) =>
        /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(value)
            ? null
            : 'Value must be in “YYYY-MM-DDTHH:MM:SS” format. For example: 2022-06-01T15:30:00',
    json: (value) => (jsonOf(value) === undefined ? jsonFault(value) : null),
    url: (value) =>
        SCHEMES.test(value)
            ? null
            : `Value cannot have an empty scheme (protocol), must include one of the following URL schemes: ["http", "https", "mailto", "sms", "tel"].'`,
    link: (value) => (SCHEMES.test(String(partOf(value, 'url'))) ? null : 'Value must be a valid link.'),
    money: (value) =>
        Number.isNaN(Number(partOf(value, 'amount'))) || partOf(value, 'currency_code') === undefined
            ? "Value must be a stringified JSON object with amount (numeric) and currency_code (string matching the shop's currency) fields."
            : null,
    weight: (value) => measureFault('weight', value),
    dimension: (value) => measureFault('dimension', value),
    volume: (value) => measureFault('volume', value),
    rating: (value) => {
        const [rating, least, most] = ['value', 'scale_min', 'scale_max'].map((name) => partOf(value, name))
        if (Number(rating) > Number(most)) return `Value has a maximum of ${String(most)}.`
        return Number(rating) < Number(least) ? `Value has a minimum of ${String(least)}.` : null
    },
}

function measureFault(type: string, value: string): string | null {
    const number = partOf(value, 'value')
    if (typeof number !== 'number' || number < 0) return 'Value must be a non-negative number.'
    return UNITS[type]?.test(String(partOf(value, 'unit'))) ? null : 'Value must be a supported unit.'
}

function jsonOf(value: string): unknown {
    try {
        return JSON.parse(value)
    } catch {
        // no JSON is an answer here: the caller says so
        return undefined
    }
}

function jsonFault(value: string): string {
    const word = /^\{(\w+)/.exec(value)
    if (word) return `Value is invalid JSON: expected object key, got '${word[1]}' at line 1 column 2.`
    return 'Value is invalid JSON: unexpected token at line 1 column 1.'
}

function partOf(value: string, name: string): unknown {
    const object = jsonOf(value)
    return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[name] : undefined
}
