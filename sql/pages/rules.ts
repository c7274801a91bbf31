import { query, queryFirst, queryOne } from '../query.ts'
import type { Queryable } from '../session.ts'
import type { Settings } from '../stores/settings.ts'
import type { SeenConnection } from './connections.ts'
import { seenProduct } from './products.ts'

/** A source variant as rules see it. */
export type RuledVariant = {
    variant_id: string
    product_id: string
    product: string | null
    sku: string
    price: string | null
    compare_at_price: string | null
    /** The source's own business: never shown to a destination (D2). */
    cost: string | null
    factor: number | null
    price_per: 'unit' | 'pack' | null
}

/** A variant of the source by its SKU, if its product is in sight. */
export async function variantOfSku(
    q: Queryable,
    connection: SeenConnection,
    sku: string,
): Promise<RuledVariant | null> {
    const { account_id, connection_id, source_store_id: source } = connection
    const asked = { account_id, connection_id, source, sku }
    const variant = await queryFirst<RuledVariant>(q, 'pages/variant_of_sku', asked)
    return variant && (await seenProduct(q, connection, variant.product_id)) ? variant : null
}

export type LockWinner = {
    field: string
    mode: 'follow' | 'enforced' | 'create_only' | 'never'
    lock_rule_id: number | null
    scope: string | null
    scope_value: string | null
}

/** Which mode governs each field of an item, or of everything that no narrower rule names, and by which rule (D2). */
export async function lockWinners(
    q: Queryable,
    connection: SeenConnection,
    { orders, new_products }: Pick<Settings, 'orders' | 'new_products'>,
    asked: { fields: readonly string[]; variant_id: string | null },
): Promise<LockWinner[]> {
    const { account_id, connection_id, source_store_id: source } = connection
    const quantity_mode = orders === 'none' ? 'follow' : 'enforced'
    return query<LockWinner>(q, 'pages/lock_winners', {
        ...{ account_id, connection_id, source, quantity_mode, new_products, ...asked },
    })
}

/** The price rule that governs a variant now, or what no narrower rule names; by its place in the settings from 1. */
export async function priceRuleOf(
    q: Queryable,
    { account_id, connection_id, source_store_id: source }: SeenConnection,
    variant_id: string | null,
): Promise<number | null> {
    const key = { account_id, connection_id }
    type Winner = { price_rule_id: number }
    const row =
        variant_id === null
            ? await queryFirst<Winner>(q, 'pages/price_rule_for_all', key)
            : await queryFirst<Winner>(q, 'pages/price_winner', { ...key, source, variant_id })
    return row?.price_rule_id ?? null
}

/** Destination money for one unit of the source's, as the comparison takes it; null: there is none of the last 7 days (rule 39). */
export async function rateOf(q: Queryable, connection: SeenConnection): Promise<string | null> {
    const { account_id, connection_id, source_store_id: source, destination_store_id: destination } = connection
    const asked = { account_id, connection_id, source, destination }
    return (await queryOne<{ rate: string | null }>(q, 'diff/rate', asked)).rate
}

/** Amounts that a price is worked out from; all are decimal text. */
export type PriceGiven = {
    base: string
    price: string | null
    compare_at_price: string | null
    cost: string | null
    factor: number
    rate: string
    percent: string
    amount: string
    ending: string
    min_price: string | null
    min_margin_pct: string | null
    digits: number
}

/** A price as it grows, part by part; null where there is nothing to start from. */
export type PriceSteps = {
    base: string | null
    rate: string
    converted: string | null
    with_percent: string | null
    with_amount: string | null
    raised: string | null
    price: string | null
    compare_at_price: string | null
}

/** How a price comes about (rules 37 and 38), by the function that the comparison itself uses. */
export async function priceSteps(q: Queryable, given: PriceGiven): Promise<PriceSteps> {
    return queryOne<PriceSteps>(q, 'pages/price_steps', given)
}
