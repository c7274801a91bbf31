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
    const own = { ...extent, connections: stale, stores: extent.stores.filter(({ store_id }) => ends.has(store_id)) }
    const readings = await readStores(context, own, { reading: 'incremental', whole: false })
    for (const connection of stale) {
        const ends = [connection.source_store_id, connection.destination_store_id]
        if (ends.some((id) => readings.get(id)?.goods !== 'complete')) continue
        const sales = salesRead(own, connection, readings)
        try {
            await lookAhead(context, connection, { whole: false, sales })
            await compareConnection(context, connection, { whole: false, sales })
        } catch (error) {
            await passOver(context, own, error)
        }
    }
}
