import type { Context, Resolvers } from '../../context.ts'
import type { Product } from '../../shop/state.ts'
import { type UserError, userError } from '../user_error.ts'
import { type ProductIdentifier, productById, productOf } from './find.ts'
import { newOperation } from './operation.ts'
import { applySet } from './product_set_apply.ts'
import { identifierErrors, inputErrors, type ProductSetInput } from './product_set_check.ts'
import { planVariants } from './product_set_variants.ts'

type Set = { identifier?: ProductIdentifier | null; input: ProductSetInput; synchronous: boolean }

export const resolvers: Resolvers = {
    Mutation: {
        /** What is set replaces what was there, lists as wholes (platform: productSet; spec rule 47). */
        productSet: (_: unknown, { identifier, input, synchronous }: Set, context: Context) => {
            // inside a bulk mutation the argument means nothing (the schema's own words)
            if (synchronous || context.bulk)
                return { ...setProduct(context, identifier ?? null, input), productSetOperation: null }
            const refusal = identifier != null && input.id != null ? setProduct(context, identifier, input) : null
            if (refusal) return { ...refusal, productSetOperation: null }
            const { product, userErrors } = setProduct(context, identifier ?? null, input)
            const productSetOperation = newOperation(context, {
                __typename: 'ProductSetOperation',
                productId: product?.id ?? null,
                userErrors,
            })
            return { product: null, productSetOperation, userErrors: [] }
        },
    },
}

/** Creates or changes a product as a whole; nothing is written if anything is refused. */
function setProduct(
    context: Context,
    identifier: ProductIdentifier | null,
    input: ProductSetInput,
): { product: Product | null; userErrors: UserError[] } {
    if (identifier !== null && input.id != null) {
        const message = 'The id field is not allowed if identifier is provided.'
        return { product: null, userErrors: [userError(['input'], message, 'ID_NOT_ALLOWED')] }
    }
    const product = identifier ? productOf(context, identifier) : productById(context, input.id)
    const early = identifierErrors(context, identifier, input, product)
    if (early.length > 0) return { product: null, userErrors: early }
    const { plan, errors } = planVariants(context, product, input)
    const userErrors = [...inputErrors(context, product, input), ...errors]
    if (userErrors.length > 0) return { product: null, userErrors }
    return { product: applySet(context, product, input, plan, identifier), userErrors: [] }
}
