import type { Playing, Scenario, Stage } from '../stage.ts'
import { every, withHints } from './steps.ts'

const FOLDER = '2026-04/products'

/** Reads of one product, its variant and its item, which the answer does not name. */
function readsOf(stage: Stage): Playing {
    const id = (name: string) => `id: ${JSON.stringify(stage.part(`setup.product.${name}`))}`
    return {
        args: { product: id('productId'), productVariant: id('variantId'), inventoryItem: id('inventoryItemId') },
    }
}

async function mirrorsOfOnHand(stage: Stage): Promise<void> {
    for (const path of stage.paths()) await stage.play(path, path.endsWith('downstreamRead') ? readsOf(stage) : {})
}

const INPUTS = `{
    inventoryChangeInput: __type(name: "InventoryChangeInput") { inputFields { name } }
    inventorySetQuantityInput: __type(name: "InventoryQuantityInput") { inputFields { name } }
    inventorySetQuantitiesInput: __type(name: "InventorySetQuantitiesInput") { inputFields { name } }
    inventorySetOnHandQuantitiesInput: __type(name: "InventorySetOnHandQuantitiesInput") { inputFields { name } }
}`
const field = { line: 3, column: 5 }
const withoutKey: Playing = { idempotent: false, places: { field } }
const withoutCompare = (column: number): Playing => ({
    places: { field, variable: { line: 2, column, name: 'input' } },
})

const quantityContracts = withHints({
    schema: { document: INPUTS },
    missingSetIdempotency: withoutKey,
    missingSetOnHandIdempotency: withoutKey,
    missingAdjustIdempotency: withoutKey,
    missingSetChangeFromQuantity: withoutCompare(41),
    missingSetOnHandChangeFromQuantity: withoutCompare(47),
    missingAdjustChangeFromQuantity: withoutCompare(62),
    legacySetShape: { like: 'inventorySetQuantities', places: { variable: { line: 2, column: 41, name: 'input' } } },
})

/** Deletions take their time; the later two differ only in how `synchronous` was said. */
async function deletions(stage: Stage): Promise<void> {
    const hints: Readonly<Record<string, Playing>> = {
        'renamedVariable.mutation': {
            more: { productDelete: 'synchronous: $runSynchronously' },
            declare: { runSynchronously: 'Boolean' },
        },
        'inlineFalse.mutation': { more: { productDelete: 'synchronous: false' } },
    }
    for (const path of stage.paths()) {
        const within = /^(renamedVariable|inlineFalse)\./.exec(path)?.[0] ?? ''
        // the recorder polled until it was done
        if (path.endsWith('productRead')) await stage.control('clock.advance', { seconds: 60 })
        // the product is gone: the answer does not name it
        const id = JSON.stringify(stage.part(`${within}setup.sourceProductId`))
        const hint = path.endsWith('productRead') ? { args: { product: `id: ${id}` } } : hints[path]
        await stage.play(path, { ...hint, except: NAMED_ALREADY })
    }
}

// Of three deletions in one recording one named its product while it was still at it: how far it was, not what it does.
const NAMED_ALREADY = /^data\.productOperation\.deletedProductId: recorded "gid.*got null$/

// Once the recorder's shop took a picture up between two parts of one answer.
const TAKEN_UP_AT_ONCE = /^data\.productCreateMedia\.product\.media\.nodes\[\d\]\.status: recorded "PROCESSING"/

/** Pictures are ready where the recorder waited for them, and not where it did not. */
async function variantMedia(stage: Stage): Promise<void> {
    for (const path of stage.paths()) {
        if (path.endsWith('MediaRead')) await stage.control('clock.advance', { seconds: 120 })
        const root = path.endsWith('MediaRead')
            ? { args: { product: 'id: $productId' }, declare: { productId: 'ID!' } }
            : {}
        const read = /readAfter/.test(path)
            ? { args: { productVariant: 'id: $variantId' }, declare: { variantId: 'ID!' } }
            : {}
        await stage.play(path, { ...root, ...read, except: TAKEN_UP_AT_ONCE })
    }
}

const partialUpdates = withHints({
    partialUpdate: { more: { productVariantsBulkUpdate: 'allowPartialUpdates: true' } },
    partialRead: {
        args: { red: 'id: $redVariantId', blue: 'id: $blueVariantId', product: 'id: $productId' },
        declare: { redVariantId: 'ID!', blueVariantId: 'ID!', productId: 'ID!' },
    },
})

export const products202604: readonly Scenario[] = [
    { file: `${FOLDER}/inventory-adjust-on-hand-name-mirrors.json`, play: mirrorsOfOnHand },
    { file: `${FOLDER}/inventory-adjust-zero-delta-noop.json`, play: every },
    { file: `${FOLDER}/inventory-existence-validation.json`, play: every },
    { file: `${FOLDER}/inventory-quantity-contracts-2026-04.json`, play: quantityContracts },
    { file: `${FOLDER}/inventorySetQuantities-quantity-bounds.json`, play: every },
    { file: `${FOLDER}/product-create-no-key-on-create.json`, play: every },
    { file: `${FOLDER}/product-delete-async-operation.json`, play: deletions },
    { file: `${FOLDER}/product-set-id-not-allowed.json`, play: every },
    { file: `${FOLDER}/product-variant-media-validation.json`, play: variantMedia },
    { file: `${FOLDER}/product-variants-bulk-update-allow-partial-and-error-order.json`, play: partialUpdates },
    { file: `${FOLDER}/productVariantsBulkCreate-omitted-strategy-default-standalone.json`, play: every },
]
