import type { Context, Resolvers } from '../../context.ts'
import { topLevelError } from '../../errors.ts'
import { numberOf } from '../../shop/gids.ts'
import { productByHandle } from '../../shop/lookups.ts'
import type { ProductOperation } from '../../shop/state.ts'
import { connection, type PageArgs } from '../connection.ts'
import { counted } from '../counts.ts'
import { isResolvable, NO_DEFINITION, type ProductIdentifier, productById, productOf } from './find.ts'
import { settleOperations, shownOperation } from './operation.ts'
import { foundProducts } from './search.ts'

type Search = PageArgs & { query?: string | null; sortKey?: string | null }

export const resolvers: Resolvers = {
    QueryRoot: {
        product: (_: unknown, { id }: { id: string }, context: Context) => {
            settleOperations(context)
            return productById(context, id)
        },
        productByHandle: (_: unknown, { handle }: { handle: string }, { shop }: Context) =>
            productByHandle(shop, handle) ?? null,
        productByIdentifier: (_: unknown, { identifier }: { identifier: ProductIdentifier }, context: Context) => {
            if (!isResolvable(context, identifier)) throw topLevelError(NO_DEFINITION, 'NOT_FOUND')
            return productOf(context, identifier)
        },
        products: (_: unknown, args: Search, context: Context, info) => {
            settleOperations(context)
            return connection(foundProducts(context, args.query, args.sortKey), args, context, info)
        },
        productsCount: (_: unknown, args: { query?: string | null; limit?: number | null }, context: Context) =>
            counted(foundProducts(context, args.query).length, args.limit),
        productOperation: (_: unknown, { id }: { id: string }, context: Context): ProductOperation | null =>
            shownOperation(context, numberOf(id, 'ProductSetOperation') || numberOf(id, 'ProductDeleteOperation')),
    },
}
