import type { SettingsDocument } from '../settings.ts'
import { cornerShop, northwind, product, scene, variant } from '../small_shops.ts'
import type { ShopOrder, ShopState } from '../state.ts'
import type { FullLine, FullOrder, FullRefund, Parcel } from './full_order.ts'
import { judgeOrders, type OrdersAsked } from './judge.ts'

/** Hand-made orders for the oracle's own tests: one mug bought at the corner shop for 10.00 of its pounds. */
const home = {
    ...{ firstName: 'Ada', lastName: 'Byron', company: null, address1: '1 Mill Lane', city: 'London' },
    ...{ zip: 'N1', countryCode: 'GB' },
}

const plain = {
    ...{ test: false, createdAt: '2026-02-01T12:00:00Z', updatedAt: '2026-02-01T12:00:00Z', cancelledAt: null },
    ...{ financialStatus: 'PAID', metafields: [], refunded: '0.00', presentment: null, taxesIncluded: true },
    ...{ tags: [], note: null, email: null, phone: null, shippingAddress: home, billingAddress: home },
    ...{ shippingLines: [], customAttributes: [], sourceName: 'web', edited: false, staffNote: null },
    ...{ fulfillments: [], refunds: [], returns: [] },
}

const lineOf = (id: number, variantId: number, given: Partial<FullLine>): FullLine => ({
    ...{ id, variantId, inventoryItemId: variantId + 5, sku: 'MUG', title: 'Mug', price: '10.00', discount: '0.00' },
    ...{ quantity: 1, currentQuantity: 1, unfulfilledQuantity: 1, fulfilledQuantity: 0, added: 0, restocked: 0 },
    ...{ requiresShipping: true, customAttributes: [], ...given },
})

const whole = (order: Partial<FullOrder> & Pick<FullOrder, 'lines'>, locationId: number): FullOrder =>
    ({
        ...plain,
        fulfillmentOrders: [
            { locationId, lines: order.lines.map(({ id, quantity }) => ({ lineId: id, totalQuantity: quantity })) },
        ],
        ...order,
    }) as FullOrder

export const ORDER = 501
export const LINE = 502

/** What was bought at the corner shop. */
export function bought(line: Partial<FullLine> = {}, more: Partial<FullOrder> = {}): FullOrder {
    const lines = [lineOf(LINE, 1_000_010, line), ...(more.lines ?? [])]
    return whole(
        { ...{ id: ORDER, name: '#7', currency: 'GBP', total: '10.00', received: '10.00' }, ...more, lines },
        2001,
    )
}

/** A line that stands for the one that was bought. */
export const part = (price: string, quantity = 1, more: Partial<FullLine> = {}): FullLine => {
    const units = { quantity, currentQuantity: quantity, unfulfilledQuantity: quantity }
    const customAttributes = [{ key: '_crossdock', value: `${LINE}/${more.id === 702 ? 2 : 1}` }]
    return lineOf(701, 10, { price, ...units, customAttributes, ...more })
}

/** What stands for it at northwind, in dollars at 1.25 to the pound. */
export function pushed(lines: FullLine[] = [part('12.50')], more: Partial<FullOrder> = {}): FullOrder {
    const origin = { namespace: 'crossdock', key: 'origin', value: `corner-shop.example/${ORDER}` }
    const total = lines.reduce((sum, { price, quantity }) => sum + Number(price) * quantity, 0).toFixed(2)
    const says = { note: 'Prices include tax.', tags: ['crossdock', 'corner-shop.example', '#7'], metafields: [origin] }
    const made = { id: 601, name: '#1001', currency: 'USD', total, received: total, createdAt: '2026-02-01T12:30:00Z' }
    return whole({ ...made, ...says, ...more, lines }, 1001)
}

type Told = {
    here: FullOrder[]
    there?: FullOrder[]
    settings?: SettingsDocument
    factor?: number
    asked?: OrdersAsked
}

/** The fields in which the oracle finds a difference. */
export function found({ here, there = [], settings = {}, factor = 1, asked = {} }: Told): string[] {
    const source: ShopState = {
        ...northwind(product(1, { variants: [variant(10, { sku: 'MUG', available: 15 })] })),
        orders: there as unknown as ShopOrder[],
    }
    const destination: ShopState = {
        ...cornerShop(product(1_000_001, { variants: [variant(1_000_010, { sku: 'MUG', available: 15 })] })),
        orders: here as unknown as ShopOrder[],
    }
    const looked = scene(source, destination, { orders: 'order_push', ...settings })
    looked.memory.variants.set(1_000_010, {
        ...{ source: 10, sourceProduct: 1, destinationProduct: 1_000_001, ours: true, matchedBy: 'sku', factor },
        ...{ pricePer: 'unit', existing: null },
    })
    return judgeOrders(looked.sharers[0]!, looked.source, asked).map(({ field }) => field)
}

export const parcel = (
    lineId: number,
    quantity: number,
    number: string | null,
    more: Partial<Parcel> = {},
): Parcel => ({
    ...{ id: 800, locationId: 0, status: 'SUCCESS', mails: 0, createdAt: '2026-02-01T13:00:00Z' },
    ...{ tracking: number === null ? [] : [{ company: 'DPD', number, url: null }], lines: [{ lineId, quantity }] },
    ...more,
})

export const refund = (lineId: number, quantity: number, restockType: string, note: string | null): FullRefund => ({
    ...{ id: 900, note, createdAt: '2026-02-01T14:00:00Z', returnId: null, amount: '0.00' },
    lines: [{ lineId, quantity, restockType, restocked: restockType !== 'NO_RESTOCK', locationId: null }],
})
