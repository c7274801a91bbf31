import type { Attribute, MailingAddress, OrderLine, ShippingLine } from './order_rows.ts'
import type { Metafield } from './rows.ts'

/** An edit that was begun and not committed yet. */
export type OrderEdit = {
    id: number
    orderId: number
    added: { id: number; variantId: number; quantity: number; locationId: number | null }[]
    set: { lineId: number; quantity: number; restock: boolean }[]
}

/** A cancellation that was asked for over the API and takes effect a while later. */
export type PendingCancellation = {
    orderId: number
    dueAt: number
    reason: string
    restock: boolean
    refund: boolean
    staffNote?: string | null | undefined
}

/** An order that is put together and not placed yet; nothing is set aside for it. */
export type DraftOrder = {
    __typename: 'DraftOrder'
    id: number
    name: string
    status: 'OPEN' | 'COMPLETED'
    lines: DraftLine[]
    email: string | null
    phone?: string | null
    /** no tax is put on it */
    taxExempt?: boolean
    sourceName?: string | null
    note: string | null
    tags: string[]
    customAttributes: Attribute[]
    shippingAddress: MailingAddress | null
    billingAddress: MailingAddress | null
    shippingLines: ShippingLine[]
    metafields: Metafield[]
    /** of the order it became */
    orderId: number | null
    createdAt: number
    updatedAt: number
    completedAt: number | null
    indexedUpdatedAt?: number
}

export type DraftLine = Pick<
    OrderLine,
    | 'id'
    | 'variantId'
    | 'productId'
    | 'inventoryItemId'
    | 'sku'
    | 'title'
    | 'variantTitle'
    | 'vendor'
    | 'price'
    | 'discount'
    | 'requiresShipping'
    | 'taxable'
    | 'customAttributes'
    | 'quantity'
> & { __typename: 'DraftOrderLineItem' }
