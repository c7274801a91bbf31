import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { variantsOf } from '../../shop/goods.ts'
import type { Product, Variant } from '../../shop/state.ts'
import { type CreateMedia, createMedia } from '../media/product_media.ts'
import { productById } from '../products/find.ts'
import { addMissingValues, namedValues } from '../products/options.ts'
import { type UserError, userError } from '../user_error.ts'
import { attachMedia, type BulkVariantInput } from './bulk_input.ts'
import { variantFaults, writeVariant } from './variant_input.ts'

type Update = {
    productId: string
    variants: BulkVariantInput[]
    media?: CreateMedia[] | null
    allowPartialUpdates: boolean
}

export const resolvers: Resolvers = {
    Mutation: {
        /** All or nothing, unless partial updates are allowed: then what is valid is saved, the rest is told. */
        productVariantsBulkUpdate: (_: unknown, args: Update, context: Context) => {
            const product = productById(context, args.productId)
            if (!product) {
                const error = userError(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')
                return { product: null, productVariants: null, userErrors: [error] }
            }
            const judged = args.variants.map((input, index) => judge(context, product, input, index))
            const userErrors = judged.flatMap(({ errors }) => errors)
            const named = judged.flatMap(({ variant }) => variant ?? [])
            if (userErrors.length > 0 && !args.allowPartialUpdates) {
                return { product, productVariants: named, userErrors }
            }
            createMedia(context, product, args.media ?? [])
            for (const { variant, input, options, errors } of judged) {
                if (!variant || errors.length > 0) continue
                variant.options = options
                writeVariant(context, variant, input)
                attachMedia(context, product, variant, input)
            }
            addMissingValues(
                context.shop,
                product,
                named.map(({ options }) => options),
            )
            return { product, productVariants: named, userErrors }
        },
    },
}

type Judged = { input: BulkVariantInput; variant: Variant | null; options: string[]; errors: UserError[] }

function judge(context: Context, product: Product, input: BulkVariantInput, index: number): Judged {
    const path = ['variants', String(index)]
    const variant = context.shop.variants.get(numberOf(input.id, 'ProductVariant'))
    if (input.id == null || variant?.productId !== product.id) {
        const error =
            input.id == null
                ? userError([...path, 'id'], 'Product variant is missing ID attribute', 'PRODUCT_VARIANT_ID_MISSING')
                : userError([...path, 'id'], 'Product variant does not exist', 'PRODUCT_VARIANT_DOES_NOT_EXIST')
        return { input, variant: null, options: [], errors: [error] }
    }
    const errors = variantFaults(context, input, variant).map((fault) =>
        userError([...path, ...fault.field], fault.message, fault.code),
    )
    if (input.inventoryQuantities != null || input.quantityAdjustments != null) {
        const message =
            'Inventory quantities can only be provided during create. To update inventory for existing variants, use inventoryAdjustQuantities.'
        errors.push(userError([...path, 'inventoryQuantities'], message, 'NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE'))
    }
    const { options, errors: optionErrors } = optionsOf(context, product, variant, input, path)
    return { input, variant, options, errors: [...errors, ...optionErrors] }
}

/** Option values that are not named stay; a combination that another variant has is refused. */
function optionsOf(context: Context, product: Product, variant: Variant, input: BulkVariantInput, path: string[]) {
    const { names, unknown } = namedValues(product.options, input.optionValues ?? [])
    const options = names.map((name, place) => name ?? variant.options[place]!)
    const errors = unknown.map((index) =>
        userError([...path, 'optionValues', String(index)], 'Option does not exist', 'OPTION_DOES_NOT_EXIST'),
    )
    const same = (other: Variant) => other !== variant && other.options.join('\n') === options.join('\n')
    if (input.optionValues?.length && variantsOf(context.shop, product).some(same)) {
        const message = `The variant '${options.join(' / ')}' already exists. Please change at least one option value.`
        errors.push(userError(path, message, 'VARIANT_ALREADY_EXISTS'))
    }
    return { options, errors }
}
