import type { ShopifyClient } from './client.ts'
import { operation } from './operations.ts'

/**
 * The store's own time now, from its answer's Date header: whole seconds. What is asked for after this call is asked for
 * at this time or later, whatever this machine's clock says.
 * @throws where the store gives no time.
 */
export async function storeTime(client: ShopifyClient): Promise<Date> {
    const { at } = await client.send(operation('store/time'))
    if (at !== null) return at
    throw new Error(
        `Expected a Date header in an answer of ${client.domain}, came none: something in between drops it.`,
    )
}
