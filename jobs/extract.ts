import { readBulk } from '../connectors/shopify/bulk_operation.ts'
import type { StoreRow } from '../sql/stores/stores.ts'
import { storeById, storesOf } from '../sql/stores/stores.ts'
import type { Job, RunContext } from './context.ts'
import type { Kind } from './extract/operation.ts'
import { operations } from './extract/operations/index.ts'
import { plansOf } from './extract/plan.ts'
import { readOperation } from './extract/read.ts'
import { type SnapshotRow, snapshotById } from './extract/snapshots.ts'
import { stage } from './extract/stage.ts'

export { stagingLock } from './extract/merge.ts'
export { type SnapshotRow, snapshotById, snapshotsOf } from './extract/snapshots.ts'

/**
 * Reads a store by bulk queries into staging: everything (`full`), or what moved since it was last read. All its
 * operations run side by side. Returns the snapshot of each, complete, doubtful or broken (spec rules 72, 73); none of a
 * store that is stopped. One that breaks stops no other.
 *
 * @throws only what ends the run: RunLostError, the signal's reason, a database that is gone.
 */
export async function extractStore(
    context: RunContext,
    store: StoreRow,
    { kind }: { kind: Kind },
): Promise<SnapshotRow[]> {
    if (store.state === 'stopped') return []
    const plans = await plansOf(context, store, kind)
    const readings = new Map<string, Promise<SnapshotRow>>()
    for (const plan of plans) {
        const { name, judgedAgainst } = plan.operation
        const judge = judgedAgainst === undefined ? undefined : readings.get(judgedAgainst)
        readings.set(
            name,
            readOperation(
                context,
                store,
                plan,
                judge?.catch(() => null),
            ),
        )
    }
    const ended = await Promise.allSettled(readings.values())
    return ended.map((reading) => {
        if (reading.status === 'rejected') throw reading.reason
        return reading.value
    })
}

/** Whether a store was read without doubt: only then are its connections compared. */
export function isRead(snapshots: readonly SnapshotRow[]): boolean {
    return snapshots.length > 0 && snapshots.every(({ state }) => state === 'complete')
}

/**
 * Merges a doubtful snapshot that a person believes (spec rule 73). Its file is downloaded again from the store.
 * @throws where it is not doubtful, was overtaken by a later reading, or its file is gone after seven days (rule 74).
 */
export async function acceptSnapshot(context: RunContext, snapshotId: string): Promise<SnapshotRow> {
    const snapshot = await snapshotById(context.db, context.accountId, snapshotId)
    if (snapshot.state !== 'doubtful' || snapshot.bulk_operation_id === null) {
        throw new Error(`Snapshot ${snapshotId} is ${snapshot.state}: only a doubtful one can be accepted.`)
    }
    const store = await storeById(context.db, context.accountId, snapshot.store_id)
    const operation = operations.find(({ name }) => name === snapshot.operation)
    const bulk = await readBulk(context.clientOf(store), snapshot.bulk_operation_id)
    if (bulk?.status !== 'COMPLETED' || operation === undefined) {
        throw new Error(
            `The result of snapshot ${snapshotId} is gone (Shopify keeps it for seven days). ` +
                `Read the store again: crossdock run extract --store ${store.domain}.`,
        )
    }
    return stage(context, store, operation, snapshot, bulk, { accepted: true })
}

/**
 * The job `extract`: reads every store that is ready, or the one of `args.store` (a domain), side by side.
 * `args.kind` is `full` (default) or `incremental`. Held where a reading is doubtful.
 * @throws when all was tried, where a reading broke.
 */
export const extract: Job = async (context, args) => {
    const kind = args.kind === 'incremental' ? 'incremental' : 'full'
    const all = await storesOf(context.db, context.accountId)
    const stores = all.filter((store) => (args.store ? store.domain === args.store : store.state === 'ready'))
    if (args.store && stores.length === 0) throw new Error(`There is no store ${args.store}. List them: store list.`)
    const stopped = stores.find(({ state }) => state === 'stopped')
    if (stopped) throw new Error(`${stopped.domain} is stopped: ${stopped.state_reason}`)
    const readings = await Promise.all(
        stores.map(async (store) => ({ store, snapshots: await extractStore(context, store, { kind }) })),
    )
    const snapshots = readings.flatMap(({ snapshots }) => snapshots)
    const broken = snapshots.filter(({ state }) => state === 'broken')
    if (broken.length > 0) throw new Error(broken.map(({ reason }) => reason).join('\n'))
    const counts = readings.map(({ store, snapshots }) => [store.domain, Object.fromEntries(snapshots.map(summary))])
    const held = snapshots.some(({ state }) => state === 'doubtful')
    return { state: held ? 'held' : 'done', counts: Object.fromEntries(counts) }
}

const summary = ({ operation, kind, state, counts }: SnapshotRow) => [operation, { kind, state, ...counts }]
