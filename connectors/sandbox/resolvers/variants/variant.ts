import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import { itemOf } from '../../shop/goods.ts'
import { stateOf } from '../../shop/pictures.ts'
import type { Variant } from '../../shop/state.ts'
import { sellable } from '../../shop/stock.ts'
import { connection, type PageArgs } from '../connection.ts'
import { counted, exactly } from '../counts.ts'
import { foundVariants } from './search.ts'

type Search = PageArgs & { query?: string | null; sortKey?: string | null }
type Identifier = { id?: string | null }

export const resolvers: Resolvers = {
    QueryRoot: {
        productVariant: (_: unknown, { id }: { id: string }, { shop }: Context) =>
            shop.variants.get(numberOf(id, 'ProductVariant')) ?? null,
        productVariantByIdentifier: (_: unknown, { identifier }: { identifier: Identifier }, { shop }: Context) =>
            shop.variants.get(numberOf(identifier.id, 'ProductVariant')) ?? null,
        productVariants: (_: unknown, args: Search, context: Context, info) =>
            connection(foundVariants(context, args.query, args.sortKey), args, context, info),
        productVariantsCount: (_: unknown, args: { query?: string | null; limit?: number | null }, context: Context) =>
            counted(foundVariants(context, args.query).length, args.limit),
    },
    ProductVariant: {
        id: (variant: Variant) => gid('ProductVariant', variant.id),
        legacyResourceId: (variant: Variant) => String(variant.id),
        storefrontId: (variant: Variant) => gid('ProductVariant', variant.id),
        title: (variant: Variant) => variant.options.join(' / '),
        displayName: (variant: Variant, _: unknown, { shop }: Context) =>
            `${shop.products.get(variant.productId)?.title} - ${variant.options.join(' / ')}`,
        position: (variant: Variant, _: unknown, { shop }: Context) =>
            (shop.products.get(variant.productId)?.variantIds.indexOf(variant.id) ?? 0) + 1,
        createdAt: (variant: Variant) => isoTime(variant.createdAt),
        updatedAt: (variant: Variant) => isoTime(variant.updatedAt),
        sku: (variant: Variant, _: unknown, { shop }: Context) => itemOf(shop, variant).sku,
        taxCode: (variant: Variant) => variant.taxCode ?? null,
        showUnitPrice: (variant: Variant) => variant.showUnitPrice ?? false,
        unitPriceMeasurement: (variant: Variant) => variant.unitPriceMeasurement ?? null,
        product: (variant: Variant, _: unknown, { shop }: Context) => shop.products.get(variant.productId),
        inventoryItem: (variant: Variant, _: unknown, { shop }: Context) => itemOf(shop, variant),
        inventoryQuantity: (variant: Variant, _: unknown, { shop }: Context) => sellable(shop, itemOf(shop, variant)),
        sellableOnlineQuantity: (variant: Variant, _: unknown, { shop }: Context) =>
            sellable(shop, itemOf(shop, variant)),
        availableForSale: (variant: Variant, _: unknown, { shop }: Context) => {
            const item = itemOf(shop, variant)
            return !item.tracked || variant.inventoryPolicy === 'CONTINUE' || sellable(shop, item) > 0
        },
        selectedOptions: (variant: Variant, _: unknown, { shop }: Context) =>
            variant.options.map((value, index) => ({ name: optionName(shop, variant, index), value, index })),
        media: (variant: Variant, args: PageArgs, context: Context, info) =>
            connection(mediaOfVariant(variant, context), args, context, info),
        image: (variant: Variant, _: unknown, context: Context) => imageOf(variant, context),
        sellingPlanGroupsCount: () => exactly(0),
        sellingPlanGroupCount: () => 0,
        translations: () => [],
        deliveryProfile: () => null,
        defaultCursor: (variant: Variant) => Buffer.from(String(variant.id)).toString('base64'),
    },
    SelectedOption: {
        optionValue: ({ value }: { value: string }) => ({
            __typename: 'ProductOptionValue',
            id: gid('ProductOptionValue', 0),
            name: value,
            hasVariants: true,
        }),
    },
}

function optionName(shop: Context['shop'], variant: Variant, index: number): string {
    return shop.products.get(variant.productId)?.options[index]?.name ?? ''
}

function mediaOfVariant(variant: Variant, { shop }: Context) {
    return variant.mediaIds.map((id) => shop.media.get(id)).filter((media) => media !== undefined)
}

function imageOf(variant: Variant, context: Context) {
    const [media] = mediaOfVariant(variant, context)
    const ready = media && stateOf(context.shop, media, context.clock.now()) === 'READY'
    return ready ? { id: gid('ProductImage', media.id), media } : null
}
