import type { Context, Resolvers } from '../../context.ts'
import { gid, numberOf } from '../../shop/gids.ts'
import type { Publication } from '../../shop/state.ts'
import { connection, type PageArgs } from '../connection.ts'
import { counted, exactly } from '../counts.ts'
import { foundProducts } from '../products/search.ts'
import { isPublishedOn } from './publishable.ts'

type Search = PageArgs & { query?: string | null; sortKey?: string | null; limit?: number | null }

/** The app each publication belongs to; its id is the publication's. */
function appOf({ id, name }: Publication) {
    return { __typename: 'App', id: gid('App', id), title: name, handle: name.toLowerCase().replaceAll(' ', '_') }
}

export const resolvers: Resolvers = {
    QueryRoot: {
        publication: (_: unknown, { id }: { id: string }, { shop }: Context) =>
            shop.publications.get(numberOf(id, 'Publication')) ?? null,
        publications: (_: unknown, args: PageArgs, context: Context, info) =>
            connection([...context.shop.publications.values()], args, context, info),
        publicationsCount: (_: unknown, __: unknown, { shop }: Context) => exactly(shop.publications.size),
        publishedProductsCount: (_: unknown, args: { publicationId: string; limit?: number }, context: Context) => {
            const id = numberOf(args.publicationId, 'Publication')
            const published = [...context.shop.products.values()].filter((product) =>
                isPublishedOn(context, product, id),
            )
            return counted(published.length, args.limit)
        },
    },
    Publication: {
        id: (publication: Publication) => gid('Publication', publication.id),
        app: appOf,
        catalog: (publication: Publication) => ({
            __typename: 'AppCatalog',
            id: gid('AppCatalog', publication.id),
            title: publication.name,
            status: 'ACTIVE',
            operations: [],
            priceList: null,
            publication,
        }),
        operation: () => null,
        supportsFuturePublishing: ({ name }: Publication) => name === 'Online Store',
        products: (publication: Publication, args: Search, context: Context, info) =>
            connection(productsOn(publication, args, context), args, context, info),
        includedProducts: (publication: Publication, args: Search, context: Context, info) =>
            connection(productsOn(publication, args, context), args, context, info),
        includedProductsCount: (publication: Publication, args: Search, context: Context) =>
            counted(productsOn(publication, args, context).length, args.limit),
        collections: (publication: Publication, args: PageArgs, context: Context, info) => {
            const all = [...context.shop.collections.values()]
            const on = all.filter(({ publications }) =>
                publications.some((one) => one.publicationId === publication.id),
            )
            return connection(on, args, context, info)
        },
        hasCollection: (publication: Publication, { id }: { id: string }, { shop }: Context) =>
            shop.collections
                .get(numberOf(id, 'Collection'))
                ?.publications.some((one) => one.publicationId === publication.id) ?? false,
    },
}

/** Products included, also those that are drafts and not to be seen yet. */
function productsOn({ id }: Publication, { query, sortKey }: Search, context: Context) {
    return foundProducts(context, query, sortKey).filter(({ publications }) =>
        publications.some(({ publicationId }) => publicationId === id),
    )
}
