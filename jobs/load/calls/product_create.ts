import type { Json } from '../../../connectors/entities/index.ts'
import { product, variant } from '../../../connectors/entities/index.ts'
import { ORIGIN } from '../../../connectors/shopify/origin_definition.ts'
import { createdProduct, productByOrigin } from '../created.ts'
import { inputOf, optionValuesOf } from '../input.ts'
import type { Draft, Kind } from '../kind.ts'
import type { Line } from '../line.ts'
import { again, failed, NOT_DONE, type Outcome, type Values } from '../outcome.ts'
import { messageOf } from '../refusals.ts'

/** What the comparison puts into a creation: see propose_products.sql. */
export type ProductPayload = {
    origin: string
    product: Values
    variants: Values[]
    images: { source_image_id: string; url: string; alt: string | null; position: string }[]
    base: { [sourceVariantId: string]: string }
    inputs: { [sourceVariantId: string]: string }
}

/** Most elements of an input array, but for productSet's variants and option values (spec rule 78). */
const ARRAY_LIMIT = 250

/**
 * Creates whole products by our own mark, so that a stranger's handle is never seized and an unanswered creation is
 * found again. Never with quantities: productSet has no compare-and-set.
 */
export const productCreate: Kind = {
    name: 'product_create',
    root: 'productSet',
    selects: { entity: 'product', action: 'create', fields: null },
    byItem: true,
    batch: 50,
    bulk: {
        document: 'product_create_bulk',
        variables: ({ identifier, input }) => ({ identifier: identifier!, input: input! }),
    },
    plan: (lines) => ({ drafts: lines.map(draftOf), outcomes: [] }),
    async judge([line], { product: made, userErrors }, place) {
        if (made) return [await createdProduct(line!, made, place)]
        if (userErrors.some((error) => error.code === 'HANDLE_NOT_UNIQUE') && !line!.withoutHandle) {
            return [again({ ...line!, withoutHandle: true }, messageOf(userErrors))]
        }
        return [failed(line!, messageOf(userErrors) || 'the store answered without a product')]
    },
    async lookUp(lines, place) {
        const outcomes: Outcome[] = []
        for (const line of lines) {
            const found = await productByOrigin(place, payloadOf(line).origin)
            if (found) outcomes.push(await createdProduct(line, found, place))
            else outcomes.push(again(line, NOT_DONE))
        }
        return outcomes
    },
}

export const payloadOf = (line: Line) => line.after as unknown as ProductPayload

function draftOf(line: Line): Draft {
    const payload = payloadOf(line)
    const { namespace, key } = ORIGIN
    const mark = { namespace, key, value: payload.origin }
    const { handle, ...rest } = payload.product
    const values = line.withoutHandle ? rest : { ...rest, handle: handle ?? null }
    const input = {
        ...inputOf(product, values, { create: true }),
        tags: payload.product.tags ?? [],
        metafields: [{ ...mark, type: 'id' }],
        productOptions: optionsOf(payload),
        variants: variantsOf(payload),
        files: payload.images.slice(0, ARRAY_LIMIT).map(fileOf),
    }
    const counts = {
        variants: Math.max(Math.min(payload.variants.length, ARRAY_LIMIT), 1),
        media: Math.max(Math.min(payload.images.length, ARRAY_LIMIT), 1),
    }
    const variables = { identifier: { customId: mark }, input, ...counts }
    return { lines: [line], variables: variables as unknown as Draft['variables'] }
}

const optionNamesOf = (payload: ProductPayload) => payload.product.options as string[]

function optionsOf(payload: ProductPayload) {
    return optionNamesOf(payload).map((name, index) => {
        const values = new Set(payload.variants.map((it) => it[`option${index + 1}`] as string))
        return {
            name,
            position: index + 1,
            values: [...values].map((value) => ({ name: value })),
        }
    })
}

function variantsOf(payload: ProductPayload): Json {
    const files = new Map(payload.images.slice(0, ARRAY_LIMIT).map((it) => [it.source_image_id, fileOf(it)]))
    return payload.variants.map((values, index) => {
        const file = typeof values.image === 'string' ? files.get(values.image) : undefined
        return {
            ...inputOf(variant, values, { create: true }),
            optionValues: optionValuesOf(optionNamesOf(payload), values),
            position: index + 1,
            ...(file && { file }),
        }
    })
}

function fileOf({ url, alt }: ProductPayload['images'][number]) {
    return { originalSource: url, contentType: 'IMAGE', ...(alt && { alt }) }
}
