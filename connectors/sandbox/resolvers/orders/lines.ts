import type { Context, Resolvers } from '../../context.ts'
import { gid } from '../../shop/gids.ts'
import type { OrderLine } from '../../shop/order_rows.ts'
import { cents, fromCents, minus, share, times } from '../../shop/orders/amounts.ts'
import { lineOf, orderOfPart } from '../../shop/orders/lookups.ts'
import { currentQuantity, lineAmount, unfulfilledQuantity } from '../../shop/orders/totals.ts'
import { lineBag, moneyBag, taxLines } from './money_bag.ts'

const bag = (amountOf: (line: OrderLine) => string) => (line: OrderLine, _: unknown, context: Context) =>
    lineBag(line, amountOf, context)

const unitPrice = (line: OrderLine) => minus(line.price, share(line.discount, 1, line.quantity))

export const resolvers: Resolvers = {
    LineItem: {
        id: (line: OrderLine) => gid('LineItem', line.id),
        name: ({ title, variantTitle }: OrderLine) => (variantTitle === null ? title : `${title} - ${variantTitle}`),
        currentQuantity: (line: OrderLine) => currentQuantity(line),
        refundableQuantity: (line: OrderLine) => currentQuantity(line),
        unfulfilledQuantity: (line: OrderLine) => unfulfilledQuantity(line),
        fulfillableQuantity: (line: OrderLine) => unfulfilledQuantity(line),
        nonFulfillableQuantity: (line: OrderLine) => line.quantity - unfulfilledQuantity(line),
        fulfillmentStatus: (line: OrderLine) => {
            if (line.fulfilledQuantity === 0) return 'unfulfilled'
            return unfulfilledQuantity(line) > 0 ? 'partial' : 'fulfilled'
        },
        variant: (line: OrderLine, _: unknown, { shop }: Context) => shop.variants.get(line.variantId ?? -1) ?? null,
        product: (line: OrderLine, _: unknown, { shop }: Context) => shop.products.get(line.productId ?? -1) ?? null,
        taxLines: (line: OrderLine, _: unknown, context: Context) =>
            taxLines(orderOfPart(context.shop, line.id), (order) => lineOf(order, line.id)!.taxLines, context),
        // the parts of one discount that fell to this line; which code it was of, the order says
        discountAllocations: (line: OrderLine, _: unknown, context: Context) =>
            cents(line.discount) === 0n
                ? []
                : [{ allocatedAmountSet: lineBag(line, ({ discount }) => discount, context), line }],
        originalUnitPriceSet: bag(({ price }) => price),
        originalTotalSet: bag(({ price, quantity }) => times(price, quantity)),
        discountedUnitPriceSet: bag(unitPrice),
        discountedUnitPriceAfterAllDiscountsSet: bag(unitPrice),
        discountedTotalSet: bag((line) => lineAmount(line, line.quantity)),
        totalDiscountSet: bag(({ discount }) => discount),
        unfulfilledOriginalTotalSet: bag((line) => times(line.price, unfulfilledQuantity(line))),
        unfulfilledDiscountedTotalSet: bag((line) => lineAmount(line, unfulfilledQuantity(line))),
        ...{ isGiftCard: () => false, duties: () => [], merchantEditable: () => true, restockable: () => true },
        weight: (line: OrderLine, _: unknown, { shop }: Context) =>
            shop.inventoryItems.get(line.inventoryItemId ?? -1)?.weight ?? null,
    },
    DiscountAllocation: {
        allocatedAmount: ({ allocatedAmountSet }: { allocatedAmountSet: { shopMoney: unknown } }) =>
            allocatedAmountSet.shopMoney,
        discountApplication: ({ line }: { line: OrderLine }, _: unknown, context: Context) => ({
            __typename: 'ManualDiscountApplication',
            ...{ title: 'Discount', description: null, allocationMethod: 'ACROSS', targetSelection: 'EXPLICIT' },
            ...{ targetType: 'LINE_ITEM', index: 0 },
            value: { __typename: 'MoneyV2', ...moneyBag(fromCents(cents(line.discount)), context).shopMoney },
        }),
    },
}
