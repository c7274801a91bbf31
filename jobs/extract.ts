import type { Json } from '../connectors/entities/index.ts'
import { readBulk } from '../connectors/shopify/bulk_operation.ts'
import type { StoreRow } from '../sql/stores/stores.ts'
import { storeByDomain, storeById, storesOf } from '../sql/stores/stores.ts'
import { type Job, type RunContext, RunLostError } from './context.ts'
import { PartlyFailedError } from './execute.ts'
import { withScopes } from './extract/access.ts'
import type { Kind } from './extract/operation.ts'
import { operations, orderOperations } from './extract/operations/index.ts'
import { readNow } from './extract/orders_now.ts'
import { type Plan, plansOf } from './extract/plan.ts'
import { readOperation } from './extract/read.ts'
import { abandon, type SnapshotRow, snapshotById } from './extract/snapshots.ts'
import { stage } from './extract/stage.ts'
import { forgetUnasked } from './extract/unasked.ts'

export { stagingLock } from './extract/merge.ts'
export { readOrdersNow } from './extract/orders_now.ts'
export { type SnapshotRow, snapshotById, snapshotsOf } from './extract/snapshots.ts'

/**
 * Reads a store by bulk queries into staging: everything (`full`), or what moved since it was last read. All its
 * operations, or those that `only` names, run side by side. Returns the snapshot of each, complete, doubtful or broken
 * (spec rules 72, 73); none of a store that is stopped. One that breaks stops no other.
 *
 * @throws only what ends the run: RunLostError, the signal's reason, a database that is gone.
 */
export async function extractStore(
    context: RunContext,
    row: StoreRow,
    { kind, only }: { kind: Kind; only?: readonly string[] },
): Promise<SnapshotRow[]> {
    if (row.state === 'stopped') return []
    const plans = await plansOf(context, row, kind, only)
    await abandonOthers(context, row, plans, only)
    await forgetUnasked(context, row)
    const store = await withScopes(context, row, plans)
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

/** What an ended run left going of an operation that is not read this time would otherwise be left for ever. */
async function abandonOthers(
    context: RunContext,
    store: StoreRow,
    plans: readonly Plan[],
    only: readonly string[] | undefined,
): Promise<void> {
    const planned = new Set(plans.map(({ operation }) => operation.name))
    const asked = only ?? [...operations.map(({ name }) => name), ...readNow]
    const others = asked.filter((name) => !planned.has(name))
    await context.inTransaction((tx) => abandon(context, store, tx, { operations: others, adopted: null }))
}

/** Whether a store's goods were read without doubt: only then are its connections compared. */
export function isRead(snapshots: readonly SnapshotRow[]): boolean {
    const goods = snapshots.filter(({ operation }) => !orderOperations.includes(operation))
    return goods.length > 0 && goods.every(({ state }) => state === 'complete')
}

/** Whether what was sold there is known without doubt, or not asked for: without it no stock is computed. */
export function areOrdersRead(snapshots: readonly SnapshotRow[]): boolean {
    return snapshots.every(({ operation, state }) => state === 'complete' || !orderOperations.includes(operation))
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
 * @throws PartlyFailedError when all was tried, where a reading broke.
 */
export const extract: Job = async (context, args) => {
    const kind = args.kind === 'incremental' ? 'incremental' : 'full'
    const stores = await storesToRead(context, args.store)
    const readings = await Promise.allSettled(stores.map((store) => extractStore(context, store, { kind })))
    const read = readings.map((reading) => (reading.status === 'fulfilled' ? reading.value : []))
    const counts = Object.fromEntries(stores.map(({ domain }, at) => [domain, summary(read[at] ?? [])]))
    const thrown = readings.flatMap((reading) => (reading.status === 'rejected' ? [reading.reason as Error] : []))
    const lost = thrown.find((error) => error instanceof RunLostError)
    if (lost) throw lost
    const broken = read.flat().filter(({ state }) => state === 'broken')
    const failures = [...thrown.map(({ message }) => message), ...broken.map(({ reason }) => reason ?? '')]
    if (failures.length > 0) throw new PartlyFailedError(failures.join('\n'), counts, thrown)
    return { state: read.flat().some(({ state }) => state === 'doubtful') ? 'held' : 'done', counts }
}

async function storesToRead({ db, accountId }: RunContext, domain: Json | undefined): Promise<StoreRow[]> {
    if (domain === undefined) return (await storesOf(db, accountId)).filter(({ state }) => state === 'ready')
    const store = await storeByDomain(db, accountId, String(domain))
    if (store === null) throw new Error(`There is no store ${domain}. List them: crossdock store list.`)
    if (store.state === 'stopped') throw new Error(`${store.domain} is stopped: ${store.state_reason}`)
    return [store]
}

/** By operation: what kind of reading, what became of it, rows by table. */
function summary(snapshots: readonly SnapshotRow[]) {
    return Object.fromEntries(
        snapshots.map(({ operation, kind, state, counts }) => [operation, { kind, state, ...counts }]),
    )
}
