import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withReport } from '../../reports/index.ts'
import { CORNER_SHOP, cornerGoods, dozen, NORTHWIND } from '../helpers/cast.ts'
import { plain, startStory } from '../helpers/story.ts'
import { figuresOf, type ReadRow, reportNamed, sheetsOf } from './reading.ts'

const RANGE = { from: '2025-01-01', to: '2034-12-31' }

const told = (rows: ReadRow[], ...columns: string[]) => rows.map((row) => columns.map((column) => row[column]))

test('a run and a range tell what was changed, field by field, why the rest is not synced, and every quantity', async (t) => {
    const story = await startStory(t, {
        goods: { [NORTHWIND]: dozen, [CORNER_SHOP]: cornerGoods },
        connections: [{ destination: CORNER_SHOP, settings: plain() }],
    })
    const connection = String([...story.connections.values()][0])
    await story.nightly()
    const first = await sheetsOf(story, 'product-sync', { connection, run: '1' })
    assert.ok(first.Changes!.some(({ action, status }) => action === 'create' && status === 'held'))
    const proposed = first.Changes!.filter(({ action }) => action === 'create').map((it) => String(it.value_proposed))
    assert.ok(proposed.length > 0)
    for (const text of proposed) assert.match(text, /, (1 variant|\d+ variants), (1 image|\d+ images)$/)
    assert.ok(proposed.some((text) => text.includes('1 variant,')))
    assert.ok(first.Changes!.some(({ action, rule }) => action === 'link' && rule === 'matched by sku'))
    const waits = first['Not synced']!.find(({ handle }) => handle === 'mug')!
    assert.equal(waits.first_gate_that_refused, 'change_set')
    assert.match(String(waits.detail), /waits for a person in set \d+/)
    assert.deepEqual(first['Inventory ledger'], [])
    const figures = figuresOf(first.Summary!)
    assert.match(String(figures['runs: run 1']), /nightly/)

    await story.approveAll()
    await story.nightly()
    await story.edit(NORTHWIND, 'product.edit', { handle: 'mug', set: { title: 'Big mug' } })
    await story.nightly()
    const net = await sheetsOf(story, 'product-sync', { connection, ...RANGE })
    const titles = net.Changes!.filter(({ field, handle }) => field === 'title' && handle === 'mug')
    assert.deepEqual(told(titles, 'value_dest_before', 'value_proposed', 'value_applied', 'change_origin', 'status'), [
        ['Mug', 'Big mug', 'Big mug', 'source_changed', 'applied'],
    ])
    assert.ok(net['Inventory ledger']!.length > 0)
    for (const { before, movement, after } of net['Inventory ledger']!) {
        assert.equal(Number(before) + Number(movement), Number(after))
    }
    assert.ok(net['Inventory ledger']!.some(({ source_available }) => source_available !== null))

    const report = reportNamed('product-sync')
    const given = report.given.parse({ connection, ...RANGE })
    await withReport(
        story.db,
        report,
        { account_id: story.account_id, given, side: 'destination' },
        async ({ sheets }) => {
            const ledger = sheets.find(({ name }) => name === 'Inventory ledger')!
            const names = ledger.columns.map(({ name }) => name)
            assert.ok(!names.includes('source_available'), "rule 91: a source's stock is its own business")
        },
    )
})

test('it is asked with a run or with days, and says so otherwise', () => {
    const { given } = reportNamed('product-sync')
    const fault = (asked: object) => given.safeParse({ connection: '1', ...asked }).error?.issues[0]?.message
    assert.match(fault({})!, /expected the number of a run, or the first and the last day/)
    assert.match(fault({ run: '1', ...RANGE })!, /got both/)
    assert.equal(fault({ run: '1' }), undefined)
})
