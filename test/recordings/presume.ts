import assert from 'node:assert/strict'
import { at } from '../helpers/sandbox.ts'
import { isObject, type Json, type JsonObject } from './recording.ts'
import type { Stage } from './stage.ts'

const SET = `mutation Presume($input: ProductSetInput!) {
    productSet(input: $input, synchronous: true) { product { id } userErrors { field message } }
}`

/**
 * Makes the product that a recording presumes, from the answer in which the recorder saw it before it began, and reads
 * it back: so that its ids are known and it is what it was. Fields in `except` are not set up.
 */
export async function presumeProduct(stage: Stage, path: string, except?: RegExp): Promise<void> {
    const seen = productSeenAt(stage, path)
    await makeProduct(stage, seen)
    const differences = await stage.learn({ product: seen })
    assert.deepEqual(
        differences.filter((one) => !NOT_SET_UP.test(one) && !except?.test(one)),
        [],
        `${stage.recording.file}: the product it presumes`,
    )
}

/** The recording's location is the shop's own, which it never reads. */
export function knowLocation(stage: Stage, recorded: string): void {
    stage.likeness.know(recorded, stage.locationId())
}

// What the recorder saw of its product but no replayed exchange asks for.
const NOT_SET_UP = /\.(taxCode|unitPriceMeasurement|showUnitPrice|requiresComponents|metafields)\b/

/** Makes a product as an answer shows it; its id is known from then on, what it holds only once it is read. */
export async function makeProduct(stage: Stage, seen: JsonObject): Promise<string> {
    const told = await stage.ask(SET, { input: inputOf(stage, seen) })
    const id = at(told.body, 'data', 'productSet', 'product', 'id')
    assert.equal(typeof id, 'string', told.text)
    stage.likeness.know(String(seen.id), String(id))
    return String(id)
}

function productSeenAt(stage: Stage, path: string): JsonObject {
    const inPlace = stage.part(path)
    if (isObject(inPlace) && 'title' in inPlace) return inPlace
    for (const inside of [
        'response.body.data.product',
        'response.data.product',
        'response.body.data.nodes[0]',
        'response.data.nodes[0]',
    ]) {
        const found = stage.part(`${path}.${inside}`)
        if (isObject(found)) return found
    }
    throw new Error(`${stage.recording.file}: expected a product at ${path}`)
}

function inputOf(stage: Stage, seen: JsonObject): JsonObject {
    const variants = nodesOf(seen.variants)
    const names = [
        'title',
        'handle',
        'status',
        'vendor',
        'productType',
        'tags',
        'descriptionHtml',
        'templateSuffix',
        'seo',
    ]
    return {
        ...pick(seen, names),
        ...(nodesOf(seen.media).length > 0 ? { files: nodesOf(seen.media).map(fileOf) } : {}),
        ...(variants.length > 0 && listOf(seen.options).length > 0
            ? {
                  productOptions: listOf(seen.options).map(optionOf),
                  variants: variants.map((one) => variantOf(stage, one)),
              }
            : {}),
    }
}

const ITEM = [
    'tracked',
    'requiresShipping',
    'countryCodeOfOrigin',
    'provinceCodeOfOrigin',
    'harmonizedSystemCode',
    'measurement',
]

function optionOf(option: Json): JsonObject {
    assert.ok(isObject(option))
    return {
        ...pick(option, ['name', 'position']),
        values: listOf(option.optionValues).map((value) => pick(value, ['name'])),
    }
}

function variantOf(stage: Stage, variant: Json): JsonObject {
    assert.ok(isObject(variant))
    const item = isObject(variant.inventoryItem) ? variant.inventoryItem : {}
    const quantity = Number(variant.inventoryQuantity ?? 0)
    return {
        ...pick(variant, ['price', 'compareAtPrice', 'barcode', 'inventoryPolicy', 'taxable']),
        optionValues: listOf(variant.selectedOptions).map(optionValue),
        inventoryItem: {
            ...pick(variant, ['sku']),
            ...pick(item, ITEM),
        },
        ...(quantity === 0
            ? {}
            : { inventoryQuantities: [{ locationId: stage.locationId(), name: 'available', quantity }] }),
    }
}

function optionValue(option: Json): JsonObject {
    return isObject(option) ? { optionName: option.name ?? null, name: option.value ?? null } : {}
}

function fileOf(media: Json): JsonObject {
    return { ...pick(media, ['alt']), contentType: 'IMAGE', originalSource: 'https://pictures.example/presumed.jpg' }
}

function nodesOf(connection: Json | undefined): Json[] {
    return isObject(connection) ? listOf(connection.nodes) : []
}

function listOf(value: Json | undefined): Json[] {
    return Array.isArray(value) ? value : []
}

function pick(value: Json | undefined, names: readonly string[]): JsonObject {
    const entries = isObject(value) ? Object.entries(value) : []
    return Object.fromEntries(entries.filter(([name, inner]) => names.includes(name) && inner !== null))
}
