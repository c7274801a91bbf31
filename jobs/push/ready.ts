import type { Json } from '../../connectors/entities/index.ts'

/** A part of a line that travels: `units` of the source at `price` each, in the source's currency. */
export type ReadyLine = {
    line_item_id: string
    part: number
    source_variant_id: string
    factor: number
    units: number
    of_units: number
    price: string
    properties: Attribute[]
    requires_shipping: boolean | null
    /** What was taken off, and what was paid, in the destination's currency; `presented` in the buyer's. */
    discount: string | null
    paid_there: string
    presented: string
    taxes: { title: string; rate: number | null; amount: string }[]
}

export type Attribute = { key: string; value: string | null }
export type Address = { [part: string]: string | null }
type Customer = {
    firstName: string | null
    lastName: string | null
    defaultEmailAddress: { emailAddress: string } | null
    defaultPhoneNumber: { phoneNumber: string } | null
}

/** An order that no gate refuses, with all that a push may carry of it (`sql/orders/ready.sql`). Money is decimal text. */
export type Ready = {
    order_id: string
    name: string
    created_at: string
    financial_status: string | null
    currency_there: string
    total_there: string
    presentment_currency: string | null
    taxes_included: boolean | null
    tags: string[]
    discount_codes: string[]
    shipping_title: string | null
    shipping_there: string | null
    currency: string
    rate: string
    lines_total: string
    shipping_total: string | null
    /** With shipping, and with taxes where prices do not hold them. */
    total: string
    lines: ReadyLine[]
    lines_there: string
    travelling: string
    is_asked: boolean
    customer: Customer | null
    email: string | null
    phone: string | null
    shipping_address: Address | null
    billing_address: Address | null
    note: string | null
    attributes: Attribute[] | null
}

/** What becomes of it: the variables of the call that makes the twin. */
export type Document = { [name: string]: Json }
