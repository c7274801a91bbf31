import type { MetafieldInput } from '../metafields/write.ts'

/** Inputs as the schema has checked them; what the sandbox does not use is not named. */
export type MoneyInput = { amount: string | number; currencyCode: string }
export type MoneyBagInput = { shopMoney: MoneyInput; presentmentMoney?: MoneyInput | null }
export type TaxLineInput = { title: string; rate: string | number; priceSet?: MoneyBagInput | null }
export type AddressInput = Record<string, string | null | undefined>
export type LineInput = {
    variantId?: string | null
    productId?: string | null
    quantity: number
    title?: string | null
    variantTitle?: string | null
    sku?: string | null
    vendor?: string | null
    priceSet?: MoneyBagInput | null
    requiresShipping?: boolean | null
    taxable?: boolean | null
    taxLines?: TaxLineInput[] | null
    properties?: { name: string; value: string }[] | null
}
export type ShippingLineInput = {
    title: string
    code?: string | null
    source?: string | null
    priceSet: MoneyBagInput
    taxLines?: TaxLineInput[] | null
}
export type TransactionInput = {
    kind?: 'SALE' | 'AUTHORIZATION' | 'CAPTURE' | null
    status?: 'SUCCESS' | 'PENDING' | 'FAILURE' | null
    gateway?: string | null
    amountSet: MoneyBagInput
    test?: boolean | null
}
export type CustomerInput = {
    toUpsert?: Record<'id' | 'email' | 'firstName' | 'lastName' | 'phone', string | null | undefined> | null
    toAssociate?: { id?: string | null; email?: string | null } | null
}
export type DiscountCodeInput = {
    itemFixedDiscountCode?: { code: string; amountSet?: MoneyBagInput | null } | null
    itemPercentageDiscountCode?: { code: string; percentage?: number | null } | null
    freeShippingDiscountCode?: { code: string } | null
}
export type OrderCreateInput = {
    lineItems?: LineInput[] | null
    shippingLines?: ShippingLineInput[] | null
    taxLines?: TaxLineInput[] | null
    transactions?: TransactionInput[] | null
    discountCode?: DiscountCodeInput | null
    customer?: CustomerInput | null
    customerId?: string | null
    shippingAddress?: AddressInput | null
    billingAddress?: AddressInput | null
    metafields?: MetafieldInput[] | null
    customAttributes?: { key: string; value: string }[] | null
    tags?: string[] | null
    financialStatus?: string | null
    fulfillmentStatus?: 'FULFILLED' | 'PARTIAL' | 'RESTOCKED' | null
    fulfillment?: { locationId: string; trackingCompany?: string | null; trackingNumber?: string | null } | null
    processedAt?: string | null
    closedAt?: string | null
    test?: boolean | null
    taxesIncluded?: boolean | null
} & Partial<
    Record<
        | 'currency'
        | 'presentmentCurrency'
        | 'email'
        | 'phone'
        | 'name'
        | 'note'
        | 'poNumber'
        | 'sourceName'
        | 'sourceIdentifier',
        string | null | undefined
    >
>
export type InventoryBehaviour = 'BYPASS' | 'DECREMENT_IGNORING_POLICY' | 'DECREMENT_OBEYING_POLICY'
