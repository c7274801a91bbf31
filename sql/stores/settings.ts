import { z } from 'zod'
import { decimal } from './decimal.ts'
import { mirror, orderDetails, push } from './order_settings.ts'

const scopeKinds = ['all', 'product_type', 'vendor', 'tag', 'collection', 'sku'] as const
const scoped = {
    scope: z.enum(scopeKinds).default('all'),
    scope_value: z.string().default(''),
    priority: z.int().default(0),
}

const fields = [
    'title',
    'description_html',
    'vendor',
    'product_type',
    'tags',
    'status',
    'handle',
    'seo_title',
    'seo_description',
    'options',
    'published',
    'option_values',
    'sku',
    'barcode',
    'price',
    'compare_at_price',
    'cost',
    'taxable',
    'inventory_policy',
    'tracked',
    'weight',
    'requires_shipping',
    'images',
    'quantity',
] as const

const lockRule = z
    .strictObject({ ...scoped, field: z.enum(fields), mode: z.enum(['follow', 'enforced', 'create_only', 'never']) })
    .refine((rule) => rule.mode !== 'never' || !['title', 'options', 'option_values'].includes(rule.field), {
        message: 'title and option values cannot be never: a product cannot be made without them (rule 14)',
    })

const ending = z
    .string()
    .regex(/^(none|\.\d\d|nearest_0\.(05|10|25|50))$/, 'expected none, an ending such as .99, or nearest_0.05')

const expectedTime = 'expected a time such as 2027-01-20T14:00:00Z'
/** A time that PostgreSQL has too: it knows no year 0, and no clock that is a day ahead. */
const time = z.iso
    .datetime({ offset: true, error: expectedTime, abort: true })
    .refine((text) => /^(?!0000).*(Z|[+-](0\d|1[0-4]):\d\d)$/.test(text), expectedTime)

const priceRule = z.strictObject({
    ...scoped,
    base: z.enum(['price', 'compare_at', 'cost']).default('price'),
    rate: decimal.nullable().default(null).describe('a fixed rate of your own; null takes the exchange rate'),
    percent: decimal.default('0'),
    amount: decimal.default('0'),
    round: ending.default('none'),
    min_price: decimal.nullable().default(null),
    min_margin_pct: decimal.nullable().default(null),
    valid_from: time.nullable().default(null),
    valid_to: time.nullable().default(null),
})

const currency = z.string().regex(/^[A-Z]{3}$/, 'expected a currency such as EUR')
const rate = z.strictObject({
    from: currency,
    to: currency,
    rate: decimal,
    as_of: time.optional().describe('when it was true; by default when these settings are saved'),
})

const scopeRow = z.strictObject({
    kind: z.enum(['all', 'collection', 'product', 'tag']),
    value: z.string().default('').describe('handle or id of a collection or product, or a tag'),
    action: z.enum(['include', 'exclude']).default('include'),
})

/** Rows that only exclude leave all the rest in. */
const includingSome = (rows: z.infer<typeof scopeRow>[]) =>
    rows.some((row) => row.action === 'include')
        ? rows
        : [{ kind: 'all' as const, value: '', action: 'include' as const }, ...rows]

const location = z.strictObject({
    source: z.string().describe('name or id'),
    destination: z.string().describe('name or id'),
    mode: z.enum(['mirror', 'sum_into']).default('mirror'),
    priority: z.int().default(0),
})

const buffer = z.strictObject({
    ...scoped,
    units: z.int().min(0).default(0),
    percent: decimal.default('0'),
    zero_below: z.int().min(0).default(0),
})

const existingItems = z.enum(['stock_only', 'fill_blank', 'overwrite'])
const mapping = z.strictObject({
    source_sku: z.string().min(1),
    destination_sku: z.string().min(1),
    factor: z.int().min(1).default(1).describe('source units in one destination unit: 6 for a six-pack'),
    price_per: z.enum(['unit', 'pack']).default('unit'),
    existing_items: existingItems.nullable().default(null),
})

