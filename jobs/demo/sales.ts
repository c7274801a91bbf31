import { CORNER_SHOP, MARKET_STALL, OUTLET } from './cast.ts'
import type { Act, Chosen } from './happenings.ts'

/** Where the goods are sent. */
const BUYER = {
    ...{ firstName: 'Ada', lastName: 'Byron', address1: '1 Mill Lane', city: 'London', zip: 'N1 1AA' },
    countryCode: 'GB',
}

/** What people buy, give back and leave unpaid at the destinations in a round; the last two are goods all of them have. */
export function atTheTills(chosen: Chosen[], round: number): Act[] {
    const [bought, given, unwanted, unpaid, popular, counted] = chosen as [
        Chosen,
        Chosen,
        Chosen,
        Chosen,
        Chosen,
        Chosen,
    ]
    const sale = (shop: string, { sku }: Chosen, quantity: number, name: string, what: string, more = {}): Act => ({
        ...{ shop, verb: 'order.sell' },
        body: { name: `#${round}-${name}`, lines: [{ sku, quantity }], shippingAddress: BUYER, ...more },
        what: `sells ${quantity} of ${sku}${what}`,
    })
    return [
        sale(CORNER_SHOP, bought, 2, 'A', ''),
        sale(CORNER_SHOP, given, 3, 'B', ', and'),
        {
            ...{ shop: CORNER_SHOP, verb: 'order.refund' },
            body: { name: `#${round}-B`, lines: [{ sku: given.sku, quantity: 1, restock: 'cancel' }] },
            what: 'takes one of them back into stock',
        },
        sale(CORNER_SHOP, unwanted, 1, 'C', ', and'),
        {
            ...{ shop: CORNER_SHOP, verb: 'order.cancel', body: { name: `#${round}-C`, restock: true } },
            what: 'cancels that order',
        },
        sale(CORNER_SHOP, unpaid, 2, 'D', ', which is left unpaid', { payment: 'pending' }),
        sale(MARKET_STALL, popular, 1, 'E', ''),
        sale(OUTLET, popular, 1, 'F', ' as well'),
        {
            ...{ shop: OUTLET, verb: 'level.set', body: { sku: counted.sku, available: figureOf(counted) + 2 } },
            what: `counts ${counted.sku} by hand: ${figureOf(counted) + 2}, which is 2 more`,
        },
    ]
}

const figureOf = ({ variant }: Chosen) => variant.levels[0]?.available ?? 0
