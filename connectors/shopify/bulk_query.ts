import { type BulkStart, startAfterLostAnswer, startInFreeSlot } from './bulk_operation.ts'
import type { ShopifyClient } from './client.ts'
import type { UserError } from './errors.ts'
import { nameOf, operation } from './operations.ts'

type Run = { bulkOperationRunQuery: { bulkOperation: BulkStart | null; userErrors: UserError[] } }

/**
 * Starts a bulk query; `query` is a document from `bulkDocument`, whose name must be this call's alone. Waits while all
 * five slots are taken. A start whose answer was lost is found again by that name; if it is not there either, it is
 * sent once more: two equal reads do no harm. Throws UserErrorsError with Shopify's message for a query it refuses.
 */
export async function startBulkQuery(client: ShopifyClient, query: string): Promise<BulkStart> {
    const { name } = nameOf(query)
    const run = async () => (await client.mutate<Run>(operation('bulk/run_query'), { query })).bulkOperationRunQuery
    try {
        return await startInFreeSlot(client, name, run)
    } catch (error) {
        return (await startAfterLostAnswer(client, name, error)) ?? startInFreeSlot(client, name, run)
    }
}
