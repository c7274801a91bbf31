import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import type { ShopOptions } from '../../connectors/sandbox/shop/options.ts'
import { CORNER_SHOP, currencies, MARKET_STALL, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

/** Who sells northwind's stock, and under which settings. */
export type Plot = {
    name: string
    shops: ShopOptions[]
    connections: { destination: string; source?: string; settings: SettingsDocument }[]
    /** who has what when it begins; by default northwind has `goods` */
    goods?: { shop: string; product: ActionBody }[]
}

const SHOP = 'Main warehouse'
const ANNEX = 'Annex'

const at = (domain: string, ...locations: string[]): ShopOptions => ({
    domain,
    currency: currencies[domain]!,
    locations: locations.map((name) => ({ name })),
    settings: { mediaMs: 0 },
})

const mirrored = [
    { source: SHOP, destination: SHOP },
    { source: ANNEX, destination: ANNEX },
]
const summed = [SHOP, ANNEX].map((source, index) => ({
    ...{ source, destination: SHOP, mode: 'sum_into', priority: 10 - index },
}))
/** Half a dozen socks under a SKU of their own. */
const packs = [{ source_sku: 'SOCK', destination_sku: 'SOCK-6PK', factor: 6 }]

export const plots: readonly Plot[] = [
    {
        name: 'a store that pushes and one that adjusts',
        shops: [at(NORTHWIND, SHOP), at(CORNER_SHOP, SHOP), at(OUTLET, SHOP)],
        connections: [
            { destination: CORNER_SHOP, settings: { orders: 'order_push', rates, mappings: packs } },
            { destination: OUTLET, settings: { orders: 'adjust', rates, buffers: [{ units: 2 }] } },
        ],
    },
    {
        name: 'three stores at two locations',
        shops: [at(NORTHWIND, SHOP, ANNEX), at(CORNER_SHOP, SHOP, ANNEX), at(OUTLET, SHOP), at(MARKET_STALL, SHOP)],
        connections: [
            { destination: CORNER_SHOP, settings: { orders: 'adjust', rates, locations: mirrored } },
            {
                destination: OUTLET,
                settings: {
                    orders: 'order_push',
                    rates,
                    locations: summed,
                    buffers: [{ percent: '10', zero_below: 3 }],
                },
            },
            {
                destination: MARKET_STALL,
                settings: {
                    orders: 'adjust',
                    rates,
                    counts_as_paid: 'paid_and_authorized',
                    locations: mirrored.slice(1).map(() => ({ source: ANNEX, destination: SHOP })),
                },
            },
        ],
    },
    {
        name: 'a store whose counts go both ways',
        shops: [at(NORTHWIND, SHOP), at(CORNER_SHOP, SHOP), at(MARKET_STALL, SHOP)],
        connections: [
            { destination: CORNER_SHOP, settings: { orders: 'two_way', rates } },
            {
                destination: MARKET_STALL,
                settings: {
                    orders: 'adjust',
                    rates,
                    mappings: packs,
                    buffers: [{ scope: 'sku', scope_value: 'MUG', units: 1 }],
                },
            },
        ],
    },
]

/** What northwind has; of each enough for a few sales, of one hardly any. */
export const goods: readonly ActionBody[] = [
    single('Mug', 'MUG', { variant: { available: 15 } }),
    single('Socks', 'SOCK', { variant: { available: 40 } }),
    single('Lamp', 'LAMP', { variant: { available: 3 } }),
    single('Vase', 'VASE', { variant: { available: 8 } }),
]

/** The packs of socks, where a store sells them. */
export const packGoods: ActionBody = single('Six socks', 'SOCK-6PK', { variant: { available: 1, price: '14.00' } })
