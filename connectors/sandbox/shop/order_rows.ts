import type { Metafield } from './rows.ts'

export type * from './pending_rows.ts'

/**
 * The rows of orders: like all rows plain values, ids as numbers, money as decimal strings, times in milliseconds.
 * Lines, payments, fulfilments, refunds and returns live within their order; fulfilment orders are rows of their own,
 * since Shopify lists them for themselves.
 */
export type Order = {
    __typename: 'Order'
    id: number
    number: number
    name: string
    test: boolean
    tags: string[]
    note: string | null
    email: string | null
    phone: string | null
    poNumber: string | null
    customAttributes: Attribute[]
    customer: Customer | null
    shippingAddress: MailingAddress | null
    billingAddress: MailingAddress | null
    shippingLines: ShippingLine[]
    currency: string
    /** what the customer paid in, where that is another currency, and what one unit of the shop's is in it */
    presentment?: { currency: string; rate: string }
    taxesIncluded: boolean
    taxLines: TaxLine[]
    discountCodes: string[]
    sourceName: string | null
    sourceIdentifier: string | null
    lines: OrderLine[]
    transactions: OrderTransaction[]
    fulfillments: Fulfillment[]
    refunds: Refund[]
    returns: Return[]
    metafields: Metafield[]
    /** a status that was given at creation and may contradict the payments; the next payment or refund clears it */
    statusGiven: FinancialStatus | null
    edited: boolean
    createdAt: number
    processedAt: number
    updatedAt: number
    closedAt: number | null
    cancelledAt: number | null
    cancelReason: string | null
    staffNote: string | null
    /** only while a search lag hides the newest change: what search still sees */
    indexed?: SearchDocument
}

/** What the search index knows of an order: it lags as a whole, not field by field. */
export type SearchDocument = {
    name: string
    updatedAt: number
    financialStatus: FinancialStatus | null
    fulfillmentStatus: string
    closed: boolean
    cancelled: boolean
    tags: string[]
    note: string | null
    sourceIdentifier: string | null
    metafields: { namespace: string; key: string; value: string }[]
}

export type FinancialStatus =
    | 'AUTHORIZED'
    | 'EXPIRED'
    | 'PAID'
    | 'PARTIALLY_PAID'
    | 'PARTIALLY_REFUNDED'
    | 'PENDING'
    | 'REFUNDED'
    | 'VOIDED'

export type Attribute = { key: string; value: string | null }

export type Customer = {
    __typename: 'Customer'
    id: number
    firstName: string | null
    lastName: string | null
    email: string | null
    phone: string | null
    createdAt: number
}

export type MailingAddress = {
    __typename: 'MailingAddress'
    id: number
} & Record<
    | 'firstName'
    | 'lastName'
    | 'company'
    | 'address1'
    | 'address2'
    | 'city'
    | 'zip'
    | 'provinceCode'
    | 'countryCode'
    | 'phone',
    string | null
>

/** Amounts in the customer's currency stand beside the shop's where they were given; else the order's rate makes them. */
export type TaxLine = { title: string; rate: number; price: string; presentmentPrice?: string }

export type ShippingLine = {
    id: number
    title: string
    code: string | null
    source: string | null
    price: string
    presentmentPrice?: string
    taxLines: TaxLine[]
}

/** What was bought. Names, SKU and price stay as they were at the time of the order. */
export type OrderLine = {
    __typename: 'LineItem'
    id: number
    /** null: a custom line */
    variantId: number | null
    productId: number | null
    inventoryItemId: number | null
    sku: string | null
    title: string
    variantTitle: string | null
    vendor: string | null
    /** of one unit, before discounts */
    price: string
    /** of the whole line */
    discount: string
    presentment?: { price: string; discount?: string }
    taxLines: TaxLine[]
    requiresShipping: boolean
    taxable: boolean
    customAttributes: Attribute[]
    /** as ordered, with what edits added */
    quantity: number
    /** what edits added of it */
    added?: number
    /** units that were put back on sale, whatever took them off the line */
    restocked?: number
    /** units refunded or taken off before they were shipped */
    cancelledQuantity: number
    /** units refunded after they were shipped */
    returnedQuantity: number
    /** units shipped, whether they came back or not */
    fulfilledQuantity: number
}

export type OrderTransaction = {
    __typename: 'OrderTransaction'
    id: number
    orderId: number
    kind: 'SALE' | 'AUTHORIZATION' | 'CAPTURE' | 'REFUND' | 'VOID'
    status: 'SUCCESS' | 'PENDING' | 'FAILURE' | 'ERROR'
    gateway: string
    amount: string
    presentmentAmount?: string
    parentId: number | null
    test: boolean
    createdAt: number
}

export type FulfillmentOrderStatus = 'OPEN' | 'IN_PROGRESS' | 'ON_HOLD' | 'CLOSED' | 'CANCELLED'

/** What one location is to ship of an order. */
export type FulfillmentOrder = {
    __typename: 'FulfillmentOrder'
    id: number
    orderId: number
    locationId: number
    status: FulfillmentOrderStatus
    lines: FulfillmentOrderLine[]
    createdAt: number
    updatedAt: number
    indexedUpdatedAt?: number
}

export type FulfillmentOrderLine = {
    __typename: 'FulfillmentOrderLineItem'
    id: number
    lineId: number
    totalQuantity: number
    remainingQuantity: number
    /** of the remaining units, those set aside in the location's stock: none of untracked or bypassed items */
    claimed: number
}

export type Tracking = { company: string | null; number: string | null; url: string | null }

export type Fulfillment = {
    __typename: 'Fulfillment'
    id: number
    orderId: number
    name: string
    locationId: number
    status: 'SUCCESS' | 'CANCELLED'
    lines: FulfillmentLine[]
    fulfillmentOrderIds: number[]
    tracking: Tracking[]
    /** shipping mails that the customer was sent */
    mails?: number
    createdAt: number
    updatedAt: number
}

export type FulfillmentLine = {
    __typename: 'FulfillmentLineItem'
    id: number
    lineId: number
    fulfillmentOrderLineId: number
    quantity: number
    /** units that were set aside before: what a cancelled fulfilment sets aside again */
    claimed: number
}

export type RestockType = 'CANCEL' | 'RETURN' | 'NO_RESTOCK'

export type Refund = {
    __typename: 'Refund'
    id: number
    orderId: number
    note: string | null
    lines: RefundLine[]
    shipping: string
    transactionIds: number[]
    returnId: number | null
    createdAt: number
    updatedAt: number
}

export type RefundLine = {
    __typename: 'RefundLineItem'
    id: number
    lineId: number
    quantity: number
    restockType: RestockType
    restocked: boolean
    locationId: number | null
    subtotal: string
}

export type Return = {
    __typename: 'Return'
    id: number
    orderId: number
    name: string
    status: 'REQUESTED' | 'OPEN' | 'CLOSED' | 'CANCELED' | 'DECLINED'
    lines: ReturnLine[]
    createdAt: number
    requestApprovedAt: number | null
    decline: { reason: string; note: string | null } | null
    closedAt: number | null
}

export type ReturnLine = {
    __typename: 'ReturnLineItem'
    id: number
    returnId: number
    orderId: number
    fulfillmentLineId: number
    lineId: number
    quantity: number
    processedQuantity: number
    refundedQuantity: number
    reason: string
    note: string
}