const percent = z.number().min(0).max(100)
/** When a change set is held for a person (rule 86). */
const brakes = z.strictObject({
    zero_pct: percent.default(10).describe('stock to zero for more than this share of items that had some'),
    price_move_pct: z.number().min(0).default(30).describe('a price that moves by more than this is far off'),
    price_share_pct: percent.default(1).describe('prices far off on more than this share of items'),
    gone_pct: percent.default(5).describe('deleted or unpublished over this share'),
    gone_most: z.int().min(0).default(50).describe('deleted or unpublished over this number'),
    create_most: z.int().min(0).default(500).describe('created over this number'),
    adjust_most: z
        .int()
        .min(0)
        .default(100)
        .describe('two_way: units that hand changes may move at the source in a run'),
})

/** Settings of a connection: the one document a merchant writes (spec §1). Every key has a default. */
export const settingsSchema = z.strictObject({
    rank: z.int().default(0).describe('of two sources with one SKU the connection of higher rank takes it (D7)'),
    match_by: z.enum(['sku', 'barcode', 'handle']).default('sku').describe('D8'),
    create: z.enum(['create_and_update', 'update_only', 'new_only']).default('create_and_update').describe('D17'),
    new_products: z.enum(['source_status', 'draft']).default('source_status').describe('D17, rule 45'),
    add_variants: z.boolean().default(true).describe('D12: create variants a linked product lacks'),
    remove_variants: z.boolean().default(false).describe('rule 46'),
    existing_items: existingItems.default('stock_only').describe('D9'),
    inventory: z.boolean().default(true).describe('D10'),
    orders: z.enum(['order_push', 'adjust', 'two_way', 'none']).default('order_push').describe('D4'),
    counts_as_paid: z.enum(['paid', 'paid_and_authorized', 'any']).default('paid').describe('which orders count (D5)'),
    order_location: z
        .string()
        .nullable()
        .default(null)
        .describe(
            'source location (name or id) of sales that are assigned to none; null: the first linked one (rule 21a)',
        ),
    order_details: z
        .array(orderDetails)
        .default(['email', 'phone', 'shipping_address', 'billing_address', 'note', 'tags', 'attributes', 'properties'])
        .describe('what a pushed order carries besides its lines (rule 71); customer needs the scope read_customers'),
    push: push.prefault({}),
    mirror: mirror.prefault({}),
    push_inventory: z
        .enum(['decrement_ignoring_policy', 'decrement_obeying_policy', 'bypass'])
        .default('decrement_ignoring_policy')
        .describe('what a pushed order does to the stock of the source (rule 21b)'),
    hidden_stock: z
        .enum(['lower', 'zero', 'leave'])
        .default('lower')
        .describe('stock of an item that got a hide tag (D16)'),
    source_gone: z
        .enum(['unpublish', 'unpublish_and_zero_or_delete', 'delete', 'keep'])
        .default('unpublish')
        .describe('what becomes of an item that was deleted at the source or left the scope (D15)'),
    brakes: brakes.prefault({}),
    on_both: z.enum(['write', 'hold']).default('write').describe('D1'),
    tags: z.enum(['merge', 'replace']).default('merge').describe('D18'),
    hide_tags: z.array(z.string()).default(['crossdock-hidden', 'syncio-hidden']).describe('D16'),
    scopes: z
        .array(scopeRow)
        .default([])
        .transform(includingSome)
        .describe('without an include row: all but the excluded'),
    lock_rules: z.array(lockRule).default([]),
    price_rules: z.array(priceRule).default([]),
    rates: z.array(rate).default([]),
    locations: z.array(location).default([]).describe('empty: the only active location of each store'),
    left_locations: z
        .enum(['leave', 'zero'])
        .default('leave')
        .describe('figures at a destination location that is linked no more (rule 29)'),
    buffers: z.array(buffer).default([]),
    mappings: z.array(mapping).default([]),
})

export type Settings = z.infer<typeof settingsSchema>

/** The names a lock rule may use for a field. */
export const lockableFields: readonly string[] = fields

/**
 * Reads a settings document (what is left out takes its default).
 * @throws with one line for each thing wrong: where, what was expected.
 */
export function parseSettings(document: unknown): Settings {
    const parsed = settingsSchema.safeParse(document ?? {})
    if (parsed.success) return parsed.data
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'document'}: ${issue.message}`)
    throw new Error(`Expected the settings of a connection, but:\n${lines.join('\n')}\nSee connect --help-settings.`)
}
