import { gid } from '../../connectors/shopify/gid.ts'
import { storeTime } from '../../connectors/shopify/store_time.ts'
import { execute, query } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { stagingLock } from '../extract.ts'
import { documentOf } from '../load/documents.ts'

/** A level by its ids; `inventory_item_id` and `location_id` are decimal text. */
export type LevelKey = { inventory_item_id: string; location_id: string }
/** What a level shows: null where the item is not stocked. `read_at` is the store's time, no later than it was asked. */
export type LevelNow = LevelKey & {
    available: number | null
    on_hand: number | null
    available_at: string | null
    read_at: string
}

type Quantity = { name: string; quantity: number; updatedAt: string | null }
type Nodes = { nodes: ({ inventoryLevel: { quantities: Quantity[] } | null } | null)[] }

/** Items in one query: a query of 100 nodes costs what one of them costs. */
const ITEMS = 100

/**
 * Reads levels by id, past every search index, into staging (design: Stock). Returns them as they are now.
 * An older row gives way; a level that is not there any more is taken away.
 */
export async function readLevelsNow(
    context: RunContext,
    store: StoreRow,
    keys: readonly LevelKey[],
): Promise<LevelNow[]> {
    if (keys.length === 0) return []
    const client = context.clientOf(store)
    const read_at = (await storeTime(client)).toISOString()
    const levels: LevelNow[] = []
    for (const [locationId, own] of Map.groupBy(keys, (key) => key.location_id)) {
        for (let start = 0; start < own.length; start += ITEMS) {
            const part = own.slice(start, start + ITEMS)
            const { nodes } = await client.query<Nodes>(documentOf('levels_now'), {
                ids: part.map((key) => gid('InventoryItem', key.inventory_item_id)),
                locationId: gid('Location', locationId),
            })
            levels.push(...part.map((key, index) => ({ ...key, ...shown(nodes[index]), read_at })))
            context.progress(`${store.domain}: levels by id`, levels.length, keys.length)
        }
    }
    await context.inTransaction(async (tx) => {
        await query(tx, 'locks/lock_in_transaction', { key: stagingLock(store) })
        await execute(tx, 'stock/put_levels', { account_id: store.account_id, store_id: store.store_id, levels })
    })
    return levels
}

function shown(node: Nodes['nodes'][number] | undefined) {
    const quantities = node?.inventoryLevel?.quantities ?? []
    const of = (name: string) => quantities.find((it) => it.name === name)
    return {
        available: of('available')?.quantity ?? null,
        on_hand: of('on_hand')?.quantity ?? null,
        available_at: of('available')?.updatedAt ?? null,
    }
}
