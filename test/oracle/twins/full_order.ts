import type { ShopOrder, ShopState, View } from '../state.ts'

/** An order with all that the control address shows of it: money, people, parcels, and what came back. */
export type FullOrder = Omit<ShopOrder, 'lines' | 'fulfillments' | 'refunds'> & {
    updatedAt: string
    /** in the shop's currency, as all amounts */
    total: string
    received: string
    refunded: string
    currency: string
    presentment: { currency: string; rate: string } | null
    taxesIncluded: boolean
    tags: string[]
    note: string | null
    email: string | null
    phone: string | null
    shippingAddress: Address | null
    billingAddress: Address | null
    shippingLines: { title: string; price: string }[]
    customAttributes: Attribute[]
    sourceName: string | null
    edited: boolean
    staffNote: string | null
    lines: FullLine[]
    fulfillments: Parcel[]
    refunds: FullRefund[]
    returns: FullReturn[]
}
export type Attribute = { key: string; value: string | null }
export type Address = Record<string, string | number | null>
export type FullLine = ShopOrder['lines'][number] & {
    variantId: number | null
    sku: string | null
    title: string
    price: string
    /** of the whole line */
    discount: string
    requiresShipping: boolean
    customAttributes: Attribute[]
    unfulfilledQuantity: number
    fulfilledQuantity: number
    /** what edits added of its quantity */
    added: number
    /** units that were put back on sale: also those of a cancellation, which no order shows */
    restocked: number
}
export type Parcel = ShopOrder['fulfillments'][number] & {
    id: number
    mails: number
    createdAt: string
    tracking: { company: string | null; number: string | null; url: string | null }[]
}
export type FullRefund = {
    id: number
    note: string | null
    createdAt: string
    returnId: number | null
    amount: string
    lines: (ShopOrder['refunds'][number]['lines'][number] & { restockType: string })[]
}
export type FullReturn = {
    id: number
    status: string
    createdAt: string
    lines: { lineId: number; quantity: number; processedQuantity: number }[]
}

export type Draft = {
    id: number
    name: string
    status: 'OPEN' | 'COMPLETED'
    orderId: number | null
    metafields: { namespace: string; key: string; value: string }[]
}

export const ordersOf = ({ orders }: ShopState) => (orders ?? []) as unknown as FullOrder[]
export const draftsOf = (shop: ShopState) => (shop as unknown as { drafts?: Draft[] }).drafts ?? []

/** The value of our mark; null: it carries none. */
export const markOf = ({ metafields }: Pick<FullOrder, 'metafields'>): string | null =>
    metafields.find(({ namespace, key }) => namespace === 'crossdock' && key === 'origin')?.value ?? null

export type Item = { item: number; factor: number; variant: number }

/** What both stores know of a destination's variants: the source's variant, its item, and units in one. */
export function itemsOf(links: ReadonlyMap<number, { source: number; factor: number }>, source: View) {
    const items = new Map<number, Item>()
    for (const [id, { source: variant, factor }] of links) {
        const item = source.variants.get(variant)?.variant.inventoryItemId
        if (item !== undefined) items.set(id, { item, factor, variant })
    }
    return items
}
