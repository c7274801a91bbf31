import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { removeVariant } from '../../shop/goods.ts'
import { touch } from '../../shop/touch.ts'
import { productById } from '../products/find.ts'
import { type UserError, userError } from '../user_error.ts'

type Delete = { productId: string; variantsIds: string[] }
type Reorder = { productId: string; positions: { id: string; position: number }[] }

export const resolvers: Resolvers = {
    Mutation: {
        productVariantsBulkDelete: (_: unknown, { productId, variantsIds }: Delete, context: Context) => {
            const { shop, clock } = context
            const product = productById(context, productId)
            if (!product) return { product: null, userErrors: [unknownProduct] }
            const ids = new Set(variantsIds.map((id) => numberOf(id, 'ProductVariant')))
            const foreign = variantsIds.filter((id) => !product.variantIds.includes(numberOf(id, 'ProductVariant')))
            if (foreign.length > 0) {
                const index = String(variantsIds.indexOf(foreign[0]!))
                const message = 'At least one variant does not belong to the product'
                const code = 'AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT'
                return { product: null, userErrors: [userError(['variantsIds', index], message, code)] }
            }
            if (ids.size >= product.variantIds.length) {
                const message = 'Cannot delete last variant of a product'
                return {
                    product: null,
                    userErrors: [userError(['variantsIds'], message, 'CANNOT_DELETE_LAST_VARIANT')],
                }
            }
            for (const id of ids) removeVariant(shop, shop.variants.get(id)!)
            touch(shop, product, clock.now())
            return { product, userErrors: [] }
        },
        productVariantsBulkReorder: (_: unknown, { productId, positions }: Reorder, context: Context) => {
            const product = productById(context, productId)
            if (!product) return { product: null, userErrors: [unknownProduct] }
            const errors = reorderErrors(product.variantIds, positions)
            if (errors.length > 0) return { product: null, userErrors: errors }
            product.variantIds = reordered(product.variantIds, positions)
            touch(context.shop, product, context.clock.now())
            return { product, userErrors: [] }
        },
    },
}

const unknownProduct = userError(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')

function reorderErrors(present: number[], positions: Reorder['positions']): UserError[] {
    if (new Set(positions.map(({ id }) => id)).size < positions.length) {
        return [userError(['positions'], 'Product variant IDs must be unique', 'DUPLICATED_VARIANT_ID')]
    }
    return positions.flatMap(({ id, position }, index) => {
        const path = ['positions', String(index)]
        const known = present.includes(numberOf(id, 'ProductVariant'))
        return [
            ...(known ? [] : [userError([...path, 'id'], 'Product variant does not exist', 'MISSING_VARIANT')]),
            ...(position > 0
                ? []
                : [
                      userError(
                          [...path, 'position'],
                          'Position can not be zero or negative number',
                          'INVALID_POSITION',
                      ),
                  ]),
        ]
    })
}

/** Those named go to their positions, the others close up around them in their old order. */
function reordered(present: number[], positions: Reorder['positions']): number[] {
    const moved = new Map(positions.map(({ id, position }) => [numberOf(id, 'ProductVariant'), position]))
    const order = present.filter((id) => !moved.has(id))
    for (const [id, position] of [...moved].sort(([, a], [, b]) => a - b)) order.splice(position - 1, 0, id)
    return order
}
