import { idAt, text } from '../../../connectors/entities/index.ts'
import { queryOne } from '../../../sql/query.ts'
import type { Operation } from '../operation.ts'

/** Who is in which collection, always whole: a product that left one is not named by any filter. */
export const collections: Operation = {
    name: 'collections',
    kinds: ['full'],
    tables: [
        {
            name: 'collections',
            lines: 'Collection',
            key: ['collection_id'],
            columns: [
                { name: 'collection_id', read: idAt('id') },
                { name: 'title', read: text('title') },
                { name: 'handle', read: text('handle') },
            ],
            merge: 'staging/merge_collections',
            remove: 'staging/remove_collections',
            countable: 'collections',
        },
        {
            name: 'collection_products',
            lines: 'Collection>Product',
            key: ['collection_id', 'product_id'],
            columns: [
                { name: 'collection_id', read: idAt('__parentId') },
                { name: 'product_id', read: idAt('id') },
            ],
            merge: 'staging/merge_collection_products',
            remove: 'staging/remove_collection_products',
        },
    ],
    document: () => `query collections {
        collections { edges { node { id title handle products { edges { node { id } } } } } }
    }`,
    async isNeeded(q, { account_id, store_id }) {
        const { needed } = await queryOne<{ needed: boolean }>(q, 'staging/needs_collections', { account_id, store_id })
        return needed
    },
}
