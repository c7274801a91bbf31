import type { Json } from '../../connectors/entities/index.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import { filled, marksOf, originOf } from './marks.ts'
import type { Address, Document, Ready, ReadyLine } from './ready.ts'

/** Financial states whose buyer has paid; all others are pending at the source too. */
const PAID = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED']
/** The hidden property by which a line says which one it stands for. */
export const MARK = '_crossdock'

const bag = (amount: string, currencyCode: string) => ({ shopMoney: { amount, currencyCode } })

/**
 * The variables of `orderCreate` (platform §10.2). Stock is set aside as the setting says, never bypassed; a payment is a
 * transaction, as a bare status may contradict it; no receipts are sent.
 */
export function orderDocument(connection: ConnectionRow, destination: StoreRow, order: Ready): Document {
    const { settings } = connection
    const marks = marksOf(connection, destination, order)
    const origin = originOf(destination, order.order_id)
    const isPaid = settings.push.paid === 'as_there' && PAID.includes(order.financial_status ?? '')
    return {
        order: {
            currency: order.currency,
            taxesIncluded: order.taxes_included ?? false,
            processedAt: order.created_at,
            lineItems: order.lines.map((line) => lineInput(connection, order, line)),
            ...shippingLines(order),
            ...(isPaid && { transactions: [paymentOf(order)] }),
            ...peopleOf(connection, destination, order),
            ...(settings.push.name !== null && { name: filled(settings.push.name, destination, order) }),
            ...{ tags: marks.tags, note: marks.note, customAttributes: marks.attributes },
            ...{ sourceIdentifier: origin, metafields: [originField(origin)] },
        },
        options: {
            inventoryBehaviour: settings.push_inventory.toUpperCase(),
            ...{ sendReceipt: false, sendFulfillmentReceipt: false },
        },
    } as Document
}

export const originField = (value: string) => ({ namespace: 'crossdock', key: 'origin', type: 'id', value })

function lineInput(connection: ConnectionRow, order: Ready, line: ReadyLine): Json {
    return {
        variantId: gid('ProductVariant', line.source_variant_id),
        quantity: line.units,
        priceSet: bag(line.price, order.currency),
        ...(line.requires_shipping !== null && { requiresShipping: line.requires_shipping }),
        taxLines: line.taxes.map(({ title, rate, amount }) => ({
            ...{ title, rate: String(rate ?? 0), priceSet: bag(amount, order.currency) },
        })),
        properties: propertiesOf(connection, order, line).map(({ key, value }) => ({ name: key, value: value ?? '' })),
    }
}

/** Our mark, what was paid there (rule 63), and the buyer's own where they travel (rule 71). */
export function propertiesOf({ settings }: ConnectionRow, order: Ready, line: ReadyLine) {
    const buyers = settings.order_details.includes('properties') ? line.properties : []
    const presented = order.presentment_currency ?? order.currency_there
    const isElsewhere = order.currency !== order.currency_there || presented !== order.currency_there
    return [
        { key: MARK, value: `${line.line_item_id}/${line.part}` },
        ...buyers,
        ...(line.discount === null ? [] : [{ key: 'Discount', value: `${line.discount} ${order.currency_there}` }]),
        ...(isElsewhere ? [{ key: 'Paid there', value: `${line.presented} ${presented}` }] : []),
    ]
}

function shippingLines({ shipping_total, shipping_title, currency }: Ready) {
    if (shipping_total === null) return {}
    return { shippingLines: [{ title: shipping_title ?? 'Shipping', priceSet: bag(shipping_total, currency) }] }
}

function paymentOf({ total, currency }: Ready) {
    return { kind: 'SALE', status: 'SUCCESS', gateway: 'crossdock', amountSet: bag(total, currency) }
}

/** Whom the source's mails go to, and where it ships to: what the settings let travel. */
export function peopleOf({ settings }: ConnectionRow, destination: StoreRow, order: Ready): Document {
    const email = contactOf(settings.push.contact, destination, order)
    const travels = (detail: 'phone' | 'shipping_address' | 'billing_address') =>
        settings.order_details.includes(detail) ? order[detail] : null
    const [phone, shipping, billing] = [travels('phone'), travels('shipping_address'), travels('billing_address')]
    return {
        ...(email && { email }),
        ...(phone && { phone: phone as string }),
        ...(shipping && { shippingAddress: addressInput(shipping as Address) }),
        ...(billing && { billingAddress: addressInput(billing as Address) }),
    }
}

function contactOf(contact: string, destination: StoreRow, order: Ready): string | null {
    if (contact === 'none') return null
    if (contact === 'buyer') return order.email
    return contact === 'destination' ? destination.contact_email : contact
}

const PARTS = ['firstName', 'lastName', 'company', 'address1', 'address2', 'city', 'zip', 'phone']

function addressInput(address: Address): Json {
    const parts = PARTS.flatMap((part) => (address[part] ? [[part, address[part]]] : []))
    return {
        ...Object.fromEntries(parts),
        ...(address.provinceCode && { provinceCode: address.provinceCode }),
        ...(address.countryCodeV2 && { countryCode: address.countryCodeV2 }),
    }
}
