import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import type { Sales } from '../compare/in_question.ts'
import { compareConnection } from '../compare.ts'
import type { RunContext } from '../context.ts'
import { readDestination } from '../readings.ts'
import { lookAhead } from '../stock/look.ts'
import { refreshMovements } from '../stock/movements.ts'

/**
 * Reads a destination again after creations and compares the connection: the stock of what is new, its images' places,
 * the images of its variants. What cannot be read without doubt is left to the next run.
 */
export async function reconcileCreated(
    context: RunContext,
    connection: ConnectionRow,
    destination: StoreRow,
    sales: Sales | undefined,
): Promise<void> {
    const reading = await readDestination(context, destination, 'incremental')
    if (reading.goods !== 'complete') {
        context.log.warn({ store: destination.domain }, 'not read again after creations; the next run compares them')
        return
    }
    await refreshMovements(context, connection, false)
    const read = { own: reading.sales === 'complete', all: sales?.all ?? true }
    const looked = await lookAhead(context, connection, { whole: false, sales: read })
    await compareConnection(context, connection, looked)
}
