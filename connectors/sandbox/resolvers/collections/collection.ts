import type { Context, Resolvers } from '../../context.ts'
import { collectionByHandle, isIn, productsIn } from '../../shop/collections.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import type { Collection, Product } from '../../shop/state.ts'
import { connection, type PageArgs } from '../connection.ts'
import { counted, exactly } from '../counts.ts'
import { plainText } from '../products/plain_text.ts'
import { sortedCollections } from './sort.ts'

type Search = PageArgs & { query?: string | null; sortKey?: string | null; limit?: number | null }
type Identifier = { id?: string | null; handle?: string | null }

export const resolvers: Resolvers = {
    QueryRoot: {
        collection: (_: unknown, { id }: { id: string }, { shop }: Context) =>
            shop.collections.get(numberOf(id, 'Collection')) ?? null,
        collectionByHandle: (_: unknown, { handle }: { handle: string }, { shop }: Context) =>
            collectionByHandle(shop, handle) ?? null,
        collectionByIdentifier: (_: unknown, { identifier }: { identifier: Identifier }, { shop }: Context) =>
            identifier.handle == null
                ? (shop.collections.get(numberOf(identifier.id, 'Collection')) ?? null)
                : (collectionByHandle(shop, identifier.handle) ?? null),
        collections: (_: unknown, args: Search, context: Context, info) =>
            connection(sortedCollections(context, all(context), args), args, context, info),
        collectionsCount: (_: unknown, args: Search, context: Context) =>
            counted(sortedCollections(context, all(context), args).length, args.limit),
    },
    Collection: {
        id: (collection: Collection) => gid('Collection', collection.id),
        legacyResourceId: (collection: Collection) => String(collection.id),
        storefrontId: (collection: Collection) => gid('Collection', collection.id),
        updatedAt: (collection: Collection) => isoTime(collection.updatedAt),
        description: (collection: Collection, args: { truncateAt?: number | null }) =>
            plainText(collection.descriptionHtml, args),
        products: (collection: Collection, args: Search, context: Context, info) =>
            connection(inOrder(collection, productsIn(context.shop, collection), args.sortKey), args, context, info),
        productsCount: (collection: Collection, _: unknown, { shop }: Context) =>
            exactly(productsIn(shop, collection).length),
        hasProduct: (collection: Collection, { id }: { id: string }, { shop }: Context) => {
            const product = shop.products.get(numberOf(id, 'Product'))
            return product !== undefined && isIn(collection, product)
        },
        image: ({ image, id }: Collection) =>
            image && {
                id: gid('CollectionImage', id),
                media: { id, alt: image.alt, filename: `collection_${id}.jpg`, version: 1, width: 800, height: 600 },
            },
        ruleSet: ({ rules }: Collection) => rules,
        activeOperations: () => ({ duplicate: [] }),
        feedback: () => null,
        subCollectionEligibility: () => ({
            exclusion: { eligible: true, reasons: [] },
            inclusion: { eligible: true, reasons: [] },
        }),
        translations: () => [],
        events: (_: Collection, args: PageArgs, context: Context, info) => connection([], args, context, info),
    },
    CollectionRule: { conditionObject: () => null },
}

function all({ shop }: Context): Collection[] {
    return [...shop.collections.values()]
}

/** By the collection's own order unless a sort key says otherwise. Those of sales are as good as manual here. */
function inOrder({ sortOrder }: Collection, products: Product[], sortKey = 'COLLECTION_DEFAULT' as string | null) {
    const key = sortKey === null || sortKey === 'COLLECTION_DEFAULT' ? sortOrder : sortKey
    if (key === 'ID') return products.sort((a, b) => a.id - b.id)
    if (key === 'CREATED') return products.sort((a, b) => a.createdAt - b.createdAt)
    if (key === 'CREATED_DESC') return products.sort((a, b) => b.createdAt - a.createdAt)
    if (key === 'TITLE' || key === 'ALPHA_ASC') return products.sort((a, b) => a.title.localeCompare(b.title))
    if (key === 'ALPHA_DESC') return products.sort((a, b) => b.title.localeCompare(a.title))
    return products
}
