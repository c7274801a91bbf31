import { compareConnection } from '../compare.ts'
import type { RunContext } from '../context.ts'
import { type Extent, passOver } from '../flow.ts'
import { setsToLoad } from '../load.ts'
import { readStores, salesRead } from '../readings.ts'
import { lookAhead } from './look.ts'

/**
 * Before approved quantities of an earlier run are loaded: levels and sales are read again and the figures worked out
 * anew, so that only what is true now is written. Lines that still say the same keep their approval (rule 88).
 */
export async function refreshStock(context: RunContext, extent: Extent): Promise<void> {
    const stale: Extent['connections'] = []
    for (const connection of extent.connections) {
        if (connection.settings.orders === 'none') continue
        const sets = await setsToLoad({ context, connection })
        if (sets.some(({ kind }) => kind === 'stock')) stale.push(connection)
    }
    if (stale.length === 0) return
    const ends = new Set(stale.flatMap((one) => [one.source_store_id, one.destination_store_id]))
    const selling = new Set(extent.siblings.map(({ destination_store_id }) => destination_store_id))
    const [stores, left] = [true, false].map((isEnd) => extent.stores.filter((it) => ends.has(it.store_id) === isEnd))
    // What the stores sold that are left out counts all the same.
    const others = [...extent.others, ...left!.filter(({ store_id }) => selling.has(store_id))]
    const own = { ...extent, connections: stale, stores: stores!, others }
    const readings = await readStores(context, own, { reading: 'incremental', whole: false })
    for (const connection of stale) {
        const ends = [connection.source_store_id, connection.destination_store_id]
        if (ends.some((id) => readings.get(id)?.goods !== 'complete')) continue
        const read = salesRead(own, connection, readings)
        try {
            const looked = await lookAhead(context, connection, { whole: false, sales: read })
            await compareConnection(context, connection, looked)
        } catch (error) {
            await passOver(context, own, error)
        }
    }
}
