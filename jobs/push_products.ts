import { query } from '../sql/query.ts'
import type { Arguments, Job, RunContext } from './context.ts'
import { reconcile } from './flow.ts'

/**
 * The job `push_products`: a pass over one connection that in any case looks closely at the products a person chose:
 * `products` by id, those of a `collection`, or all. It reads what moved at both stores, and loads what no brake and no
 * first sync holds, and the lines that a person has approved; what else moved meanwhile goes along, as with any pass.
 */
export const pushProducts: Job = async (context, args) => {
    const { connection } = args
    if (typeof connection !== 'number') {
        throw new Error(`Expected the connection whose products are to be pushed, got ${JSON.stringify(args)}.`)
    }
    const products = await chosen(context, connection, args)
    return reconcile(
        context,
        { connection },
        { reading: 'incremental', whole: products === null, besides: products ?? [] },
    )
}

/** Ids of the chosen products; null for all. */
async function chosen({ db, accountId }: RunContext, connection: number, args: Arguments): Promise<string[] | null> {
    if (Array.isArray(args.products)) return args.products.map(String)
    if (args.collection === undefined) return null
    const asked = { account_id: accountId, connection_id: connection, collection_id: String(args.collection) }
    const rows = await query<{ product_id: string }>(db, 'diff/products_of_collection', asked)
    return rows.map(({ product_id }) => product_id)
}
