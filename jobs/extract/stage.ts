import type { BulkOperation } from '../../connectors/shopify/bulk_operation.ts'
import { bulkLineBatches } from '../../connectors/shopify/download.ts'
import { DownloadIncompleteError } from '../../connectors/shopify/errors.ts'
import { type Session, withConnection } from '../../sql/database.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { fill } from './fill.ts'
import { finish } from './finish.ts'
import { gateOf } from './gate.ts'
import { doubtOf } from './judge.ts'
import { merge } from './merge.ts'
import type { Operation } from './operation.ts'
import { doubtSnapshot } from './settle.ts'
import type { SnapshotRow } from './snapshots.ts'

/** Each holds a connection of its own beside the pool; one thread parses for all of them. */
const gate = gateOf(4)

/** A download that broke off is tried this often; the file stays where it is for a week. */
const DOWNLOADS = 3

/**
 * Brings the result of a COMPLETED operation into staging: all of it, or nothing where it is not whole (spec rule 72)
 * or not to be believed (rule 73), unless `accepted` by a person.
 */
export async function stage(
    context: RunContext,
    store: StoreRow,
    operation: Operation,
    snapshot: SnapshotRow,
    bulk: BulkOperation,
    { accepted = false, judgedAfter }: { accepted?: boolean; judgedAfter?: Promise<unknown> } = {},
): Promise<SnapshotRow> {
    const reading = { context, store, operation, snapshot, judgedAfter: () => gate.aside(async () => judgedAfter) }
    const work = async (session: Session) => {
        const batches = bulkLineBatches(context.clientOf(store), bulk)
        const total = Number(bulk.objectCount)
        const told = (lines: number) => context.progress(`${store.domain}: reading ${operation.name}`, lines, total)
        const filled = await fill(session, operation.tables, batches, told)
        const judged = snapshot.kind === 'full' && !accepted
        const doubt = judged ? await doubtOf(reading, session, filled.counts) : null
        if (doubt !== null) return doubtSnapshot(context, store, snapshot, doubt, filled)
        return merge(context, session, store, operation, snapshot, filled)
    }
    for (let download = 1; ; download++) {
        try {
            // The incoming tables are gone with the connection.
            const staged = await gate.pass(() => withConnection(context.db, work))
            return await finish(context, store, operation, staged)
        } catch (error) {
            if (download === DOWNLOADS || !(error instanceof DownloadIncompleteError)) throw error
            context.log.warn(
                { store: store.domain, snapshot_id: snapshot.snapshot_id, err: error },
                'downloading again',
            )
        }
    }
}
