import { idAt, image, product, variant } from '../../../connectors/entities/index.ts'
import { type Incoming, incomingOf, lineColumn, type Operation, selectionOf } from '../operation.ts'

/** The first image of a variant is the one it shows; the merge joins it by the order of the lines. */
export const variantImages: Incoming = {
    name: 'variant_images',
    lines: 'ProductVariant>MediaImage',
    key: ['variant_id', 'image_id'],
    columns: [{ name: 'variant_id', read: idAt('__parentId') }, { name: 'image_id', read: idAt('id') }, lineColumn],
}

/** Products with their variants and images: four of the five connections Shopify allows. */
export const catalogue: Operation = {
    name: 'catalogue',
    kinds: ['full', 'incremental'],
    tables: [
        incomingOf(product, {
            lines: 'Product',
            key: ['product_id'],
            remove: 'staging/remove_products',
            countable: 'products',
        }),
        variantImages,
        incomingOf(variant, {
            lines: 'Product>ProductVariant',
            key: ['variant_id'],
            joined: ['image_id'],
            remove: 'staging/remove_variants',
            countable: 'product_variants',
        }),
        incomingOf(image, {
            lines: 'Product>MediaImage',
            key: ['product_id', 'image_id'],
            joined: ['position'],
            more: [lineColumn],
            remove: 'staging/remove_images',
        }),
    ],
    // A range filter may time out under another order.
    document: ({ store, filter }) => `query catalogue {
        products${filter === null ? '' : `(query: ${JSON.stringify(filter)}, sortKey: UPDATED_AT)`} { edges { node {
            ${selectionOf(product, store)}
            variants { edges { node { ${selectionOf(variant, store)} } } }
            media { edges { node { ${selectionOf(image, store)} } } }
        } } }
    }`,
}
