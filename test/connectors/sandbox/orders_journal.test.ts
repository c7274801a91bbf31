import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import { ended, runQuery } from '../../helpers/sandbox_bulk.ts'
import { dataOf, setQuantities } from '../../helpers/sandbox_goods.ts'
import { act, asked, gidOf, plainState, sellMugs, stockMugs, TWO_PLACES } from '../../helpers/sandbox_orders.ts'

type Entry = Record<string, unknown> & { n: number; at: string; kind: string }

async function journal(talk: Talk, since: number, kinds?: string[]): Promise<Entry[]> {
    const { entries } = (await talk.control('journal', { since, kinds })).body
    return entries as Entry[]
}
const last = async (talk: Talk) => (await journal(talk, 0)).at(-1)?.n ?? 0

test('a watcher is told of every sale at once: the order, the units, their line and what is left', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const since = await last(talk)
    const { id, lineId } = await sellMugs(talk, 2)
    await act(talk, 'order.ship', { id })
    await act(talk, 'order.refund', { id, lines: [{ lineId, quantity: 1, restock: 'return' }] })
    await act(talk, 'level.set', { sku: 'MUG', location: 'Attic', available: 4 })
    const entries = await journal(talk, since)
    assert.deepEqual(
        entries.map((one) => (one.kind === 'order' ? one.what : `${one.cause} ${one.name} ${one.delta} ${one.after}`)),
        [
            ...['order available -2 8', 'order committed 2 2', 'created'],
            ...['ship committed -2 0', 'fulfilled', 'refund available 1 9', 'refunded', 'hand available -5 4'],
        ],
    )
    const [move] = entries
    assert.deepEqual([move?.orderId, move?.lineId, move?.shop], [id, lineId, TWO_PLACES[0]?.domain])
    assert.match(String(move?.at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.deepEqual(
        entries.map(({ n }) => n - since),
        entries.map((_, place) => place + 1),
    )
})

test('what is set over the API tells its key and what it compared with, and repeats are told as such', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { locations } = await plainState(talk)
    const item = await asked(talk, '{ inventoryItems(first: 1) { nodes { id } } }')
    const inventoryItemId = item('inventoryItems', 'nodes', 0, 'id') as string
    const place = { inventoryItemId, locationId: gidOf('Location', locations[0]?.id) }
    const since = await last(talk)
    await setQuantities(talk, [{ ...place, quantity: 7, changeFromQuantity: 10 }])
    await setQuantities(talk, [{ ...place, quantity: 6, changeFromQuantity: null }])
    const adjust = `mutation($input: InventoryAdjustQuantitiesInput!) {
        inventoryAdjustQuantities(input: $input) @idempotent(key: "take-one") { userErrors { message } }
    }`
    const input = { name: 'available', reason: 'correction', changes: [{ ...place, delta: -1, changeFromQuantity: 6 }] }
    await dataOf(talk, adjust, { input })
    await dataOf(talk, adjust, { input })
    const moves = await journal(talk, since, ['stock'])
    assert.deepEqual(
        moves.map(({ cause, after, changeFromQuantity }) => [cause, after, changeFromQuantity]),
        [
            ['set', 7, 10],
            ['set', 6, null],
            ['adjust', 5, 6],
        ],
    )
    assert.equal(moves[2]?.idempotencyKey, 'take-one')
    const calls = await journal(talk, since, ['mutation'])
    assert.deepEqual(
        calls.map(({ outcome, repeated }) => [outcome, repeated]),
        [
            ['done', false],
            ['done', false],
            ['done', false],
            ['answered_again', true],
        ],
    )
})

test('bulk queries tell when they start, what they are called and what they filter by; reads tell their ids', async (t) => {
    const talk = await sandboxFor(t, { shops: TWO_PLACES })
    await stockMugs(talk)
    const { gid } = await sellMugs(talk, 1)
    const since = await last(talk)
    await ended(talk, await runQuery(talk, '{ orders(query: "updated_at:>=2020-01-01") { edges { node { id } } } }'))
    await runQuery(talk, 'query Levels { inventoryItems { edges { node { id } } } }')
    await asked(talk, 'query Look($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [gid] })
    const bulk = (await journal(talk, since, ['bulk'])).filter(({ what }) => what === 'started')
    assert.deepEqual(
        bulk.map(({ name, roots, filters, type }) => ({ name, roots, filters, type })),
        [
            { name: null, roots: ['orders'], filters: ['updated_at:>=2020-01-01'], type: 'QUERY' },
            { name: 'Levels', roots: ['inventoryItems'], filters: [], type: 'QUERY' },
        ],
    )
    assert.match(String(bulk[0]?.id), /^gid:\/\/shopify\/BulkOperation\/\d+$/)
    const reads = await journal(talk, since, ['query'])
    assert.deepEqual(reads.at(-1)?.ids, [gid])
    assert.deepEqual([reads.at(-1)?.name, reads.at(-1)?.roots], ['Look', ['nodes']])
})
