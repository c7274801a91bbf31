import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import type { DraftLine, DraftOrder } from '../../shop/order_rows.ts'
import { sum, times } from '../../shop/orders/amounts.ts'
import { draftLineAmount, draftTax } from '../../shop/orders/drafts.ts'
import { seenBySearch } from '../../shop/touch.ts'
import { connection, type PageArgs } from '../connection.ts'
import { matches } from '../search.ts'
import { anyTextTest, idTest, textTest, timeTest } from '../search_tests.ts'
import { moneyBag } from './money_bag.ts'

type Search = PageArgs & { query?: string | null }

const subtotal = ({ lines }: DraftOrder) => sum(lines.map(draftLineAmount))
const shipping = ({ shippingLines }: DraftOrder) => sum(shippingLines.map(({ price }) => price))
const taxOf = (row: DraftOrder, { shop }: Context) =>
    sum(row.lines.flatMap((line) => draftTax(shop, row, line)).map(({ price }) => price))
const bag =
    <Row>(amountOf: (row: Row) => string) =>
    (row: Row, _: unknown, context: Context) =>
        moneyBag(amountOf(row), context)

/** Drafts that a search names; the index lags for them as for orders. */
function found({ shop, clock }: Context, query?: string | null): DraftOrder[] {
    const all = [...shop.draftOrders.values()]
    if (query == null || query.trim() === '') return all
    const now = clock.now()
    return all.filter(
        (row) =>
            row.createdAt <= now - shop.settings.indexLagMs &&
            matches(query, {
                id: idTest(row.id),
                status: textTest(row.status),
                tag: anyTextTest(row.tags),
                created_at: timeTest(row.createdAt),
                updated_at: timeTest(seenBySearch(shop, row, now)),
            }),
    )
}

export const resolvers: Resolvers = {
    QueryRoot: {
        draftOrder: (_: unknown, { id }: { id: string }, { shop }: Context) =>
            shop.draftOrders.get(numberOf(id, 'DraftOrder')) ?? null,
        draftOrders: (_: unknown, args: Search, context: Context, info) =>
            connection(found(context, args.query), args, context, info),
    },
    DraftOrder: {
        id: (row: DraftOrder) => gid('DraftOrder', row.id),
        legacyResourceId: (row: DraftOrder) => String(row.id),
        createdAt: (row: DraftOrder) => isoTime(row.createdAt),
        updatedAt: (row: DraftOrder) => isoTime(row.updatedAt),
        completedAt: ({ completedAt }: DraftOrder) => completedAt && isoTime(completedAt),
        ready: () => true,
        note2: ({ note }: DraftOrder) => note,
        order: ({ orderId }: DraftOrder, _: unknown, { shop }: Context) => shop.orders.get(orderId ?? -1) ?? null,
        currencyCode: (_: DraftOrder, __: unknown, { shop }: Context) => shop.currency,
        presentmentCurrencyCode: (_: DraftOrder, __: unknown, { shop }: Context) => shop.currency,
        taxExempt: ({ taxExempt }: DraftOrder) => taxExempt ?? false,
        ...{ taxesIncluded: () => false, taxLines: () => [], customer: () => null },
        ...{ discountCodes: () => [], warnings: () => [], platformDiscounts: () => [], appliedDiscount: () => null },
        shippingLine: ({ shippingLines }: DraftOrder) => shippingLines[0] ?? null,
        subtotalPriceSet: bag(subtotal),
        totalShippingPriceSet: bag(shipping),
        totalPriceSet: (row: DraftOrder, _: unknown, context: Context) =>
            moneyBag(sum([subtotal(row), shipping(row), taxOf(row, context)]), context),
        totalDiscountsSet: bag(({ lines }: DraftOrder) => sum(lines.map(({ discount }) => discount))),
        totalLineItemsPriceSet: bag(({ lines }: DraftOrder) => sum(lines.map((one) => times(one.price, one.quantity)))),
        totalTaxSet: (row: DraftOrder, _: unknown, context: Context) => moneyBag(taxOf(row, context), context),
        totalQuantityOfLineItems: ({ lines }: DraftOrder) => lines.reduce((total, { quantity }) => total + quantity, 0),
        lineItems: (row: DraftOrder, args: PageArgs, context: Context, info) =>
            connection(row.lines, args, context, info),
    },
    DraftOrderLineItem: {
        id: (line: DraftLine) => gid('DraftOrderLineItem', line.id),
        custom: ({ variantId }: DraftLine) => variantId === null,
        name: ({ title, variantTitle }: DraftLine) => (variantTitle === null ? title : `${title} - ${variantTitle}`),
        variant: ({ variantId }: DraftLine, _: unknown, { shop }: Context) =>
            shop.variants.get(variantId ?? -1) ?? null,
        product: ({ productId }: DraftLine, _: unknown, { shop }: Context) =>
            shop.products.get(productId ?? -1) ?? null,
        ...{ isGiftCard: () => false, taxLines: () => [], appliedDiscount: () => null, components: () => [] },
        originalUnitPriceSet: bag(({ price }: DraftLine) => price),
        originalTotalSet: bag(({ price, quantity }: DraftLine) => times(price, quantity)),
        discountedTotalSet: bag(draftLineAmount),
        totalDiscountSet: bag(({ discount }: DraftLine) => discount),
    },
}
