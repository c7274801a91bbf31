import { setSku } from '../../shop/lookups.ts'
import type { InventoryItem, Shop, WeightUnit } from '../../shop/state.ts'
import { compareMoney, money } from '../../shop/text.ts'
import { touch, touchVariant } from '../../shop/touch.ts'

export type ItemInput = {
    sku?: string | null
    cost?: string | number | null
    tracked?: boolean | null
    requiresShipping?: boolean | null
    measurement?: { weight?: { value: number; unit: WeightUnit } | null } | null
    countryCodeOfOrigin?: string | null
    provinceCodeOfOrigin?: string | null
    harmonizedSystemCode?: string | null
}

export type ItemFault = { field: string[]; message: string }

const UNITS: Record<WeightUnit, string> = { KILOGRAMS: 'kg', GRAMS: 'g', POUNDS: 'lb', OUNCES: 'oz' }

/** What Shopify refuses in the data of an inventory item; paths start at the input itself. */
export function checkItem({
    cost,
    measurement,
    countryCodeOfOrigin,
    harmonizedSystemCode,
    sku,
}: ItemInput): ItemFault[] {
    const faults: ItemFault[] = []
    const weight = measurement?.weight
    if (cost != null && compareMoney(String(cost), '0') < 0) {
        faults.push({ field: ['cost'], message: 'Cost must be greater than or equal to 0' })
    }
    if (weight && weight.value < 0) {
        const unit = UNITS[weight.unit]
        const message = `Measurement weight value ${weight.value} ${unit} must be >= 0 ${unit}`
        faults.push({ field: ['measurement', 'weight'], message })
    }
    if (countryCodeOfOrigin === 'ZZ') {
        faults.push({ field: ['countryCodeOfOrigin'], message: 'Country code of origin is invalid' })
    }
    if (harmonizedSystemCode && !/^\d{6,13}$/.test(harmonizedSystemCode.replaceAll('.', ''))) {
        const message = 'Harmonized system code must be a number between six and thirteen digits'
        faults.push({ field: ['harmonizedSystemCode'], message })
    }
    if (sku != null && sku.length > 255) {
        faults.push({ field: ['sku'], message: 'SKU is too long (maximum is 255 characters)' })
    }
    return faults
}

/** Writes what the input names; a null empties, what is absent stays. */
export function writeItem(shop: Shop, item: InventoryItem, input: ItemInput, now: number) {
    if (input.sku !== undefined) setSku(shop, item, input.sku)
    if (input.cost !== undefined) item.cost = input.cost === null ? null : money(input.cost)
    if (input.tracked != null) item.tracked = input.tracked
    if (input.requiresShipping != null) item.requiresShipping = input.requiresShipping
    if (input.measurement?.weight) item.weight = { ...input.measurement.weight }
    if (input.countryCodeOfOrigin !== undefined) item.countryCodeOfOrigin = input.countryCodeOfOrigin
    if (input.provinceCodeOfOrigin !== undefined) item.provinceCodeOfOrigin = input.provinceCodeOfOrigin
    if (input.harmonizedSystemCode !== undefined) {
        item.harmonizedSystemCode = input.harmonizedSystemCode?.replaceAll('.', '') ?? null
    }
    touch(shop, item, now)
    for (const id of item.variantIds) touchVariant(shop, shop.variants.get(id)!, now)
}
