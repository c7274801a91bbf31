import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import { compareConnection } from '../compare.ts'
import type { RunContext } from '../context.ts'
import { extractStore, isRead } from '../extract.ts'

/**
 * Reads a destination again after creations and compares the connection: the stock of what is new, its images' places,
 * the images of its variants. What cannot be read without doubt is left to the next run.
 */
export async function reconcileCreated(
    context: RunContext,
    connection: ConnectionRow,
    destination: StoreRow,
): Promise<void> {
    const snapshots = await extractStore(context, destination, { kind: 'incremental' })
    if (isRead(snapshots)) await compareConnection(context, connection, { whole: false })
    else context.log.warn({ store: destination.domain }, 'not read again after creations; the next run compares them')
}
