export type Mode = 'follow' | 'enforced' | 'create_only' | 'never'
export type Travel = 'stock_only' | 'fill_blank' | 'overwrite'

/** Where a rule holds; every row of lock rules, price rules and buffers has these. */
export type Scoped = { scope: string; scope_value: string; priority: number }

export type LockRule = Scoped & { field: string; mode: Mode }

export type PriceRule = Scoped & {
    base: 'price' | 'compare_at' | 'cost'
    rate: string | null
    percent: string
    amount: string
    round: string
    min_price: string | null
    min_margin_pct: string | null
    valid_from: string | null
    valid_to: string | null
}

export type Buffer = Scoped & { units: number; percent: string; zero_below: number }

export type Mapping = {
    source_sku: string
    destination_sku: string
    factor: number
    price_per: 'unit' | 'pack'
    existing_items: Travel | null
}

export type Brakes = {
    zero_pct: number
    price_move_pct: number
    price_share_pct: number
    gone_pct: number
    gone_most: number
    create_most: number
}

export type Settings = {
    rank: number
    match_by: 'sku' | 'barcode' | 'handle'
    create: 'create_and_update' | 'update_only' | 'new_only'
    new_products: 'source_status' | 'draft'
    add_variants: boolean
    remove_variants: boolean
    existing_items: Travel
    inventory: boolean
    orders: string
    counts_as_paid: 'paid' | 'paid_and_authorized' | 'any'
    on_both: 'write' | 'hold'
    brakes: Brakes
    left_locations: 'leave' | 'zero'
    hidden_stock: 'lower' | 'zero' | 'leave'
    source_gone: 'unpublish' | 'unpublish_and_zero_or_delete' | 'delete' | 'keep'
    tags: 'merge' | 'replace'
    hide_tags: string[]
    scopes: { kind: string; value: string; action: 'include' | 'exclude' }[]
    lock_rules: LockRule[]
    price_rules: PriceRule[]
    rates: { from: string; to: string; rate: string; as_of: string | null }[]
    locations: { source: string; destination: string; mode: string; priority: number }[]
    buffers: Buffer[]
    mappings: Mapping[]
    order_details: string[]
    push: Push
    push_inventory: string
    mirror: Mirror
}

/** How orders are written to the source (rules 52 to 63), and what becomes of them there and here (64 to 69, D19). */
export type Push = {
    automatic: boolean
    as: 'order' | 'draft'
    paid: 'as_there' | 'pending'
    name: string | null
    marks: string[]
    tags: string[]
    contact: string
    shipping: { from: string; cost: string }[]
    most_a_month: number | null
}
export type Mirror = Record<'fulfillments' | 'notify' | 'refunds' | 'cancellations' | 'returns' | 'edits', boolean> & {
    money: 'propose' | 'automatic'
    cancel_most: number
}

/** A settings document as a merchant writes it: anything may be left out. */
export type SettingsDocument = {
    [Key in keyof Settings]?: Settings[Key] extends (infer Row)[] ? Loose<Row>[] : unknown
}
type Loose<Row> = Row extends string ? string : { [Key in keyof Row]?: unknown }

const scoped = { scope: 'all', scope_value: '', priority: 0 }
const priced = { base: 'price', rate: null, percent: '0', amount: '0', round: 'none' }
const bounded = { min_price: null, min_margin_pct: null, valid_from: null, valid_to: null }

/** What a row is where the document is silent: spec D1 to D18. */
const rows: Record<string, object> = {
    scopes: { value: '', action: 'include' },
    lock_rules: scoped,
    price_rules: { ...scoped, ...priced, ...bounded },
    rates: { as_of: null },
    locations: { mode: 'mirror', priority: 0 },
    buffers: { ...scoped, units: 0, percent: '0', zero_below: 0 },
    mappings: { factor: 1, price_per: 'unit', existing_items: null },
}

/** Rule 86. */
const brakes = {
    ...{ zero_pct: 10, price_move_pct: 30, price_share_pct: 1 },
    ...{ gone_pct: 5, gone_most: 50, create_most: 500 },
}

const push = {
    ...{ automatic: true, as: 'order', paid: 'as_there', name: null, marks: ['tags', 'attributes', 'note'] },
    ...{ tags: ['crossdock', '{store}', '{name}'], contact: 'none', shipping: [], most_a_month: null },
}
const mirror = {
    ...{ fulfillments: true, notify: true, refunds: true, cancellations: true, returns: true, edits: true },
    ...{ money: 'propose', cancel_most: 10 },
}
const details = 'email phone shipping_address billing_address note tags attributes properties'

const defaults = {
    rank: 0,
    match_by: 'sku',
    create: 'create_and_update',
    new_products: 'source_status',
    add_variants: true,
    remove_variants: false,
    existing_items: 'stock_only',
    inventory: true,
    orders: 'order_push',
    counts_as_paid: 'paid',
    on_both: 'write',
    left_locations: 'leave',
    hidden_stock: 'lower',
    source_gone: 'unpublish',
    tags: 'merge',
    hide_tags: ['crossdock-hidden', 'syncio-hidden'],
    scopes: [],
    lock_rules: [],
    price_rules: [],
    rates: [],
    locations: [],
    buffers: [],
    mappings: [],
    order_details: details.split(' '),
    push_inventory: 'decrement_ignoring_policy',
}

/** The document with its defaults, read without Crossdock's own reader. */
export function readSettings(document: SettingsDocument): Settings {
    const settings: Record<string, unknown> = {
        ...{ ...defaults, ...document },
        brakes: { ...brakes, ...(document.brakes as object | undefined) },
        push: { ...push, ...(document.push as object | undefined) },
        mirror: { ...mirror, ...(document.mirror as object | undefined) },
    }
    for (const [name, row] of Object.entries(rows)) {
        settings[name] = (settings[name] as object[]).map((given) => ({ ...row, ...given }))
    }
    return settings as Settings
}
