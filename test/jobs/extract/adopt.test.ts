import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namedDocument } from '../../../connectors/shopify/bulk_document.ts'
import { waitForBulk } from '../../../connectors/shopify/bulk_operation.ts'
import { startBulkQuery } from '../../../connectors/shopify/bulk_query.ts'
import { RunLostError } from '../../../jobs/context.ts'
import type { Operation } from '../../../jobs/extract/operation.ts'
import { catalogue } from '../../../jobs/extract/operations/catalogue.ts'
import { levels } from '../../../jobs/extract/operations/levels.ts'
import { adoptOrOpen, nameOfSnapshot } from '../../../jobs/extract/snapshots.ts'
import { extractStore, isRead } from '../../../jobs/extract.ts'
import { begun, named, rowsOf, runOf, type ShopHouse, shopFor, stagedProducts, states } from './extracting.ts'

test('rule 74: an operation left behind whose result has expired is run again', async (t) => {
    const house = await shopFor(t)
    await leftBehind(house, { saved: true, completed: true })
    await house.control('clock.advance', { seconds: 8 * 86_400 })
    const context = await runOf(house.db, house.account_id, house.context.runId)
    const snapshots = await extractStore(context, house.store, { kind: 'full' })
    assert.equal(named(snapshots, 'catalogue').state, 'complete')
    assert.equal(begun(house, 'products'), 2)
})

/** A reading whose process died after the start, with or without its id saved. */
async function leftBehind(
    { context, store, db }: ShopHouse,
    { saved, completed, operation = catalogue }: { saved: boolean; completed?: boolean; operation?: Operation },
) {
    const documentOf = (id: string) => namedDocument(operation.document({ store, filter: null }), nameOfSnapshot(id))
    const about = { store, operation, kind: 'full' as const, filter: null, lastReadAt: null }
    const { snapshot } = await adoptOrOpen(context, { ...about, documentOf })
    const start = await startBulkQuery(context.clientOf(store), snapshot.document)
    if (completed) await waitForBulk(context.clientOf(store), start.id)
    if (saved) {
        const values = [start.id, start.createdAt, snapshot.snapshot_id]
        await db.send('update snapshots set bulk_operation_id = $1, read_at = $2 where snapshot_id = $3', values)
    }
    return snapshot
}

for (const saved of [true, false]) {
    test(`rule 75: an operation of a run that died is adopted, its id ${saved ? '' : 'not yet '}saved`, async (t) => {
        const house = await shopFor(t)
        const left = await leftBehind(house, { saved })
        const context = await runOf(house.db, house.account_id, house.context.runId)
        const snapshots = await extractStore(context, house.store, { kind: 'full' })
        assert.equal(named(snapshots, 'catalogue').snapshot_id, left.snapshot_id)
        assert.equal(named(snapshots, 'catalogue').state, 'complete')
        assert.equal(begun(house, 'products'), 1)
    })
}

test('rules 17 and 75: levels that a run that died asked for are asked for again, as what was sold since is not in them', async (t) => {
    const house = await shopFor(t)
    const left = await leftBehind(house, { saved: true, operation: levels })
    const context = await runOf(house.db, house.account_id, house.context.runId)
    const snapshots = await extractStore(context, house.store, { kind: 'full' })
    assert.notEqual(named(snapshots, 'levels').snapshot_id, left.snapshot_id)
    assert.equal(named(snapshots, 'levels').state, 'complete')
})

test('rule 75: one that is too old is left alone and marked, and another begun', async (t) => {
    const house = await shopFor(t)
    const left = await leftBehind(house, { saved: true })
    await house.db.send(`update snapshots set created_at = now() - interval '1 day'`)
    const context = await runOf(house.db, house.account_id)
    const snapshots = await extractStore(context, house.store, { kind: 'full' })
    assert.notEqual(named(snapshots, 'catalogue').snapshot_id, left.snapshot_id)
    const [row] = await rowsOf(house, `select state from snapshots where snapshot_id = ${left.snapshot_id}`)
    assert.deepEqual(row, { state: 'broken' })
})

test('rule 89: a reading left going that is not asked for this time is marked too, so that none is left for ever', async (t) => {
    const house = await shopFor(t)
    await leftBehind(house, { saved: true })
    await house.db.send(`update snapshots set operation = 'items', kind = 'incremental'`)
    const context = await runOf(house.db, house.account_id)
    await extractStore(context, house.store, { kind: 'full' })
    assert.deepEqual(await rowsOf(house, `select operation from snapshots where state = 'reading'`), [])
})

test('rule 75: a start whose answer was lost is found again', async (t) => {
    const house = await shopFor(t)
    await house.control('fail.next', { kind: 'timeout_after', name: 'bulkOperationRunQuery', times: 2 })
    const snapshots = await extractStore(house.context, house.store, { kind: 'full' })
    assert.deepEqual(states(snapshots), { catalogue: 'full complete', levels: 'full complete' })
    assert.equal(begun(house, 'products'), 1)
})

test('rule 89: a process that lost its run merges nothing', async (t) => {
    const house = await shopFor(t)
    const { context, store, db, account_id, control } = house
    await control('bulk.set', { hold: true })
    const lost = assert.rejects(extractStore(context, store, { kind: 'full' }), RunLostError)
    const successor = await runOf(db, account_id, context.runId)
    await control('bulk.set', { hold: false })
    await control('bulk.release')
    await lost
    assert.deepEqual(await stagedProducts(house), [])
    const snapshots = await extractStore(successor, store, { kind: 'full' })
    assert.equal(isRead(snapshots), true)
})
