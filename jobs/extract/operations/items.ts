import { idAt, variant } from '../../../connectors/entities/index.ts'
import { incomingOf, type Operation, selectionOf } from '../operation.ts'
import { variantImages } from './catalogue.ts'

/**
 * Variants whose inventory item moved. Cost, weight, SKU, tracking and shipping live on the item, and a product's
 * `updated_at` need not move with it. They come as whole variants, so that they merge like any other; the alternative,
 * a patch of the item's columns alone, would need a second merge that knows which columns those are.
 */
export const items: Operation = {
    name: 'items',
    kinds: ['incremental'],
    wholeIn: 'catalogue',
    tables: [
        variantImages,
        // The parent of these lines is the item.
        incomingOf(variant, {
            lines: 'InventoryItem>ProductVariant',
            key: ['variant_id'],
            joined: ['image_id'],
            instead: { product_id: idAt('product.id') },
        }),
    ],
    document: ({ store, filter }) => `query items {
        inventoryItems(query: ${JSON.stringify(filter ?? '')}) { edges { node {
            id
            variants { edges { node { ${selectionOf(variant, store)} product { id } } } }
        } } }
    }`,
}
