import type { Context } from '../../context.ts'
import { productsIn } from '../../shop/collections.ts'
import type { Collection } from '../../shop/state.ts'
import { seenBySearch } from '../../shop/touch.ts'
import { matches } from '../search.ts'
import { idTest, textTest, timeTest } from '../search_tests.ts'

type Search = { query?: string | null; sortKey?: string | null }

/** The collections among the given that a search names, in the order of its sort key. */
export function sortedCollections(context: Context, collections: Collection[], search: Search): Collection[] {
    const { shop, clock } = context
    const found = collections.filter((collection) =>
        matches(search.query, {
            default: (value) => collection.title.toLowerCase().includes(value.toLowerCase()),
            id: idTest(collection.id),
            title: (value) => collection.title.toLowerCase().includes(value.toLowerCase().replace(/\*$/, '')),
            handle: textTest(collection.handle),
            collection_type: (value) => value === (collection.rules ? 'smart' : 'custom'),
            updated_at: timeTest(seenBySearch(shop, collection, clock.now())),
            product_id: (value) => productsIn(shop, collection).some(({ id }) => String(id) === value),
        }),
    )
    if (search.sortKey === 'TITLE') return found.sort((a, b) => a.title.localeCompare(b.title) || a.id - b.id)
    if (search.sortKey === 'UPDATED_AT') {
        const seen = (collection: Collection) => seenBySearch(shop, collection, clock.now())
        return found.sort((a, b) => seen(a) - seen(b) || a.id - b.id)
    }
    return found
}
