import type { ShopifyClient } from '../../connectors/shopify/client.ts'
import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import { storeById } from '../../sql/stores/stores.ts'
import type { Sales } from '../compare/in_question.ts'
import type { RunContext } from '../context.ts'

/** Where a load works: the connection, its destination, and the set being loaded. */
export type Place = {
    context: RunContext
    connection: ConnectionRow
    destination: StoreRow
    client: ShopifyClient
    changeSetId: string
    /** Which sales the run has read; not given: the figures were just worked out by it. */
    sales?: Sales
}

/** The place of a connection, before a set is chosen. Throws where the destination does not exist. */
export async function placeOf(context: RunContext, connection: ConnectionRow): Promise<Omit<Place, 'changeSetId'>> {
    const destination = await storeById(context.db, context.accountId, connection.destination_store_id)
    return { context, connection, destination, client: context.clientOf(destination) }
}

/** Parameters that nearly every statement of a load takes. */
export function keysOf({ context, connection }: Pick<Place, 'context' | 'connection'>) {
    return { account_id: context.accountId, connection_id: connection.connection_id }
}

/** Names the set that is being loaded. */
export function setOf({ context, changeSetId }: Pick<Place, 'context' | 'changeSetId'>) {
    return { account_id: context.accountId, change_set_id: changeSetId }
}
