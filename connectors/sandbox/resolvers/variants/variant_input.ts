import type { Context } from '../../context.ts'
import { itemOf } from '../../shop/goods.ts'
import type { Variant } from '../../shop/state.ts'
import { compareMoney, money } from '../../shop/text.ts'
import { touchVariant } from '../../shop/touch.ts'
import { checkItem, type ItemInput, writeItem } from '../inventory/item_input.ts'
import { type MetafieldInput, metafieldFaults, writeMetafield } from '../metafields/write.ts'

export type OptionValueInput = {
    id?: string | null
    name?: string | null
    optionId?: string | null
    optionName?: string | null
}

/** What the variant inputs of all mutations have in common. */
export type VariantInput = {
    id?: string | null
    price?: string | number | null
    compareAtPrice?: string | number | null
    barcode?: string | null
    sku?: string | null
    taxable?: boolean | null
    taxCode?: string | null
    inventoryPolicy?: Variant['inventoryPolicy'] | null
    requiresComponents?: boolean | null
    showUnitPrice?: boolean | null
    unitPriceMeasurement?: Record<string, unknown> | null
    inventoryItem?: ItemInput | null
    metafields?: MetafieldInput[] | null
    optionValues?: OptionValueInput[] | null
}

/** A fault of a variant's input; the path starts at the variant. */
export type VariantFault = { field: string[]; message: string; code: string }

const MONEY_LIMIT = '1000000000000000000'

/** What Shopify refuses in a variant, in the order it says so: compare-at price before price. */
export function variantFaults(context: Context, input: VariantInput, variant: Variant | null): VariantFault[] {
    const faults: VariantFault[] = []
    const { compareAtPrice, price, barcode, sku } = input
    if (compareAtPrice != null && compareMoney(String(compareAtPrice), MONEY_LIMIT) >= 0) {
        faults.push(fault(['compareAtPrice'], `must be less than ${MONEY_LIMIT}`, 'INVALID_INPUT'))
    }
    if (compareAtPrice != null && compareMoney(String(compareAtPrice), '0') < 0) {
        faults.push(fault(['compareAtPrice'], 'must be greater than or equal to 0', 'GREATER_THAN_OR_EQUAL_TO'))
    }
    if (price != null && compareMoney(String(price), '0') < 0) {
        faults.push(fault(['price'], 'Price must be greater than or equal to 0', 'GREATER_THAN_OR_EQUAL_TO'))
    }
    if (price != null && compareMoney(String(price), MONEY_LIMIT) >= 0) {
        faults.push(fault(['price'], `Price must be less than ${MONEY_LIMIT}`, 'INVALID_INPUT'))
    }
    if (barcode != null && barcode.length > 255) {
        faults.push(fault(['barcode'], 'Barcode is too long (maximum is 255 characters)', 'INVALID_INPUT'))
    }
    if (sku != null && sku.length > 255) {
        faults.push(fault(['sku'], 'SKU is too long (maximum is 255 characters)', 'INVALID_INPUT'))
    }
    for (const { field, message } of checkItem(input.inventoryItem ?? {})) {
        faults.push(fault(['inventoryItem', ...field], message, 'INVALID_INPUT'))
    }
    input.metafields?.forEach((metafield, index) => {
        for (const { field, message, code } of metafieldFaults(context, 'PRODUCTVARIANT', variant, metafield)) {
            faults.push(fault(['metafields', String(index), field], message, code ?? 'INVALID_INPUT'))
        }
    })
    return faults
}

function fault(field: string[], message: string, code: string): VariantFault {
    return { field, message, code }
}

/** Writes what the input names, option values and quantities apart; a null empties, what is absent stays. */
export function writeVariant(context: Context, variant: Variant, input: VariantInput) {
    const { shop, clock } = context
    if (input.price != null) variant.price = money(input.price)
    if (input.compareAtPrice !== undefined) {
        variant.compareAtPrice = input.compareAtPrice === null ? null : money(input.compareAtPrice)
    }
    if (input.barcode !== undefined) variant.barcode = input.barcode
    if (input.taxable != null) variant.taxable = input.taxable
    if (input.taxCode !== undefined) variant.taxCode = input.taxCode
    if (input.inventoryPolicy != null) variant.inventoryPolicy = input.inventoryPolicy
    if (input.requiresComponents != null) variant.requiresComponents = input.requiresComponents
    if (input.showUnitPrice != null) variant.showUnitPrice = input.showUnitPrice
    if (input.unitPriceMeasurement !== undefined) variant.unitPriceMeasurement = input.unitPriceMeasurement
    const ofItem = { ...input.inventoryItem, ...(input.sku === undefined ? {} : { sku: input.sku }) }
    if (Object.keys(ofItem).length > 0) writeItem(shop, itemOf(shop, variant), ofItem, clock.now())
    for (const metafield of input.metafields ?? []) writeMetafield(context, variant, metafield)
    touchVariant(shop, variant, clock.now())
}
