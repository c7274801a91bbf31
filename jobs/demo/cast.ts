import type { GeneratedCatalogue, ShopOptions } from '../../connectors/sandbox/shop/options.ts'

export const NORTHWIND = 'northwind.example'
export const CORNER_SHOP = 'corner-shop.example'
export const MARKET_STALL = 'market-stall.example'
export const OUTLET = 'outlet.example'

/** What the demo's source holds unless it is told otherwise. */
export const PRODUCTS = 2000
const SEED = 7

/** The shops: a source with a catalogue, and three destinations, two of which sold some of its products before. */
export function shopsOf(products: number): ShopOptions[] {
    const northwind: GeneratedCatalogue = { products, seed: SEED, variants: { ordinary: 6, large: 60 }, images: 4 }
    return [
        { domain: NORTHWIND, currency: 'USD', zone: 'America/New_York', catalogue: northwind },
        { domain: CORNER_SHOP, currency: 'GBP', zone: 'Europe/London', catalogue: { of: northwind, share: 0.06 } },
        { domain: MARKET_STALL, currency: 'EUR', zone: 'Europe/Berlin' },
        {
            domain: OUTLET,
            currency: 'USD',
            zone: 'America/Chicago',
            catalogue: { of: northwind, share: 0.04, seed: SEED + 2 },
        },
    ]
}

export type Part = {
    destination: string
    /** What its settings are, for a person. */
    plan: string
    /** The document given to `connect`. */
    document: {
        orders?: 'adjust' | 'two_way'
        scopes?: { kind: string; value: string }[]
        rates?: { from: string; to: string; rate: string }[]
        price_rules?: { percent: string; round?: string }[]
        lock_rules?: { field: string; mode: 'create_only' }[]
    }
}

/** The connections, all of one source. */
export const parts: readonly Part[] = [
    {
        destination: CORNER_SHOP,
        plan: 'everything; prices x 0.79 + 10 %, ending .99',
        document: {
            rates: [{ from: 'USD', to: 'GBP', rate: '0.79' }],
            price_rules: [{ percent: '10', round: '.99' }],
        },
    },
    {
        destination: MARKET_STALL,
        plan: 'the collections Summer and Gifts only; prices x 0.92; sales adjust the source',
        document: {
            orders: 'adjust',
            scopes: [
                { kind: 'collection', value: 'summer' },
                { kind: 'collection', value: 'gifts' },
            ],
            rates: [{ from: 'USD', to: 'EUR', rate: '0.92' }],
        },
    },
    {
        destination: OUTLET,
        plan: 'everything; wholesale prices at -40 %, then its own (create_only); two_way',
        document: {
            orders: 'two_way',
            price_rules: [{ percent: '-40' }],
            lock_rules: [
                { field: 'price', mode: 'create_only' },
                { field: 'compare_at_price', mode: 'create_only' },
            ],
        },
    },
]
