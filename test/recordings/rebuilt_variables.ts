import { isObject, type Json, type JsonObject } from './recording.ts'

type Rebuild = (payload: JsonObject) => JsonObject

/**
 * What must have been asked for, read from the answer: for the calls that set a recording up, of which only the answer
 * was kept. Reads are asked for by the id they answered with, see documentFor.
 */
export function rebuiltVariables(data: JsonObject): JsonObject {
    const [root = ''] = Object.keys(data)
    const payload = data[root]
    if (!isObject(payload)) return {}
    return (rebuilds[root] ?? (() => ({})))(payload)
}

const rebuilds: Readonly<Record<string, Rebuild>> = {
    productCreate: ({ product }) => ({ product: pick(product, ['title', 'status', 'vendor', 'productType', 'tags']) }),
    productDelete: ({ deletedProductId }) => ({ input: { id: deletedProductId ?? null } }),
    productVariantsBulkUpdate: ({ product, productVariants }) => ({
        productId: idOf(product),
        variants: list(productVariants).map((variant) => ({
            ...pick(variant, ['id', 'price']),
            inventoryItem: pick(isObject(variant) ? variant.inventoryItem : null, [
                'tracked',
                'requiresShipping',
                'sku',
            ]),
        })),
    }),
    productOptionsCreate: ({ product }) => ({
        productId: idOf(product),
        options: list(isObject(product) ? product.options : null).map((option) => ({
            ...pick(option, ['name']),
            values: list(isObject(option) ? option.optionValues : null).map((value) => pick(value, ['name'])),
        })),
    }),
    productVariantsBulkCreate: ({ product, productVariants }) => ({
        productId: idOf(product),
        variants: list(productVariants).map((variant) => ({
            ...pick(variant, ['price', 'barcode']),
            optionValues: list(isObject(variant) ? variant.selectedOptions : null).map(optionValue),
            inventoryItem: pick(variant, ['sku']),
        })),
    }),
}

function optionValue(option: Json): JsonObject {
    return isObject(option) ? { optionName: option.name ?? null, name: option.value ?? null } : {}
}

function list(value: Json | undefined): Json[] {
    return Array.isArray(value) ? value : []
}

function pick(value: Json | undefined, names: readonly string[]): JsonObject {
    const entries = isObject(value) ? Object.entries(value) : []
    return Object.fromEntries(entries.filter(([name, inner]) => names.includes(name) && inner !== null && inner !== ''))
}

function idOf(value: Json | undefined): Json {
    return isObject(value) ? (value.id ?? null) : null
}
