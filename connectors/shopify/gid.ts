/** Whole GID of a number, for calls, pages and files: `gid('Product', '7')` is `gid://shopify/Product/7`. */
export function gid(type: string, id: string | number | bigint): string {
    const text = String(id)
    if (!/^\d+$/.test(text))
        throw new Error(`Expected the number of a ${type}, came "${text}". Give the decimal id alone.`)
    return `gid://shopify/${type}/${text}`
}

/** The number in a GID of that type, as a decimal string. Throws for a GID of another type, or for anything else. */
export function parseGid(type: string, value: string): string {
    const prefix = `gid://shopify/${type}/`
    const id = value.startsWith(prefix) ? value.slice(prefix.length) : ''
    if (!/^\d+$/.test(id)) {
        throw new Error(
            `Expected a GID like ${prefix}123, came "${value}". Look whether two kinds of id were mixed up.`,
        )
    }
    return id
}

/** The type a GID names: `ProductVariant` of `gid://shopify/ProductVariant/7`. Throws for what is no GID. */
export function gidType(value: string): string {
    const type = /^gid:\/\/shopify\/(\w+)\/./.exec(value)?.[1]
    if (type === undefined) throw new Error(`Expected a GID like gid://shopify/Product/123, came "${value}".`)
    return type
}
