import { query, queryFirst, queryOne } from '../query.ts'
import type { Queryable } from '../session.ts'
import type { SeenConnection } from './connections.ts'
import { patternOf } from './patterns.ts'

/** A product of a source as a connection sees it. */
export type SeenProduct = {
    product_id: string
    title: string | null
    handle: string | null
    vendor: string | null
    status: string | null
    variants: number
    /** What it is sorted by. */
    place: string
    /** Of its first variant. */
    sku: string | null
    /** How many of its variants are linked. */
    linked: number
    destination_product_id: string | null
    /** The first that keeps it, or some of it, from being synced. */
    code: string | null
    detail: string | null
    /** Of a linked one of which changes wait: for a person, or to be loaded. */
    waiting: 'changes_wait' | 'changes_approved' | null
    /** The set in which its creation, or changes of it, wait. */
    change_set_id: string | null
}

/**
 * Of several codes found of one item, the one that is told first: what keeps it out whole comes before what keeps out a
 * part. What is not named comes last.
 */
export const orderOfCodes: readonly string[] = [
    ...['hidden', 'out_of_scope', 'gone_at_source', 'taken'],
    ...['missing_sku', 'missing_barcode', 'missing_handle', 'duplicate_at_source', 'duplicate_at_destination'],
    ...[
        'barcode_conflict',
        'mapping_unresolved',
        'unlinked',
        'unmatched',
        'before_connection',
        'fx_missing',
        'no_price',
    ],
    ...[
        'options_differ',
        'variant_count_differs',
        'refused',
        'needs_price',
        'extra_variant',
        'untracked',
        'oversell_risk',
        'near_miss',
    ],
]

/** Codes whose details name what a destination has of its own: none of the source's business (rule 91). */
export const codesOfDestination = ['near_miss', 'barcode_conflict', 'duplicate_at_destination', 'taken']

const NO_PAGE = { search: null, pattern: null, state: null, chosen: null, after_title: null, after_id: null }

/** One product that is in sight, or null. */
export async function seenProduct(q: Queryable, connection: SeenConnection, product_id: string) {
    return queryFirst<SeenProduct>(q, 'pages/page_of_products', {
        ...sightOf(connection),
        ...NO_PAGE,
        product_id,
        limit: 1,
    })
}

export type ProductsWanted = {
    /** A part of the title or handle, or a whole SKU. */
    search?: string | null
    state?: 'linked' | 'not_linked' | 'problem' | null
    /** None but these, as `productsOfGate` gives them. */
    chosen?: string | null
    /** `place` and id of the last product of the page before. */
    after?: { title: string; id: string } | null
    limit: number
}

/** A page of the products in sight, by title. */
export async function seenProducts(q: Queryable, connection: SeenConnection, wanted: ProductsWanted) {
    const { search = null, state = null, chosen = null, after, limit } = wanted
    return query<SeenProduct>(q, 'pages/page_of_products', {
        ...sightOf(connection),
        product_id: null,
        ...{ search, pattern: patternOf(search), state, chosen, limit },
        after_title: after?.title ?? null,
        after_id: after?.id ?? null,
    })
}

/**
 * Products in sight that stand at the gate of this code, or are `partly` linked, as `productsByGate` counts them. Their ids
 * are one text, `{1,2}`, which is kept and given back as it is.
 */
export async function productsOfGate(q: Queryable, connection: SeenConnection, code: string): Promise<string> {
    const { account_id, connection_id, side } = connection
    const offered_only = side === 'destination'
    const wanted = { account_id, connection_id, code, offered_only, order_of_codes: orderOfCodes }
    return (await queryOne<{ products: string }>(q, 'pages/products_of_gate', wanted)).products
}

function sightOf({ account_id, connection_id, source_store_id: source, hide_tags, side }: SeenConnection) {
    const offered_only = side === 'destination'
    return { account_id, connection_id, source, hide_tags, offered_only, ...codesFor(side) }
}

/** In which order codes are told, and of which the details are kept from this side. */
function codesFor(side: SeenConnection['side']) {
    return { order_of_codes: orderOfCodes, untold: side === 'source' ? codesOfDestination : [] }
}

export type SeenVariant = {
    variant_id: string
    title: string
    sku: string | null
    price: string | null
    /** Null where a destination looks: a source's stock is its own business. */
    available: string | null
    matched_by: string | null
    factor: number | null
    created_by_us: boolean | null
    destination_variant_id: string | null
    destination_sku: string | null
    destination_price: string | null
    destination_available: string | null
    code: string | null
    detail: string | null
}

export type SeenProblem = {
    code: string
    entity: string
    label: string
    /** Null where it is none of the viewer's business. */
    detail: string | null
    first_seen: string
    last_seen: string
}

export type SeenDeviation = {
    entity: string
    label: string
    field: string
    /** JSON. */
    desired: string | null
    actual: string | null
    origin: string
    mode: string | null
    rule: string
    first_seen: string
}

/** Everything that is known of a product in a connection: its variants and their partners, what is wrong, what stands. */
export async function productInFull(q: Queryable, connection: SeenConnection, product_id: string) {
    const { account_id, connection_id, side } = connection
    const key = { account_id, connection_id, product_id }
    const ordered = { ...key, ...codesFor(side) }
    const figures = { source_figures: side !== 'destination' }
    return {
        variants: await query<SeenVariant>(q, 'pages/variants_of_product', { ...ordered, ...figures }),
        problems: await query<SeenProblem>(q, 'pages/problems_of_product', ordered),
        deviations: await query<SeenDeviation>(q, 'pages/deviations_of_product', { ...key, ...figures }),
    }
}
