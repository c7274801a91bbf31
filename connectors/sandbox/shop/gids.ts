/** The whole id at the edge: `gid://shopify/Product/123`. */
export function gid(type: string, id: number | string): string {
    return `gid://shopify/${type}/${id}`
}

const GID = /^gid:\/\/shopify\/([A-Za-z0-9_]+)\/([^/?]+)(?:\?(.*))?$/

export type Gid = { type: string; id: number; text: string; query: URLSearchParams }

/** The parts of a global id; null if it is not one. `id` is NaN for ids that are no numbers, such as jobs'. */
export function parsedGid(value: string): Gid | null {
    const match = GID.exec(value)
    if (!match) return null
    return { type: match[1]!, id: Number(match[2]), text: match[2]!, query: new URLSearchParams(match[3] ?? '') }
}

/** The number of a global id of that type; a bare number is taken too, as Shopify does; NaN for anything else. */
export function numberOf(value: string | null | undefined, type: string): number {
    if (value == null) return Number.NaN
    if (/^\d+$/.test(value)) return Number(value)
    const parsed = parsedGid(value)
    return parsed?.type === type ? parsed.id : Number.NaN
}

/** `2026-11-22T03:25:45Z`: DateTime in whole seconds, as Shopify shows it. */
export function isoTime(milliseconds: number): string {
    return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
