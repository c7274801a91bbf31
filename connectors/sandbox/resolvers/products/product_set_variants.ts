import type { Context } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { itemOf, variantsOf } from '../../shop/goods.ts'
import type { Product, ProductOption, Variant } from '../../shop/state.ts'
import { levelAt } from '../../shop/stock.ts'
import { type UserError, userError } from '../user_error.ts'
import { variantFaults } from '../variants/variant_input.ts'
import { MOST_OPTIONS, namedValues, planOptions } from './options.ts'
import type { ProductSetInput, SetVariantInput } from './product_set_check.ts'

/** What a product's variants shall become: those that are not in the plan are deleted. */
export type VariantPlan = {
    options: ProductOption[]
    variants: { input: SetVariantInput; existing: Variant | null; options: string[] }[]
} | null

const MOST_QUANTITIES = 50_000

/** Works out the variants a set asks for; null: it says nothing of them, and they stay. Writes nothing. */
export function planVariants(
    context: Context,
    product: Product | null,
    input: ProductSetInput,
): { plan: VariantPlan; errors: UserError[] } {
    if (input.productOptions == null && input.variants == null) return { plan: null, errors: [] }
    if (input.variants == null) {
        const message = 'Variants input is required when updating product options'
        return { plan: null, errors: [userError(['input', 'variants'], message, 'VARIANTS_INPUT_MISSING')] }
    }
    if (input.productOptions == null) {
        const message = 'Product options input is required when updating variants'
        return {
            plan: null,
            errors: [userError(['input', 'productOptions'], message, 'PRODUCT_OPTIONS_INPUT_MISSING')],
        }
    }
    const optionErrors = optionFaults(input)
    if (optionErrors.length > 0) return { plan: null, errors: optionErrors }
    const { options, valuesOf } = planOptions(context.shop, product, input.productOptions)
    const errors: UserError[] = []
    const present = product ? variantsOf(context.shop, product) : []
    const byValues = new Map(present.map((variant) => [JSON.stringify(valuesOf(variant)), variant]))
    const seen = new Set<string>()
    const variants = inOrder(input.variants).map(({ variant, index }) => {
        const path = ['input', 'variants', String(index)]
        const names = valueNames(options, variant, path, errors)
        const key = JSON.stringify(names)
        if (seen.has(key)) {
            const message = `The variant '${names.join(' / ')}' already exists. Please change at least one option value.`
            errors.push(userError(path, message, 'INVALID_VARIANT'))
        }
        seen.add(key)
        const existing = existingOf(variant, present, byValues.get(key), path, errors)
        for (const fault of variantFaults(context, variant, existing)) {
            errors.push(userError([...path, ...fault.field], fault.message, 'INVALID_VARIANT'))
        }
        errors.push(...quantityErrors(context, variant, existing, path))
        return { input: variant, existing, options: names }
    })
    errors.push(...tooManyQuantities(input.variants))
    return { plan: { options, variants }, errors }
}

/** In the order of `position` where it is given, else as listed. */
function inOrder(variants: SetVariantInput[]) {
    return variants
        .map((variant, index) => ({ variant, index, place: variant.position ?? index + 1 }))
        .sort((a, b) => a.place - b.place)
}

function optionFaults({ productOptions, variants }: ProductSetInput): UserError[] {
    const field = ['input', 'productOptions']
    const options = productOptions ?? []
    const names = options.map(({ name }) => name).filter((name) => name != null)
    if (options.length > MOST_OPTIONS) return [userError(field, `Options over limit.`, 'OPTIONS_OVER_LIMIT')]
    if (new Set(names).size < names.length)
        return [userError(field, 'Duplicated option name.', 'DUPLICATED_OPTION_NAME')]
    for (const [index, { values }] of options.entries()) {
        const path = [...field, String(index), 'values']
        const valueNames = (values ?? []).map(({ name }) => name).filter((name) => name != null)
        if (new Set(valueNames).size < valueNames.length) {
            return [userError(path, 'Duplicated option value.', 'DUPLICATED_OPTION_VALUE')]
        }
        if (values != null && values.length === 0) {
            const message = 'Each option must have at least one option value specified.'
            return [userError(path, message, 'OPTION_VALUES_MISSING')]
        }
    }
    return variants?.length === 0
        ? [userError(['input', 'variants'], 'A product must have at least one variant.', 'VARIANTS_INPUT_MISSING')]
        : []
}

function valueNames(options: ProductOption[], variant: SetVariantInput, path: string[], errors: UserError[]): string[] {
    const { names, unknown } = namedValues(options, variant.optionValues ?? [])
    for (const index of unknown) {
        const field = [...path, 'optionValues', String(index)]
        errors.push(userError(field, 'Option does not exist', 'OPTION_DOES_NOT_EXIST'))
    }
    names.forEach((name, place) => {
        if (name === null) {
            const message = `The variant is missing a value for the option '${options[place]!.name}'`
            errors.push(userError([...path, 'optionValues'], message, 'INVALID_VARIANT'))
        } else if (!options[place]!.values.some((value) => value.name === name)) {
            errors.push(
                userError([...path, 'optionValues'], 'Option value does not exist', 'OPTION_VALUE_DOES_NOT_EXIST'),
            )
        }
    })
    return names.map((name) => name ?? '')
}

/** A variant keeps its identity if it is named by id, or by the option values it has. */
function existingOf(
    { id }: SetVariantInput,
    present: Variant[],
    sameValues: Variant | undefined,
    path: string[],
    errors: UserError[],
): Variant | null {
    if (id == null) return sameValues ?? null
    const named = present.find((variant) => variant.id === numberOf(id, 'ProductVariant'))
    if (!named)
        errors.push(userError([...path, 'id'], 'Product variant does not exist', 'PRODUCT_VARIANT_DOES_NOT_EXIST'))
    return named ?? null
}

function quantityErrors(
    { shop }: Context,
    input: SetVariantInput,
    existing: Variant | null,
    path: string[],
): UserError[] {
    return (input.inventoryQuantities ?? []).flatMap(({ locationId, name }, index) => {
        const field = [...path, 'inventoryQuantities', String(index)]
        const location = shop.locations.get(numberOf(locationId, 'Location'))
        if (!location?.active) {
            const message = 'Quantity could not be set. The location was not found.'
            return [userError([...field, 'locationId'], message, 'INVALID_INPUT')]
        }
        if (name !== 'available' && name !== 'on_hand') {
            const message = "The quantity name must be either 'available' or 'on_hand'."
            return [userError([...field, 'name'], message, 'INVALID_INPUT')]
        }
        const level = existing && levelAt(shop, itemOf(shop, existing), location.id)
        if (existing && !level?.active) {
            const message = 'Quantity could not be set. The inventory item is not stocked at the location.'
            return [userError([...field, 'locationId'], message, 'INVALID_INPUT')]
        }
        return []
    })
}

function tooManyQuantities(variants: SetVariantInput[]): UserError[] {
    const count = variants.reduce((sum, { inventoryQuantities }) => sum + (inventoryQuantities?.length ?? 0), 0)
    if (count <= MOST_QUANTITIES) return []
    const message = `Inventory quantity input exceeds the limit of ${MOST_QUANTITIES}. Consider using separate \`inventorySetQuantities\` mutations.`
    return [userError(['input', 'variants'], message, 'INVENTORY_QUANTITIES_LIMIT_EXCEEDED')]
}
