import type { Context, Resolvers } from '../../context.ts'
import { gid, numberOf } from '../../shop/gids.ts'
import type { Attribute, DraftLine, DraftOrder } from '../../shop/order_rows.ts'
import { completeDraft } from '../../shop/orders/drafts.ts'
import { lineOfVariant } from '../../shop/orders/sources.ts'
import { nextId } from '../../shop/state.ts'
import { money, storedTags } from '../../shop/text.ts'
import { type MetafieldInput, metafieldFaults, writeMetafield } from '../metafields/write.ts'
import { type UserError, userError } from '../user_error.ts'
import type { AddressInput } from './order_create_input.ts'
import { addressOf } from './order_fields.ts'

type Money = { amount: string | number; currencyCode?: string | null }
type LineInput = {
    variantId?: string | null
    title?: string | null
    sku?: string | null
    quantity: number
    originalUnitPrice?: string | number | null
    originalUnitPriceWithCurrency?: Money | null
    priceOverride?: Money | null
    requiresShipping?: boolean | null
    taxable?: boolean | null
    customAttributes?: Attribute[] | null
    appliedDiscount?: { amount?: string | number | null; amountWithCurrency?: Money | null } | null
}
type DraftInput = {
    lineItems?: LineInput[] | null
    email?: string | null
    phone?: string | null
    taxExempt?: boolean | null
    sourceName?: string | null
    presentmentCurrencyCode?: string | null
    note?: string | null
    tags?: string[] | null
    customAttributes?: Attribute[] | null
    shippingAddress?: AddressInput | null
    billingAddress?: AddressInput | null
    shippingLine?: { title?: string | null; price?: string | number | null; priceWithCurrency?: Money | null } | null
    metafields?: MetafieldInput[] | null
}
type Complete = { id: string; paymentPending?: boolean | null; sourceName?: string | null }

export const resolvers: Resolvers = {
    Mutation: {
        draftOrderCreate: (_: unknown, { input }: { input: DraftInput }, context: Context) => {
            const userErrors = faultsOf(context, input)
            return userErrors.length > 0
                ? { draftOrder: null, userErrors }
                : { draftOrder: drafted(context, input), userErrors }
        },
        /** The order sets its units aside when the draft is completed, not before. */
        draftOrderComplete: (_: unknown, args: Complete, context: Context) => {
            const draft = context.shop.draftOrders.get(numberOf(args.id, 'DraftOrder'))
            if (!draft) return { draftOrder: null, userErrors: [userError(['id'], 'Draft order does not exist')] }
            if (draft.status === 'COMPLETED') {
                return { draftOrder: draft, userErrors: [userError(null, 'This order has been paid')] }
            }
            const { paymentPending, sourceName } = args
            completeDraft(context.shop, draft, { pending: paymentPending ?? false, sourceName }, context.clock.now())
            return { draftOrder: draft, userErrors: [] }
        },
        /** Of a completed one nothing is deleted; Shopify's words for it are not known. */
        draftOrderDelete: (_: unknown, { input }: { input: { id: string } }, { shop }: Context) => {
            const id = numberOf(input.id, 'DraftOrder')
            const draft = shop.draftOrders.get(id)
            if (!draft) return { deletedId: null, userErrors: [userError(['id'], 'Draft order does not exist')] }
            if (draft.status === 'COMPLETED') {
                return { deletedId: null, userErrors: [userError(['id'], 'Draft order is completed')] }
            }
            shop.draftOrders.delete(id)
            return { deletedId: gid('DraftOrder', id), userErrors: [] }
        },
    },
}

function faultsOf(context: Context, input: DraftInput): UserError[] {
    const { lineItems, metafields } = input
    if (!lineItems?.length) return [userError(null, 'Add at least 1 product')]
    const lines = lineItems.flatMap(({ variantId, quantity }, place) => {
        const field = ['lineItems', String(place)]
        if (quantity < 1) return [userError([...field, 'quantity'], 'Quantity must be greater than or equal to 1')]
        const id = numberOf(variantId, 'ProductVariant')
        if (variantId == null || context.shop.variants.has(id)) return []
        return [userError([...field, 'variantId'], `Product with ID ${id} is no longer available.`)]
    })
    const own = (metafields ?? []).flatMap((input, place) =>
        metafieldFaults(context, 'DRAFTORDER', null, input).map(({ field, message }) =>
            userError(['metafields', String(place), field], message),
        ),
    )
    return [...lines, ...own, ...currencyFaults(context, input)]
}

