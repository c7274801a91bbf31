import type { ShopifyClient } from './client.ts'
import { operation } from './operations.ts'

export type Countable = 'products' | 'product_variants' | 'collections' | 'orders'
/** `exact` is false where Shopify stopped counting: the true count is that or more. */
export type StoreCount = { count: number; exact: boolean }

/**
 * How many there are by Shopify's own count (spec rule 73), without its usual limit of 10,000. `filter` is in Shopify's
 * search syntax; variants know none, and a filter for them is refused. Null if Shopify does not say.
 */
export async function countOf(client: ShopifyClient, what: Countable, filter?: string): Promise<StoreCount | null> {
    if (what === 'product_variants' && filter !== undefined) {
        throw new Error(`Expected no filter for variants, came "${filter}": Shopify would ignore it and count all.`)
    }
    type Data = { count: { count: number; precision: 'EXACT' | 'AT_LEAST' } | null }
    const variables = filter === undefined ? {} : { query: filter }
    const { count } = await client.query<Data>(operation(`counts/${what}`), variables)
    return count && { count: count.count, exact: count.precision === 'EXACT' }
}
