import { knowLocation, makeProduct } from '../presume.ts'
import { isObject, type JsonObject } from '../recording.ts'
import type { Scenario, Stage } from '../stage.ts'
import { every, presumed, withHints } from './steps.ts'

const FOLDER = '2025-01/products'
/** Some were recorded at another shop. */
const LARGE = { name: 'recorded-large-store' }

/** Product that is there before, of which the recording tells only what is asked of it. */
async function plainProduct(stage: Stage, id: string, title: string, more: JsonObject = {}): Promise<void> {
    await makeProduct(stage, { id, title, ...more })
}

/** A new picture is being read, then ready: the reads count, since the clock does not move here. */
async function pictureBecomesReady(stage: Stage): Promise<void> {
    await plainProduct(stage, 'gid://shopify/Product/9257219162345', 'Pictured')
    await stage.playAll(['mutation', 'downstreamRead'])
    await stage.control('clock.advance', { seconds: 120 })
    await stage.play('readyRead')
}

async function pictureIsDeleted(stage: Stage): Promise<void> {
    const seen = stage.part('upstreamCalls[0].response.body.data.nodes[0]')
    if (!isObject(seen)) throw new Error('expected the product the recorder saw')
    await makeProduct(stage, { ...seen, title: 'Pictured' })
    await stage.control('clock.advance', { seconds: 120 })
    await stage.learn({ product: { id: seen.id ?? null, media: seen.media ?? null } })
    await every(stage)
}

function productAt(stage: Stage, path: string): JsonObject {
    const product = stage.part(`${path}.response.data.productUpdate.product`)
    if (!isObject(product)) throw new Error(`expected a product in ${path}`)
    return product
}

/** What `updateNormalization` then changed. */
const handleBefore: Readonly<Record<string, string>> = { updateNormalization: 'challenger' }

/** Its handles were judged before the product was changed, and on products of their own. */
async function productUpdates(stage: Stage): Promise<void> {
    await makeProduct(stage, productAt(stage, 'validation.blankTitle'))
    const answers = ['updateNormalization', 'updateWhitespacePreservesHandle', 'updateTitleOnlyPreservesHandle']
    for (const name of answers) {
        const answer = productAt(stage, `handleValidation.${name}`)
        await makeProduct(stage, { ...answer, handle: handleBefore[name] ?? answer.handle ?? null })
    }
    await stage.playAll(stage.paths(/^(validation|handleValidation)/))
    await stage.playAll(['mutation', 'downstreamRead'])
}

/** Sets whole products in a shop whose location the recording never names. */
async function productSets(stage: Stage): Promise<void> {
    knowLocation(stage, 'gid://shopify/Location/68509171945')
    const variables = stage.variablesOf('mutation')
    await stage.play('mutation')
    await stage.play('handleParity.productSetCreateCollision.secondCreate', { variables })
    // the identifier was sent but not asked for: another product came of it
    const { identifier: _identifier, ...rest } = stage.variablesOf('handleParity.productSetExplicitNormalization')
    await stage.play('handleParity.productSetExplicitNormalization', { variables: rest })
    await stage.play('downstreamRead')
}

/** Two variants by color; whether the deleted one is still found by its SKU is asked too. */
async function variantIsDeleted(stage: Stage): Promise<void> {
    const seen = stage.part('upstreamCalls[0].response.body.data.nodes[0].product')
    if (!isObject(seen)) throw new Error('expected the product the recorder saw')
    const optionValues = [{ name: 'Red' }, { name: 'Blue' }]
    await makeProduct(stage, { ...seen, options: [{ name: 'Color', optionValues }] })
    await stage.learn({ product: seen })
    await stage.play('mutation')
    const bySku = 'query: "sku:HERMES-BULK-810153-RED"'
    await stage.play('downstreamRead', { args: { products: `first: 10, ${bySku}`, skuCount: bySku } })
}

async function standalone(stage: Stage): Promise<void> {
    const seen = stage.part('upstreamCalls[0].response.body.data.product')
    if (!isObject(seen)) throw new Error('expected the product the recorder saw')
    await plainProduct(stage, String(seen.id), String(seen.title), { status: 'DRAFT' })
    await every(stage)
}

export const products202501: readonly Scenario[] = [
    {
        file: `${FOLDER}/inventory-item-update-validation.json`,
        play: withHints({
            'captures.invalidWeightUnit': {
                like: 'captures.negativeCost',
                places: { variable: { line: 2, column: 52, name: 'input' } },
            },
        }),
    },
    { file: `${FOLDER}/large-product-create-inventory-read-parity.json`, play: every },
    { file: `${FOLDER}/large-product-create-media-parity.json`, play: pictureBecomesReady },
    { file: `${FOLDER}/large-product-delete-media-parity.json`, play: pictureIsDeleted },
    { file: `${FOLDER}/large-product-set-parity.json`, shop: LARGE, play: productSets },
    { file: `${FOLDER}/large-product-update-blank-title-parity.json`, play: presumed() },
    {
        file: `${FOLDER}/large-product-update-parity.json`,
        shop: LARGE,
        play: async (stage) => {
            // another product of that shop has the handle that punctuation alone comes to
            await plainProduct(stage, 'gid://shopify/Product/1', 'Product', { handle: 'product' })
            await productUpdates(stage)
        },
    },
    { file: `${FOLDER}/large-product-variants-bulk-delete-parity.json`, shop: LARGE, play: variantIsDeleted },
    { file: `${FOLDER}/product-create-input-validation.json`, play: every },
    {
        file: `${FOLDER}/product-create-then-bulk-create-price-range-parity.json`,
        shop: { currency: 'CAD' },
        play: every,
    },
    { file: `${FOLDER}/product-create-with-options-multi-value-parity.json`, play: every },
    { file: `${FOLDER}/product-create-with-options-parity.json`, play: every },
    { file: `${FOLDER}/product-set-async-operation-parity.json`, play: every },
    { file: `${FOLDER}/product-set-input-length-validation.json`, play: every },
    { file: `${FOLDER}/product-set-options-only-requires-variants.json`, play: every },
    { file: `${FOLDER}/product-update-blank-title-parity.json`, play: presumed() },
    { file: `${FOLDER}/product-update-parity.json`, play: productUpdates },
    { file: `${FOLDER}/product-update-tag-normalization.json`, play: every },
    { file: `${FOLDER}/product-update-too-long-handle-parity.json`, play: presumed() },
    { file: `${FOLDER}/product-variants-bulk-create-inventory-read-parity.json`, play: every },
    { file: `${FOLDER}/product-variants-bulk-reorder-parity.json`, play: every },
    { file: `${FOLDER}/product-variants-bulk-reorder-validation-resequence.json`, play: every },
    { file: `${FOLDER}/productVariantsBulkCreate-strategy-default-custom-standalone.json`, play: standalone },
    { file: `${FOLDER}/productVariantsBulkCreate-strategy-remove-custom-standalone.json`, play: standalone },
    { file: `${FOLDER}/productVariantsBulkCreate-strategy-remove-default-standalone.json`, play: presumed() },
]
