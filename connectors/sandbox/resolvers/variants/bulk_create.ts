import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { addVariant, itemOf, removeVariant, variantsOf } from '../../shop/goods.ts'
import type { Product, Variant } from '../../shop/state.ts'
import { levelAt, moveStock } from '../../shop/stock.ts'
import { type CreateMedia, createMedia } from '../media/product_media.ts'
import { productById } from '../products/find.ts'
import { addMissingValues, isDefaultOnly, isStandalone, namedValues } from '../products/options.ts'
import { type UserError, userError } from '../user_error.ts'
import { attachMedia, type BulkVariantInput } from './bulk_input.ts'
import { variantFaults, writeVariant } from './variant_input.ts'

const MOST_VARIANTS = 2048

type Strategy = 'DEFAULT' | 'REMOVE_STANDALONE_VARIANT' | 'PRESERVE_STANDALONE_VARIANT'
type Create = {
    productId: string
    variants: BulkVariantInput[]
    media?: CreateMedia[] | null
    strategy: Strategy
}

export const resolvers: Resolvers = {
    Mutation: {
        productVariantsBulkCreate: (_: unknown, args: Create, context: Context) => {
            const product = productById(context, args.productId)
            if (!product) {
                const error = userError(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')
                return { product: null, productVariants: null, userErrors: [error] }
            }
            const standalone = removedStandalone(context, product, args.strategy)
            const userErrors = createErrors(context, product, args.variants, standalone)
            if (userErrors.length > 0) return { product: null, productVariants: [], userErrors }
            createMedia(context, product, args.media ?? [])
            const productVariants = args.variants.map((input) => created(context, product, input))
            if (standalone) removeVariant(context.shop, standalone)
            const used = variantsOf(context.shop, product).map(({ options }) => options)
            addMissingValues(context.shop, product, used)
            if (standalone) forgetUnusedValues(product, used)
            return { product, productVariants, userErrors: [] }
        },
    },
}

/** The lone variant that the strategy lets go: by default only one without a choice. */
function removedStandalone({ shop }: Context, product: Product, strategy: Strategy): Variant | null {
    if (!isStandalone(shop, product) || strategy === 'PRESERVE_STANDALONE_VARIANT') return null
    const goes = strategy === 'REMOVE_STANDALONE_VARIANT' || isDefaultOnly(product)
    return goes ? variantsOf(shop, product)[0]! : null
}

function createErrors(context: Context, product: Product, variants: BulkVariantInput[], standalone: Variant | null) {
    const errors: UserError[] = []
    const present = variantsOf(context.shop, product).filter((variant) => variant !== standalone)
    const seen = new Set(present.map(({ options }) => options.join('\n')))
    if (present.length + variants.length > MOST_VARIANTS) {
        const message = `You can only have a maximum of ${MOST_VARIANTS} variants per product`
        errors.push(userError(['variants'], message, 'INVALID_INPUT'))
    }
    variants.forEach((input, index) => {
        const path = ['variants', String(index)]
        for (const { field, message, code } of variantFaults(context, input, null)) {
            errors.push(userError([...path, ...field], message, code === 'INVALID_INPUT' ? 'INVALID' : code))
        }
        if (input.id != null)
            errors.push(userError([...path, 'id'], 'On create, this key cannot be used', 'NO_KEY_ON_CREATE'))
        const { names, unknown } = namedValues(product.options, input.optionValues ?? [])
        for (const place of unknown) {
            const field = [...path, 'optionValues', String(place)]
            errors.push(userError(field, 'Option does not exist', 'INVALID_INPUT'))
        }
        if (names.includes(null)) {
            const message = `You need to add option values for ${product.options[names.indexOf(null)]!.name}`
            errors.push(userError(path, message, 'NEED_TO_ADD_OPTION_VALUES'))
        } else if (seen.has(names.join('\n'))) {
            const message = `The variant '${names.join(' / ')}' already exists. Please change at least one option value.`
            errors.push(userError(path, message, 'VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE'))
        }
        seen.add(names.join('\n'))
        for (const { locationId } of input.inventoryQuantities ?? []) {
            if (context.shop.locations.get(numberOf(locationId, 'Location'))?.active) continue
            const message = 'Quantity could not be set. The location was not found.'
            errors.push(userError([...path, 'inventoryQuantities'], message, 'TRACKED_VARIANT_LOCATION_NOT_FOUND'))
        }
    })
    return errors
}

function created(context: Context, product: Product, input: BulkVariantInput): Variant {
    const { shop, clock } = context
    const options = namedValues(product.options, input.optionValues ?? []).names.map((name) => name ?? '')
    const quantities = (input.inventoryQuantities ?? []).map(({ availableQuantity, locationId }) => ({
        locationId: numberOf(locationId, 'Location'),
        availableQuantity,
    }))
    const locationIds = quantities.length > 0 ? quantities.map(({ locationId }) => locationId) : undefined
    const variant = addVariant(shop, product, { options, locationIds }, clock.now())
    // recorded: what is added beside a product's first variant is tracked unless said otherwise
    itemOf(shop, variant).tracked = true
    writeVariant(context, variant, input)
    for (const { locationId, availableQuantity } of quantities) {
        moveStock(
            shop,
            levelAt(shop, itemOf(shop, variant), locationId)!,
            'available',
            availableQuantity,
            clock.now(),
            { cause: 'product' },
        )
    }
    attachMedia(context, product, variant, input)
    return variant
}

/** Values that no variant has any more go with the variant that had them. */
export function forgetUnusedValues(product: Product, used: readonly (readonly string[])[]) {
    product.options = product.options.map((option, place) => {
        const names = new Set(used.map((options) => options[place]))
        return { ...option, values: option.values.filter(({ name }) => names.has(name)) }
    })
}
