import type { Context, Resolvers } from '../../context.ts'
import { gid } from '../../shop/gids.ts'
import { removeProduct } from '../../shop/goods.ts'
import { userError } from '../user_error.ts'
import { productById } from './find.ts'
import { isBeingDeleted, newOperation } from './operation.ts'

type Delete = { input: { id: string }; synchronous: boolean }

export const resolvers: Resolvers = {
    Mutation: {
        productDelete: (_: unknown, { input, synchronous }: Delete, context: Context) => {
            const { shop } = context
            const nothing = { deletedProductId: null, productDeleteOperation: null, shop }
            const product = productById(context, input.id)
            if (!product) return { ...nothing, userErrors: [userError(['id'], 'Product does not exist')] }
            if (isBeingDeleted(context, product.id)) {
                const message = 'Another operation already in progress. Please wait until current one is finished.'
                return { ...nothing, userErrors: [userError(null, message)] }
            }
            if (!synchronous) {
                const deletedProductId = product.id
                const operation = newOperation(context, { __typename: 'ProductDeleteOperation', deletedProductId })
                return { ...nothing, productDeleteOperation: operation, userErrors: [] }
            }
            removeProduct(shop, product)
            return { ...nothing, deletedProductId: gid('Product', product.id), userErrors: [] }
        },
    },
}
