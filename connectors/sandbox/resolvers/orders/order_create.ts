import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import type { FinancialStatus, Order, OrderLine } from '../../shop/order_rows.ts'
import { cents, fromCents, minus, sum, times } from '../../shop/orders/amounts.ts'
import { openFulfillmentOrders } from '../../shop/orders/lookups.ts'
import { addLine, addOrder, announce, assign, type NewLine } from '../../shop/orders/new_order.ts'
import { addTransaction } from '../../shop/orders/payments.ts'
import { ship } from '../../shop/orders/shipping.ts'
import { lineOfVariant, locationOfItem } from '../../shop/orders/sources.ts'
import { nextId } from '../../shop/state.ts'
import { defaultLocation } from '../../shop/stock.ts'
import { money, storedTags } from '../../shop/text.ts'
import { orderFaults } from './order_create_check.ts'
import type { DiscountCodeInput, InventoryBehaviour, LineInput, OrderCreateInput } from './order_create_input.ts'
import { presentmentIn, presentmentOf } from './order_create_money.ts'
import { addressOf, amountOf, customerOf, taxLinesOf, writeMetafields } from './order_fields.ts'

type Create = { order: OrderCreateInput; options?: { inventoryBehaviour?: InventoryBehaviour | null } | null }

export const resolvers: Resolvers = {
    Mutation: {
        orderCreate: (_: unknown, { order: input, options }: Create, context: Context) => {
            const behaviour = options?.inventoryBehaviour ?? 'BYPASS'
            const userErrors = orderFaults(context, input, behaviour)
            if (userErrors.length > 0) return { order: null, userErrors }
            return { order: created(context, input, behaviour), userErrors: [] }
        },
    },
}

/** Makes the order. Unless stock is bypassed its units are set aside at once, where a sale's would be. */
function created(context: Context, input: OrderCreateInput, behaviour: InventoryBehaviour): Order {
    const { shop, clock } = context
    const now = clock.now()
    const order = addOrder(shop, fieldsOf(context, input), now)
    const lines = (input.lineItems ?? []).map((given) => addLine(shop, order, lineOf(context, given)))
    discount(order, lines, input.discountCode)
    for (const line of lines) {
        const { quantity } = line
        const locationId = placeOf(context, line)
        assign(shop, order, { line, locationId, quantity, claims: behaviour !== 'BYPASS', cause: 'order' }, now)
    }
    for (const { kind, status, gateway, amountSet, test } of input.transactions ?? []) {
        const paid = { kind: kind ?? 'SALE', status: status ?? 'SUCCESS', amount: amountOf(amountSet) } as const
        const seen = shownAs('presentmentAmount', presentmentOf(amountSet))
        addTransaction(shop, order, { ...paid, ...seen, gateway: gateway ?? 'manual', test: test ?? order.test }, now)
    }
    announce(shop, order, now)
    writeMetafields(context, order, input.metafields)
    shipped(context, order, input)
    return order
}

function fieldsOf(context: Context, input: OrderCreateInput) {
    const { shop, clock } = context
    const now = clock.now()
    const { name, note, email, phone, poNumber, sourceName, sourceIdentifier } = input
    const customer = customerOf(context, input.customer)
    return {
        ...(name ? { name } : {}),
        ...{ note: note ?? null, phone: phone ?? null, poNumber: poNumber ?? null, test: input.test ?? false },
        ...{ sourceName: sourceName ?? 'sandbox-app', sourceIdentifier: sourceIdentifier ?? null, customer },
        email: email ?? customer?.email ?? null,
        tags: storedTags(shop, input.tags ?? []),
        customAttributes: input.customAttributes ?? [],
        shippingAddress: addressOf(context, input.shippingAddress),
        billingAddress: addressOf(context, input.billingAddress ?? input.shippingAddress),
        shippingLines: (input.shippingLines ?? []).map(({ title, code, source, priceSet, taxLines }) => ({
            ...{ id: nextId(shop), title, code: code ?? null, source: source ?? null },
            ...{ price: amountOf(priceSet), taxLines: taxLinesOf(taxLines) },
            ...shownAs('presentmentPrice', presentmentOf(priceSet)),
        })),
        ...presentmentIn(context, input),
        ...{ taxLines: taxLinesOf(input.taxLines), taxesIncluded: input.taxesIncluded ?? false },
        statusGiven: (input.financialStatus ?? null) as FinancialStatus | null,
        processedAt: Math.min(now, input.processedAt ? Date.parse(input.processedAt) : now),
        closedAt: input.closedAt ? Date.parse(input.closedAt) : null,
    }
}

