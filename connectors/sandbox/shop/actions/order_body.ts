import type { Attribute, Customer, MailingAddress, Order, OrderLine } from '../order_rows.ts'
import { minus, times } from '../orders/amounts.ts'
import type { NewLine } from '../orders/new_order.ts'
import { lineOfVariant, locationOfItem } from '../orders/sources.ts'
import { currentQuantity } from '../orders/totals.ts'
import { nextId, type Shop } from '../state.ts'
import { defaultLocation } from '../stock.ts'
import { money } from '../text.ts'
import { type ActionBody, idOf, locationIn, numberFrom, textOf, variantIn } from './body.ts'

/** The order named by `id` (`orderId`) or `name`. */
export function orderIn(shop: Shop, body: ActionBody): Order {
    const id = idOf(body.id ?? body.orderId)
    const name = textOf(body, 'name')
    const found = id !== null ? shop.orders.get(id) : [...shop.orders.values()].find((order) => order.name === name)
    if (found) return found
    throw new Error(`expected an order of ${shop.domain} named by id or name, got ${JSON.stringify(body)}`)
}

/** A list of objects in the body; empty where it is absent. */
export function objectsIn(body: ActionBody, name: string): ActionBody[] {
    const value = body[name] ?? []
    if (Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null)) return value
    throw new Error(`expected ${name} to be a list of objects, got ${JSON.stringify(value)}`)
}

/** A count of units, 0 or more. */
export function unitsIn(body: ActionBody, name = 'quantity'): number {
    const units = numberFrom(body, name)
    if (Number.isInteger(units) && units >= 0) return units
    throw new Error(`expected ${name} to be a number of units, got ${units}`)
}

/** The line of an order named by `lineId` or `sku`; of several with one SKU the first that has units left. */
export function lineIn(order: Order, body: ActionBody): OrderLine {
    const id = idOf(body.lineId)
    const named = order.lines.filter((line) => (id === null ? line.sku === body.sku : line.id === id))
    const found = named.find((line) => currentQuantity(line) > 0) ?? named[0]
    if (found) return found
    const known = order.lines.map((line) => `${line.id} (${line.sku})`).join(', ')
    throw new Error(`expected lineId or sku of one of ${known}, got ${JSON.stringify(body)}`)
}

/**
 * A new line of the variant that `sku`, `variantId` or `inventoryItemId` names, or of something the shop has no variant of
 * (`title`); `price` instead of the variant's.
 */
export function newLineIn(shop: Shop, body: ActionBody): NewLine {
    const title = textOf(body, 'title')
    const variant = title === null ? variantIn(shop, { ...body, id: undefined }) : null
    const own = variant ? lineOfVariant(shop, variant) : { title: title ?? '', price: '0.00', quantity: 1 }
    const price = body.price === undefined ? own.price : money(String(body.price))
    const { requiresShipping } = body
    return {
        ...{ ...own, price, quantity: unitsIn(body), customAttributes: attributesIn(body) },
        ...(typeof requiresShipping === 'boolean' ? { requiresShipping } : {}),
        discount: money(String(body.discount ?? '0')),
    }
}

/** The line with the tax of its `taxRate` (0.2 is a fifth), on top of what is paid for it or within it. */
export function taxedLine(line: NewLine, { taxRate }: ActionBody, included: boolean): NewLine {
    if (taxRate === undefined) return line
    const worth = minus(times(line.price, line.quantity), line.discount ?? '0.00')
    const rate = Number(taxRate)
    const price = money((included ? Number(worth) - Number(worth) / (1 + rate) : Number(worth) * rate).toFixed(4))
    return { ...line, taxLines: [{ title: 'VAT', rate, price }] }
}

/**
 * Where units of an item are taken from: where the body says; else the first active location that stocks the item with
 * enough available, else the first that stocks it, else where the shop's goods lie.
 */
export function sourceLocation(shop: Shop, body: ActionBody, itemId: number | null | undefined, units: number): number {
    if (body.location !== undefined || body.locationId !== undefined) return locationIn(shop, body).id
    const item = shop.inventoryItems.get(itemId ?? -1)
    const id = (item && locationOfItem(shop, item, units)) ?? defaultLocation(shop)?.id
    if (id !== undefined) return id
    throw new Error(`${shop.domain} has no active location`)
}

export function attributesIn(body: ActionBody): Attribute[] {
    return objectsIn(body, 'customAttributes').map(({ key, value }) => ({
        key: String(key),
        value: value == null ? null : String(value),
    }))
}

/** An address as texts; null where the body has none. */
export function addressIn(shop: Shop, value: unknown): MailingAddress | null {
    if (typeof value !== 'object' || value === null) return null
    const given = value as ActionBody
    const { countryCode, provinceCode } = {
        countryCode: textOf(given, 'countryCode'),
        provinceCode: textOf(given, 'provinceCode'),
    }
    const text = (name: string) => textOf(given, name)
    return {
        __typename: 'MailingAddress',
        id: nextId(shop),
        ...{ firstName: text('firstName'), lastName: text('lastName'), company: text('company') },
        ...{ address1: text('address1'), address2: text('address2'), city: text('city'), zip: text('zip') },
        ...{ provinceCode, countryCode, phone: text('phone') },
    }
}

/** A customer as texts, with an id of its own; null where the body has none. */
export function customerIn(shop: Shop, value: unknown, now: number): Customer | null {
    if (typeof value !== 'object' || value === null) return null
    const given = value as ActionBody
    const text = (name: string) => textOf(given, name)
    return {
        __typename: 'Customer',
        id: idOf(given.id) ?? nextId(shop),
        ...{ firstName: text('firstName'), lastName: text('lastName'), email: text('email'), phone: text('phone') },
        createdAt: now,
    }
}
