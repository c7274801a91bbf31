import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { noticesOf } from '../../sql/runs/notices.ts'
import { NORTHWIND, OUTLET, single } from '../helpers/cast.ts'
import { deskOf, wrongUse } from '../helpers/desk.ts'
import { plain, type Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'

async function synced(t: TestContext) {
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1')] },
        connections: [{ destination: OUTLET, settings: plain() }],
    })
    return { story, connection: story.connections.get(OUTLET)!, ...deskOf(story) }
}

const audited = async ({ db }: Story) =>
    (await db.send<{ what: string; who: string }>('select what, who from audit_events order by event_id')).rows

test('D14: block shows its numbers and asks; without a terminal and --yes it is wrong use, and nothing is done', async (t) => {
    const { story, connection, crossdock, said } = await synced(t)
    const given = { connection: String(connection) }
    await assert.rejects(crossdock('block', given), wrongUse(/there is no terminal .* say --yes/))
    assert.match(said.join('\n'), /1 linked items in 1 products, 1 of them made by Crossdock; 15 units on sale there/)
    assert.match(said.join('\n'), /Stock is set to 0 at 1 places/)
    await assert.rejects(crossdock('block', { ...given, items: 'delete' }), wrongUse(/--items/))
    const told = await crossdock('block', { ...given, yes: true })
    assert.deepEqual([told.json.state, told.json.lines], ['blocked', { 'level.update.applied': 1 }])
    const events = (await audited(story)).filter(
        ({ what }) => what.startsWith('connection.') && what !== 'connection.set',
    )
    assert.deepEqual(
        events.map(({ what, who }) => `${who}: ${what}`),
        ['the operator: connection.end_asked', 'the operator: connection.blocked'],
    )
    const still = `Connection ${connection} is blocked: see crossdock unblock.`
    assert.ok(String((await crossdock('status', {})).text).includes(still))
    assert.ok(String((await crossdock('run hourly', given)).failed).endsWith(still), 'a run of it alone says why')
    await assert.rejects(crossdock('reconnect', { ...given, yes: true }), /that is disconnected to be reconnected/)
    assert.equal((await crossdock('unblock', { ...given, yes: true })).json.state, 'connected')
    await crossdock('disconnect', { ...given, yes: true })
    assert.equal((await crossdock('reconnect', { ...given, yes: true })).json.state, 'connected')
    await assert.rejects(crossdock('block', { connection: '99' }), /Expected a connection of this account, got 99/)
})

test('D6: a store changes its role once nothing is connected to it, and what was linked stays linked', async (t) => {
    const { story, connection, crossdock } = await synced(t)
    const role = (domain: string, wanted: string) => crossdock('store role', { domain, role: wanted, yes: true })
    await assert.rejects(
        role(OUTLET, 'source'),
        new RegExp(`First:\\s+crossdock disconnect --connection ${connection}`),
    )
    await assert.rejects(role(OUTLET, 'destination'), /is a destination already/)
    await crossdock('disconnect', { connection: String(connection), yes: true })
    await role(OUTLET, 'source')
    await assert.rejects(
        crossdock('reconnect', { connection: String(connection), yes: true }),
        /Expected outlet\.example as the destination of this connection, but it is a source now/,
    )
    await role(NORTHWIND, 'destination')
    await story.edit(OUTLET, 'variant.edit', { sku: 'MUG-1', set: { sku: 'OTHER-1' } })
    const made = await crossdock('connect', { source: OUTLET, destination: NORTHWIND })
    await story.run('nightly')
    const { rows } = await story.db.send(
        `select created_by_us, matched_by from variant_links where connection_id = ${made.json.connection}`,
    )
    assert.deepEqual(rows, [{ created_by_us: false, matched_by: 'sku' }], 'linked still, though its SKU is another now')
    assert.equal((await story.state(NORTHWIND)).products.length, 1)
})

test('rule 21b: movements that are open for 30 days wait for a person, who may release them', async (t) => {
    const { story, connection, crossdock } = await synced(t)
    const { db, account_id } = story
    const sold = (n: number, ago: string) =>
        `(${account_id}, ${connection}, 'sale', 'line_item', ${n}, 1, 1, 1, 1, 1, -${n}, now() - interval '${ago}')`
    await db.send(
        `insert into stock_movements (account_id, connection_id, kind, origin, origin_id, location_id, source_item_id,
            destination_item_id, source_location_id, factor, units, known_at)
        values ${sold(2, '31 days')}, ${sold(3, '2 days')}`,
    )
    await story.run('nightly')
    const notice = async () => (await noticesOf(db, account_id)).find(({ code }) => code === 'movements_old')
    assert.match((await notice())?.text ?? '', /1 stock movements \(-2 units\) are open for 30 days/)
    const { json, text } = await crossdock('movements list', { old: true })
    await assert.rejects(crossdock('movements list', { connection: '99' }), /connection of this account, got 99/)
    const [old] = json.movements as { movement_id: string; units: number }[]
    assert.equal(old?.units, -2)
    assert.match(String(text), /waits for a person/)
    const given = { movements: [old!.movement_id] }
    await assert.rejects(crossdock('movements release', given), wrongUse(/say --yes/))
    const { json: done } = await crossdock('movements release', { ...given, yes: true })
    assert.deepEqual(done, { released: 1, units: -2 })
    await assert.rejects(crossdock('movements release', { ...given, yes: true }), /are closed or unknown/)
    const closed = (await crossdock('movements list', { closed: true })).json.movements as { why: string }[]
    assert.deepEqual(
        closed.map(({ why }) => why),
        ['released_by_person'],
    )
    await story.run('nightly')
    assert.equal(await notice(), undefined)
    assert.ok((await audited(story)).some(({ what }) => what === 'movements.released'))
})
