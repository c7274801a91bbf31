import type { Context, Resolvers } from '../../context.ts'
import { collectionsOf, isIn } from '../../shop/collections.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import { itemOf, variantsOf } from '../../shop/goods.ts'
import { mediaOf, stateOf } from '../../shop/pictures.ts'
import type { Product } from '../../shop/state.ts'
import { sellable } from '../../shop/stock.ts'
import { sortedCollections } from '../collections/sort.ts'
import { connection, type PageArgs } from '../connection.ts'
import { exactly } from '../counts.ts'
import { sortedVariants } from '../variants/search.ts'
import { plainText } from './plain_text.ts'

type Sorted = PageArgs & { sortKey?: string | null; query?: string | null }

export const resolvers: Resolvers = {
    Product: {
        id: (product: Product) => gid('Product', product.id),
        legacyResourceId: (product: Product) => String(product.id),
        storefrontId: (product: Product) => gid('Product', product.id),
        bodyHtml: (product: Product) => product.descriptionHtml,
        description: (product: Product, args: { truncateAt?: number | null }) =>
            plainText(product.descriptionHtml, args),
        createdAt: (product: Product) => isoTime(product.createdAt),
        updatedAt: (product: Product) => isoTime(product.updatedAt),
        publishedAt: (product: Product) => (product.publishedAt === null ? null : isoTime(product.publishedAt)),
        // The category tree is not kept: a category is known by its id alone.
        category: ({ category }: Product) => category && { __typename: 'TaxonomyCategory', id: category },
        isGiftCard: (product: Product) => product.giftCard,
        giftCardTemplateSuffix: () => null,
        requiresSellingPlan: () => false,
        sellingPlanGroupsCount: () => exactly(0),
        sellingPlanGroupCount: () => 0,
        customProductType: (product: Product) => product.productType,
        descriptionPlainSummary: (product: Product) => plainText(product.descriptionHtml, { truncateAt: 160 }),
        combinedListingRole: () => null,
        hasVariantsThatRequiresComponents: (product: Product) => product.bundle,
        hasOnlyDefaultVariant: ({ variantIds, options }: Product) =>
            variantIds.length === 1 && options[0]?.name === 'Title' && options[0].values[0]?.name === 'Default Title',
        hasOutOfStockVariants: (product: Product, _: unknown, { shop }: Context) =>
            variantsOf(shop, product).some((variant) => {
                const item = itemOf(shop, variant)
                return item.tracked && sellable(shop, item) <= 0
            }),
        totalInventory: (product: Product, _: unknown, { shop }: Context) =>
            variantsOf(shop, product)
                .map((variant) => itemOf(shop, variant))
                .reduce((sum, item) => sum + (item.tracked ? sellable(shop, item) : 0), 0),
        tracksInventory: (product: Product, _: unknown, { shop }: Context) =>
            variantsOf(shop, product).some((variant) => itemOf(shop, variant).tracked),
        totalVariants: (product: Product) => product.variantIds.length,
        variantsCount: (product: Product) => exactly(product.variantIds.length),
        variants: (product: Product, args: Sorted, context: Context, info) =>
            connection(sortedVariants(context, variantsOf(context.shop, product), args.sortKey), args, context, info),
        media: (product: Product, args: PageArgs, context: Context, info) =>
            connection(mediaOf(context.shop, product), args, context, info),
        mediaCount: (product: Product) => exactly(product.mediaIds.length),
        images: (product: Product, args: PageArgs, context: Context, info) =>
            connection(readyImages(product, context), args, context, info),
        featuredMedia: (product: Product, _: unknown, { shop }: Context) => mediaOf(shop, product)[0] ?? null,
        featuredImage: (product: Product, _: unknown, context: Context) => readyImages(product, context)[0] ?? null,
        collections: (product: Product, args: Sorted, context: Context, info) =>
            connection(sortedCollections(context, collectionsOf(context.shop, product), args), args, context, info),
        inCollection: (product: Product, { id }: { id: string }, { shop }: Context) => {
            const collection = shop.collections.get(numberOf(id, 'Collection'))
            return collection !== undefined && isIn(collection, product)
        },
        options: (product: Product, { first }: { first?: number | null }) =>
            product.options
                .map((option, index) => ({ ...option, position: index + 1, product }))
                .slice(0, first ?? undefined),
        onlineStoreUrl: () => null,
        onlineStorePreviewUrl: (product: Product, _: unknown, { origin }: Context) =>
            `${origin}/products_preview?preview_key=${product.id.toString(36)}`,
        translations: () => [],
        events: (_: Product, args: PageArgs, context: Context, info) => connection([], args, context, info),
        defaultCursor: (product: Product) => Buffer.from(String(product.id)).toString('base64'),
    },
    ProductOption: {
        id: (option: ShownOption) => gid('ProductOption', option.id),
        linkedMetafield: () => null,
        translations: () => [],
        // the names of values in use; optionValues holds the unused ones too
        values: (option: ShownOption, _: unknown, context: Context) =>
            valuesOf(option, context)
                .filter(({ hasVariants }) => hasVariants)
                .map(({ name }) => name),
        optionValues: (option: ShownOption, _: unknown, context: Context) => valuesOf(option, context),
    },
    ProductOptionValue: {
        linkedMetafieldValue: () => null,
        swatch: () => null,
        translations: () => [],
    },
}

type ShownOption = Product['options'][number] & { position: number; product: Product }

function valuesOf({ values, position, product }: ShownOption, { shop }: Context) {
    const used = new Set(variantsOf(shop, product).map((variant) => variant.options[position - 1]))
    return values.map(({ id, name }) => ({
        __typename: 'ProductOptionValue',
        id: gid('ProductOptionValue', id),
        name,
        hasVariants: used.has(name),
    }))
}

function readyImages(product: Product, context: Context) {
    const now = context.clock.now()
    return mediaOf(context.shop, product)
        .filter((media) => media.__typename === 'MediaImage' && stateOf(context.shop, media, now) === 'READY')
        .map((media) => ({ id: gid('ProductImage', media.id), media }))
}
