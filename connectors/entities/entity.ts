export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Node = { [key: string]: Json | undefined }

/** What a staging column holds: text in Postgres' own input form, or a list of texts. */
export type Cell = string | number | boolean | null | string[]

/** Which brake and which change set a field belongs to (spec rule 86). */
export type Kind = 'catalogue' | 'price' | 'stock'

export type Field = {
    /** Column in staging; `wrote_` and `saw_` columns of the baseline carry it too. */
    name: string
    kind: Kind
    /** The name merchants use for it in lock rules. */
    lock: string
    /** How a page calls it, where its name in lock rules is no plain word. */
    called?: string
    /** Selection on the entity's node. */
    select: string
    read: (node: Node) => Cell
    /** Path in the mutation's input, `inventoryItem.sku`; absent where a mutation of its own writes the field. */
    into?: string
    /** The value as the input wants it; by default as it is. */
    as?: (value: Json) => Json
    /** Quantities, prices, flags, enums: what was written is what is seen, so `as_stored` does not exist. */
    exact?: true
    /** The desired value is computed in SQL, not the source's own. */
    derived?: true
    /** May never be left out (spec rule 14). */
    required?: true
}

export type Fact = {
    name: string
    select: string
    read: (node: Node) => Cell
    /** Its moving alone is no change to compare: `changed_at` stays (times of Shopify's own, addresses that re-hosting alters). */
    quiet?: true
}

export type Entity = {
    name: 'product' | 'variant' | 'image' | 'level'
    /** Table in the schemas staging and baseline. */
    table: string
    fields: readonly Field[]
    facts: readonly Fact[]
}

/** The named lists that an SQL file may repeat over: `[[ fields: d.# ]]`. */
export const listsOf = (entity: Entity): Record<string, string[]> => ({
    fields: entity.fields.map((field) => field.name),
    copied: entity.fields.filter((field) => !field.derived).map((field) => field.name),
    exact: entity.fields.filter((field) => field.exact).map((field) => field.name),
    stored: entity.fields.filter((field) => !field.exact).map((field) => field.name),
    facts: entity.facts.map((fact) => fact.name),
    telling: [...entity.fields, ...entity.facts.filter((fact) => !fact.quiet)].map((it) => it.name),
})

/** @returns the value at a dotted path of a node, null where anything on the way is missing. */
export function at(node: Node, path: string): Json {
    return valueAt(node, path.split('.'))
}

/** Readers cut their path once: they run for every line of every store. */
function valueAt(node: Node, keys: readonly string[]): Json {
    let value: Json | undefined = node as Json
    for (const key of keys) {
        if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
        value = value[key]
    }
    return value ?? null
}

/** Reads a text; a blank one is no value, since stores answer either for the same thing. */
export const text = (path: string) => {
    const keys = path.split('.')
    return (node: Node) => {
        const value = valueAt(node, keys)
        return value === null || value === '' ? null : String(value)
    }
}

/** Reads a flag, an enum or a number as it came. */
export const plain = (path: string) => {
    const keys = path.split('.')
    return (node: Node) => valueAt(node, keys) as Cell
}

/** Reads a list of texts; none where there is none. */
export const texts = (path: string) => {
    const keys = path.split('.')
    return (node: Node) => (valueAt(node, keys) ?? []) as string[]
}

/** Reads an object or a list as JSON; what PostgreSQL's jsonb refuses in a text is left out or replaced. */
export const json = (path: string) => {
    const keys = path.split('.')
    return (node: Node) => {
        const value = valueAt(node, keys)
        return value === null ? null : asJson(value)
    }
}

/** JSON that PostgreSQL's jsonb takes: without NUL and without halves of a pair of surrogates. */
export function asJson(value: Json): string {
    return JSON.stringify(value, (_key, part) =>
        typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part,
    )
}

/** Reads the number of a GID: `gid://shopify/Product/7` → `7`, `…/InventoryLevel/7?inventory_item_id=1` → `7`. */
export const idAt = (path: string) => {
    const keys = path.split('.')
    return (node: Node) => {
        const gid = valueAt(node, keys)
        if (typeof gid !== 'string') return null
        const end = gid.indexOf('?')
        return gid.slice(gid.lastIndexOf('/', end === -1 ? gid.length : end) + 1, end === -1 ? gid.length : end)
    }
}
