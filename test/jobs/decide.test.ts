import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Decision, decide } from '../../jobs/decide.ts'
import { setsOf } from '../../sql/changes/changes.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { testDatabase } from '../helpers/database.ts'

/** A connection whose first sync proposes: two titles, a price, and a product with its publishing. */
async function firstSync(t: TestContext) {
    const { db } = await testDatabase(t)
    const { account_id } = await addAccount(db, 'northwind')
    await db.send(`
        insert into stores (account_id, domain, role, origin, api_version, credentials)
        values (1, 'northwind.example', 'source', '', '', ''), (1, 'corner-shop.example', 'destination', '', '', '');
        insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state)
        values (1, 1, 2, 'CD-AAAAAA', '{}', 'connected');
        insert into change_sets (account_id, connection_id, kind, state, hold_reason)
        values (1, 1, 'catalogue', 'held', 'first_sync'), (1, 1, 'price', 'held', 'first_sync');
        insert into changes (
            account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id,
            field, label, before, after, base, inputs, origin, rule, depends_on, status
        )
        values
            (1, 1, 1, 'product', 'update', 7, 70, 70, 'title', 'mug', '"Mug"', '"Big mug"', null, null, 'first_sync', 'default', null, 'held'),
            (1, 1, 1, 'product', 'update', 8, 80, 80, 'tags', 'cup', '["red"]', '["blue", "red"]', null, null, 'first_sync', 'default', null, 'held'),
            (1, 1, 1, 'product', 'create', 9, null, 9, '', 'pot', null, '{"title": "Pot"}', null, null, 'first_sync', 'create', null, 'held'),
            (1, 1, 1, 'product', 'update', 9, null, 9, 'published', 'pot', 'false', 'true', null, null, 'first_sync', 'default', 3, 'held'),
            (1, 2, 1, 'variant', 'update', 7, 70, 71, 'price', 'MUG-1', '10.00', '12.50', '10.00', '@1.25', 'first_sync', 'default', null, 'held')`)
    const say = (set: string, decision: Decision, lines?: string[]) =>
        decide(db, { account_id, who: 'ann', set, filter: { lines }, ...decision })
    const rows = async <Row = Record<string, unknown>>(text: string) => (await db.send<Row>(text)).rows
    const statuses = async () =>
        Object.fromEntries(
            (
                await rows<{ change_id: string; status: string }>(
                    'select change_id, status from changes order by change_id',
                )
            ).map(({ change_id, status }) => [change_id, status]),
        )
    const states = async () => (await setsOf(db, account_id)).map(({ state }) => state).reverse()
    const isOver = async () =>
        (await rows<{ over: boolean }>('select first_sync_over_at is not null as over from connections'))[0]?.over
    return { say, rows, statuses, states, isOver }
}

test('rule 88: approving a line approves what it depends on, rejecting one rejects what depends on it', async (t) => {
    const { say, statuses, states } = await firstSync(t)
    assert.equal((await say('1', { decision: 'approve' }, ['4'])).lines, 2)
    assert.deepEqual(await statuses(), { 1: 'held', 2: 'held', 3: 'approved', 4: 'approved', 5: 'held' })
    assert.deepEqual(await states(), ['approved', 'held'], 'what is approved may be loaded, the rest is held on')
    assert.equal((await say('1', { decision: 'reject' }, ['3'])).lines, 2)
    assert.deepEqual(await statuses(), { 1: 'held', 2: 'held', 3: 'rejected', 4: 'rejected', 5: 'held' })
    assert.deepEqual(await states(), ['held', 'held'])
})

test('rule 88: a rejected value is remembered, and the pair is settled as it stands', async (t) => {
    const { say, rows, states } = await firstSync(t)
    await say('1', { decision: 'reject' }, ['1', '2'])
    await say('2', { decision: 'reject' })
    assert.deepEqual(await states(), ['held', 'rejected'])
    assert.deepEqual(
        await rows('select entity, item_id, field, decision, desired, decided_by from decisions order by item_id'),
        [
            {
                entity: 'product',
                item_id: '70',
                field: 'title',
                decision: 'reject',
                desired: 'Big mug',
                decided_by: 'ann',
            },
            { entity: 'variant', item_id: '71', field: 'price', decision: 'reject', desired: 12.5, decided_by: 'ann' },
            {
                entity: 'product',
                item_id: '80',
                field: 'tags',
                decision: 'reject',
                desired: ['blue', 'red'],
                decided_by: 'ann',
            },
        ],
    )
    const [mug, cup] = await rows('select * from baseline.products order by destination_product_id')
    assert.deepEqual([mug?.wrote_title, mug?.saw_title], ['Big mug', 'Mug'])
    const unsettled = new Set(mug?.unsettled as string[])
    assert.deepEqual([unsettled.has('title'), unsettled.has('tags')], [false, true])
    assert.deepEqual([cup?.wrote_tags, cup?.saw_tags], [['blue', 'red'], ['red']])
    const [price] = await rows('select * from baseline.variants')
    assert.deepEqual([price?.wrote_price, price?.saw_price, price?.inputs], ['12.50', '10.00', '@1.25'])

    await say('1', { decision: 'approve' }, ['1'])
    assert.deepEqual(await rows('select item_id from decisions order by item_id'), [
        { item_id: '71' },
        { item_id: '80' },
    ])
})

test('rule 88: a replaced value is what is written, while what the rules wanted is remembered', async (t) => {
    const { say, rows, statuses } = await firstSync(t)
    await say('2', { decision: 'replace', value: '11.90' })
    await say('2', { decision: 'replace', value: '11.50' }, ['5'])
    assert.deepEqual(await rows('select after, status, decided_by from changes where change_id = 5'), [
        { after: 11.5, status: 'approved', decided_by: 'ann' },
    ])
    assert.deepEqual(await rows('select decision, desired, value from decisions'), [
        { decision: 'replace', desired: 12.5, value: 11.5 },
    ])
    await say('1', { decision: 'replace', value: ['green'] }, ['2'])
    assert.deepEqual(await rows('select after from changes where change_id = 2'), [{ after: ['green'] }])
    const before = await statuses()
    await assert.rejects(
        say('2', { decision: 'replace', value: 'cheap' }, ['5']),
        /Expected a value of the field's own type, got "cheap"/,
    )
    await assert.rejects(say('2', { decision: 'replace', value: '10' }, ['5']), /it is there already/)
    await assert.rejects(say('1', { decision: 'replace', value: 'Pot' }, ['3']), /a line creates/)
    assert.deepEqual(await statuses(), before, 'what is refused changes nothing')
})

test('the first sync is over when every set that was held for it has been decided (D9)', async (t) => {
    const { say, isOver, rows } = await firstSync(t)
    assert.equal((await say('1', { decision: 'approve' })).first_sync_over, false)
    assert.equal((await say('2', { decision: 'keep' })).first_sync_over, true)
    assert.equal(await isOver(), true)
    assert.deepEqual(await rows('select decision, desired from decisions'), [{ decision: 'keep', desired: 12.5 }])
})

test('rule 88: a superseded set takes no decision, nor does a line that is not in the set', async (t) => {
    const { say, rows } = await firstSync(t)
    await assert.rejects(say('1', { decision: 'approve' }, ['5']), /Set 1 has no line 5 that can be decided/)
    await rows("update change_sets set state = 'superseded' where change_set_id = 1")
    await assert.rejects(say('1', { decision: 'approve' }), /superseded by a newer comparison: look at changes list/)
    await assert.rejects(say('99', { decision: 'approve' }), /Expected a change set of this account, got 99/)
})