/** A field with a value, or none at all. */
const shownAs = <Name extends string>(name: Name, value: string | undefined) =>
    (value === undefined ? {} : { [name]: value }) as { [key in Name]?: string }

/** A line takes title, SKU and price of its variant where it gives none. */
function lineOf({ shop }: Context, given: LineInput): NewLine {
    const variant = shop.variants.get(numberOf(given.variantId, 'ProductVariant'))
    const own = variant ? lineOfVariant(shop, variant) : { title: '', price: '0.00' }
    const seen = presentmentOf(given.priceSet)
    return {
        ...own,
        title: variant ? own.title : (given.title ?? ''),
        ...(given.sku == null ? {} : { sku: given.sku }),
        ...(given.vendor == null ? {} : { vendor: given.vendor }),
        ...(given.variantTitle == null ? {} : { variantTitle: given.variantTitle }),
        ...(given.requiresShipping == null ? {} : { requiresShipping: given.requiresShipping }),
        ...(given.priceSet == null ? {} : { price: amountOf(given.priceSet) }),
        ...(seen === undefined ? {} : { presentment: { price: seen } }),
        ...{ taxable: given.taxable ?? true, taxLines: taxLinesOf(given.taxLines), quantity: given.quantity },
        customAttributes: (given.properties ?? []).map(({ name, value }) => ({ key: name, value })),
    }
}

function placeOf({ shop }: Context, { inventoryItemId, quantity }: OrderLine): number {
    const item = shop.inventoryItems.get(inventoryItemId ?? -1)
    return (item && locationOfItem(shop, item, quantity)) ?? defaultLocation(shop)!.id
}

/** One code for the whole order: its amount falls to the lines by what they cost, to the cent. */
function discount(order: Order, lines: readonly OrderLine[], given: DiscountCodeInput | null | undefined) {
    const used = given?.itemFixedDiscountCode ?? given?.itemPercentageDiscountCode ?? given?.freeShippingDiscountCode
    if (!used) return
    order.discountCodes = [used.code]
    if (given?.freeShippingDiscountCode) for (const line of order.shippingLines) line.price = '0.00'
    const worth = sum(lines.map(({ price, quantity }) => times(price, quantity)))
    const percentage = given?.itemPercentageDiscountCode?.percentage ?? 0
    const ofPercentage = money(((Number(worth) * percentage) / 100).toFixed(3))
    let left = given?.itemFixedDiscountCode ? amountOf(given.itemFixedDiscountCode.amountSet) : ofPercentage
    let ahead = worth
    for (const line of lines) {
        const own = times(line.price, line.quantity)
        line.discount = cents(ahead) === 0n ? '0.00' : fromCents((cents(left) * cents(own)) / cents(ahead))
        left = minus(left, line.discount)
        ahead = minus(ahead, own)
    }
}

/** An order may come as shipped already; without `fulfillment` there is then no parcel to be tracked (platform). */
function shipped({ shop, clock }: Context, order: Order, { fulfillment, fulfillmentStatus }: OrderCreateInput) {
    if (!fulfillment && fulfillmentStatus !== 'FULFILLED') return
    const rows = openFulfillmentOrders(shop, order)
    const parcels = rows.flatMap((row) => row.lines.map((part) => ({ row, part, quantity: part.remainingQuantity })))
    const { trackingCompany, trackingNumber } = fulfillment ?? {}
    const tracking = { company: trackingCompany ?? null, number: trackingNumber ?? null, url: null }
    ship(shop, order, parcels, trackingNumber ? [tracking] : [], clock.now())
    if (!fulfillment) order.fulfillments.pop()
}
