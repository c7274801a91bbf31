import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import type { ShopOptions } from '../../connectors/sandbox/shop/options.ts'
import { CORNER_SHOP, currencies, MARKET_STALL, NORTHWIND, OUTLET, rates, SOUTHWIND, single } from '../helpers/cast.ts'
import type { Plot } from '../stock_stories/plots.ts'

const SHOP = 'Main warehouse'
const ANNEX = 'Annex'

const at = (domain: string, ...locations: string[]): ShopOptions => ({
    domain,
    currency: currencies[domain]!,
    locations: (locations.length > 0 ? locations : [SHOP]).map((name) => ({ name })),
    settings: { mediaMs: 0 },
})

/** Prices that do not divide, so that a discount leaves a cent over. */
const northwindGoods = [
    single('Mug', 'MUG', { variant: { available: 60, price: '10.00' } }),
    single('Socks', 'SOCK', { variant: { available: 300, price: '2.50' } }),
    single('Lamp', 'LAMP', { variant: { available: 40, price: '33.33' } }),
    single('Vase', 'VASE', { variant: { available: 50, price: '7.99' } }),
]
const southwindGoods = [single('Rug', 'RUG', { variant: { available: 40, price: '55.00' } })]
/** What a store has of its own, and nobody else ships. */
const own = single('Gift card box', 'BOX', { vendor: 'Corner', variant: { available: 90, price: '3.00' } })
const packs = single('Six socks', 'SOCK-6PK', { variant: { available: 1, price: '14.00' } })

const stocked = (shop: string, products: readonly ActionBody[]) => products.map((product) => ({ shop, product }))
const shipping = [
    { from: '0', cost: '4.00' },
    { from: '50', cost: '2.00' },
    { from: '100', cost: '0' },
]

export const plots: readonly Plot[] = [
    {
        name: 'a store in another currency',
        shops: [at(NORTHWIND), at(CORNER_SHOP)],
        connections: [{ destination: CORNER_SHOP, settings: { orders: 'order_push', rates, push: { shipping } } }],
        goods: [...stocked(NORTHWIND, northwindGoods), { shop: CORNER_SHOP, product: own }],
    },
    {
        name: 'a store whose orders are drafts first, beside one that counts everything',
        shops: [at(NORTHWIND), at(OUTLET), at(MARKET_STALL)],
        connections: [
            { destination: OUTLET, settings: { orders: 'order_push', rates, push: { as: 'draft' } } },
            {
                destination: MARKET_STALL,
                settings: {
                    ...{ orders: 'order_push', rates, counts_as_paid: 'any', order_details: ['shipping_address'] },
                    push: { paid: 'pending', marks: ['attributes'] },
                    mirror: { notify: false },
                },
            },
        ],
        goods: stocked(NORTHWIND, northwindGoods),
    },
    {
        name: 'packs, and two places that ship',
        shops: [at(NORTHWIND, SHOP, ANNEX), at(CORNER_SHOP, SHOP, ANNEX)],
        connections: [
            {
                destination: CORNER_SHOP,
                settings: {
                    ...{ orders: 'order_push', rates },
                    mappings: [{ source_sku: 'SOCK', destination_sku: 'SOCK-6PK', factor: 6 }],
                    locations: [SHOP, ANNEX].map((name) => ({ source: name, destination: name })),
                },
            },
        ],
        goods: [...stocked(NORTHWIND, northwindGoods), ...stocked(CORNER_SHOP, [packs, own])],
    },
    {
        name: 'goods of two sources in one order',
        shops: [at(NORTHWIND), at(SOUTHWIND), at(OUTLET)],
        connections: [
            { destination: OUTLET, settings: { orders: 'order_push', rates } },
            {
                destination: OUTLET,
                source: SOUTHWIND,
                settings: { orders: 'order_push', rates, counts_as_paid: 'paid_and_authorized' },
            },
        ],
        goods: [...stocked(NORTHWIND, northwindGoods), ...stocked(SOUTHWIND, southwindGoods)],
    },
]
