import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP } from '../helpers/cast.ts'
import { deskOf, wrongUse } from '../helpers/desk.ts'
import { buy, pushing, reasons } from '../helpers/pushing.ts'

type Row = { name: string; push_state: string; reason: string | null; decision: string | null; lines?: object[] }
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

test('orders are listed with what keeps them, held and released, and shown line by line', async (t) => {
    const story = await pushing(t, { settings: { push: { automatic: false } } })
    const { crossdock } = deskOf(story)
    const { name } = await buy(story, [{ sku: 'MUG', quantity: 2 }])
    await story.hourly()
    const listed = async (given = {}) => (await crossdock('orders list', given)).json.orders as unknown as Row[]
    assert.deepEqual(
        (await listed()).map((row) => [row.name, row.push_state, row.reason]),
        [[name, 'not_pushed', 'PUSH_DISABLED']],
    )
    assert.deepEqual(await listed({ state: 'pushed' }), [])
    assert.equal((await listed({ reason: 'push_disabled' })).length, 1)
    await crossdock('orders hold', { orders: [name.slice(1)], connection: '1' })
    assert.deepEqual(
        (await listed()).map(({ decision }) => decision),
        ['hold'],
    )
    await crossdock('orders release', { orders: [name], connection: '1' })
    const { order } = (await crossdock('orders show', { order: name, connection: '1' })).json as unknown as {
        order: Row
    }
    assert.deepEqual(
        order.lines?.map((line) => (line as { line_state: string }).line_state),
        ['travels'],
    )
    await assert.rejects(crossdock('orders hold', { orders: ['#77'], connection: '1' }), /but #77 is none/)
    await assert.rejects(crossdock('orders hold', { connection: '1' }), wrongUse(/Expected orders, by name or id/))
    const { json } = await crossdock('orders push', { orders: [name], connection: '1' })
    assert.equal(json.state, 'done')
    assert.deepEqual(
        (await listed()).map(({ push_state }) => push_state),
        ['pushed'],
    )
})

test('rule 70: orders older than the connection are read and pushed by their days, which are both included', async (t) => {
    const story = await pushing(t)
    const { crossdock, said } = deskOf(story)
    for (const ago of [9, 10, 11]) {
        await buy(story, [{ sku: 'MUG', quantity: 1 }], { name: `#${ago}`, createdSecondsAgo: ago * 86_400 })
    }
    const asked = { from: day(10), to: day(10), connection: '1' }
    await assert.rejects(crossdock('orders push', asked), wrongUse(/no terminal/))
    assert.match(said.join('\n'), /1 orders are to be pushed: #10\./)
    await crossdock('orders push', { ...asked, yes: true })
    assert.deepEqual(await reasons(story), { '#9': 'BEFORE_CONNECTION', '#10': 'pushed' })
    const { text } = await crossdock('orders push', asked)
    assert.match(String(text), /no order that fits and is not at the source yet/)
    await assert.rejects(crossdock('orders push', { connection: '1', from: day(9) }), wrongUse(/expected both/))
    await assert.rejects(crossdock('orders push', { connection: '1' }), wrongUse(/either orders, or --from and --to/))
    const strange = { from: '2026-02-31', to: '9999-12-31', connection: '1' }
    await assert.rejects(
        crossdock('orders push', strange),
        wrongUse(/--from: expected a day[\s\S]*--to: expected a day/),
    )
})

test('rule 57: the automatic push of a destination is switched off for all of its sources', async (t) => {
    const story = await pushing(t)
    const { crossdock } = deskOf(story)
    await crossdock('store push', { domain: CORNER_SHOP, automatic: 'off' })
    const { name } = await buy(story, [{ sku: 'MUG', quantity: 1 }])
    await story.hourly()
    assert.equal((await reasons(story))[name], 'PUSH_DISABLED')
    await crossdock('store push', { domain: CORNER_SHOP, automatic: 'on' })
    await story.hourly()
    assert.equal((await reasons(story))[name], 'pushed')
    await assert.rejects(
        crossdock('store push', { domain: 'northwind.example', automatic: 'on' }),
        /Expected a destination of this account, got northwind.example/,
    )
})
