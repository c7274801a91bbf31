import type { Parts } from '../parts.ts'
import type { Shop } from '../shop/state.ts'

export type ControlBody = Record<string, unknown>
export type Verb = (parts: Parts, body: ControlBody) => unknown

/** The shop a control request names. Throws, naming the shops there are. */
export function shopNamed(parts: Parts, domain: unknown): Shop {
    const shop = typeof domain === 'string' ? parts.shops.get(domain) : undefined
    if (shop) return shop
    throw new Error(`control: expected shop to be one of ${[...parts.shops.keys()].join(', ')}, got ${String(domain)}`)
}

/** A number of the body, or undefined where it is absent. Throws on anything else. */
export function numberIn(body: ControlBody, name: string): number | undefined {
    const value = body[name]
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw new Error(`control: expected ${name} to be a number, got ${JSON.stringify(value)}`)
    }
    return value
}

/** A text of the body, or undefined where it is absent. Throws on anything else. */
export function textIn(body: ControlBody, name: string): string | undefined {
    const value = body[name]
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string')
        throw new Error(`control: expected ${name} to be a text, got ${JSON.stringify(value)}`)
    return value
}