/** Shopify would exchange other money at a rate of its own; the sandbox has none, so it refuses. */
function currencyFaults(
    { shop }: Context,
    { lineItems, shippingLine, presentmentCurrencyCode }: DraftInput,
): UserError[] {
    const given = [
        ...(lineItems ?? []).flatMap((line, place) =>
            [line.priceOverride, line.originalUnitPriceWithCurrency].map((amount) => ({
                field: ['lineItems', String(place)],
                currency: amount?.currencyCode,
            })),
        ),
        { field: ['shippingLine'], currency: shippingLine?.priceWithCurrency?.currencyCode },
        { field: ['presentmentCurrencyCode'], currency: presentmentCurrencyCode },
    ]
    const other = given.filter(({ currency }) => currency != null && currency !== shop.currency)
    return other.map(({ field, currency }) =>
        userError(field, `Expected money of the shop, ${shop.currency}, got ${currency}: the sandbox exchanges none`),
    )
}

function drafted(context: Context, input: DraftInput): DraftOrder {
    const { shop, clock } = context
    const now = clock.now()
    const draft: DraftOrder = {
        __typename: 'DraftOrder',
        id: nextId(shop),
        name: `#D${shop.draftOrders.size + 1}`,
        status: 'OPEN',
        lines: (input.lineItems ?? []).map((given) => lineOf(context, given)),
        ...{ phone: input.phone ?? null, taxExempt: input.taxExempt ?? false, sourceName: input.sourceName ?? null },
        ...{ email: input.email ?? null, note: input.note ?? null, tags: storedTags(shop, input.tags ?? []) },
        customAttributes: input.customAttributes ?? [],
        shippingAddress: addressOf(context, input.shippingAddress),
        billingAddress: addressOf(context, input.billingAddress ?? input.shippingAddress),
        shippingLines: shippingLinesOf(context, input),
        ...{ metafields: [], orderId: null, createdAt: now, updatedAt: now, completedAt: null },
    }
    shop.draftOrders.set(draft.id, draft)
    for (const given of input.metafields ?? []) writeMetafield(context, draft, given)
    return draft
}

function shippingLinesOf({ shop }: Context, { shippingLine }: DraftInput): DraftOrder['shippingLines'] {
    if (!shippingLine) return []
    const price = money(String(shippingLine.priceWithCurrency?.amount ?? shippingLine.price ?? '0'))
    return [{ id: nextId(shop), title: shippingLine.title ?? '', code: 'custom', source: null, price, taxLines: [] }]
}

function lineOf({ shop }: Context, given: LineInput): DraftLine {
    const variant = shop.variants.get(numberOf(given.variantId, 'ProductVariant'))
    const asked = given.priceOverride?.amount ?? given.originalUnitPriceWithCurrency?.amount ?? given.originalUnitPrice
    const off = given.appliedDiscount?.amountWithCurrency?.amount ?? given.appliedDiscount?.amount ?? '0'
    return {
        __typename: 'DraftOrderLineItem',
        id: nextId(shop),
        ...{ variantId: null, productId: null, inventoryItemId: null, variantTitle: null, vendor: null },
        ...{ sku: given.sku ?? null, title: given.title ?? '', price: money(String(asked ?? '0')) },
        ...{ requiresShipping: given.requiresShipping ?? true, taxable: given.taxable ?? true },
        ...(variant ? lineOfVariant(shop, variant) : {}),
        ...(variant && given.priceOverride ? { price: money(String(given.priceOverride.amount)) } : {}),
        ...{ quantity: given.quantity, discount: money(String(off)), customAttributes: given.customAttributes ?? [] },
    }
}
