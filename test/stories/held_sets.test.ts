import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { compareConnection } from '../../jobs/compare.ts'
import { decide } from '../../jobs/decide.ts'
import { setsOf } from '../../sql/changes/changes.ts'
import { connectionById } from '../../sql/stores/stores.ts'
import { NORTHWIND, OUTLET, single, sized } from '../helpers/cast.ts'
import { plain, type Story, startStory } from '../helpers/story.ts'
import { runOf } from '../jobs/extract/extracting.ts'

const things = (goods: number) => Array.from({ length: goods }, (_, n) => single(`Thing ${n + 1}`, `SKU-${n + 1}`))

async function shopsWith(t: TestContext, goods: ReturnType<typeof things>, settings = {}, there: typeof goods = []) {
    const connections = [{ destination: OUTLET, settings: plain(settings) }]
    return startStory(t, { goods: { [NORTHWIND]: goods, [OUTLET]: there }, connections })
}

const available = async (story: Story, sku: string) => (await story.variant(OUTLET, sku)).levels[0]?.available

/** Sets of the connection, by kind and state. */
async function sets({ db, account_id }: Story) {
    return (await setsOf(db, account_id)).map(({ kind, state }) => `${kind} ${state}`).sort()
}

test('rule 86: of a held stock set what known sales lower is written at once, and the rest stays held', async (t) => {
    const story = await shopsWith(t, things(20))
    await story.firstSync()
    for (const n of [1, 2, 3]) await story.edit(NORTHWIND, 'level.set', { sku: `SKU-${n}`, available: 0 })
    await story.nightly()
    const said = await story.held(OUTLET)
    assert.match(said.stock!, /^stock to zero for 3 of 20 items/)
    await story.db.send(
        `update changes set from_sales = true, status = 'approved' where status = 'held' and label = 'SKU-2'`,
    )
    await story.run('load')
    const figures = await Promise.all(['SKU-1', 'SKU-2', 'SKU-3'].map((sku) => available(story, sku)))
    assert.deepEqual(figures, [15, 0, 15])
    assert.deepEqual(await story.held(OUTLET), said)
})

test('rule 88: a comparison of levels alone supersedes the stock set, and no other', async (t) => {
    const there = [single('Thing 1', 'SKU-1', { vendor: 'Ours', variant: { price: '9.00', available: 3 } })]
    const story = await shopsWith(t, things(1), { existing_items: 'overwrite' }, there)
    await story.nightly()
    assert.deepEqual(await sets(story), ['catalogue held', 'price held', 'stock held'])
    const { db, account_id, connections } = story
    const connection = await connectionById(db, account_id, connections.get(OUTLET)!)
    const made = await compareConnection(await runOf(db, account_id), connection, { whole: true, only: 'level' })
    assert.deepEqual(
        made.map(({ kind, state }) => `${kind} ${state}`),
        ['stock held'],
    )
    assert.deepEqual(await sets(story), ['catalogue held', 'price held', 'stock held', 'stock superseded'])
    const { compared_at } = await connectionById(db, account_id, connection.connection_id)
    assert.deepEqual(compared_at, connection.compared_at, 'the next comparison of all has all to look at')
    await story.approveAll()
    assert.deepEqual([await available(story, 'SKU-1'), (await story.variant(OUTLET, 'SKU-1')).price], [15, '10.00'])
})

test('rule 88: a replaced value that is not written yet outlives the comparison that supersedes its set', async (t) => {
    const there = [single('Thing 1', 'SKU-1', { vendor: 'Ours', variant: { price: '9.00' } })]
    const story = await shopsWith(t, things(1), { existing_items: 'overwrite' }, there)
    await story.nightly()
    const { db, account_id } = story
    const [set] = (await setsOf(db, account_id, { state: 'held' })).filter(({ kind }) => kind === 'price')
    await decide(db, { account_id, who: 'ann', set: set!.change_set_id, decision: 'replace', value: '9.50' })
    await story.run('extract')
    await story.run('compare')
    assert.ok((await sets(story)).includes('price superseded'))
    await story.run('load')
    assert.equal((await story.variant(OUTLET, 'SKU-1')).price, '9.50')
})

test('rule 88: a deletion that a person rejected is not proposed again', async (t) => {
    const sizes = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']
    const story = await shopsWith(t, [sized('Tee', 'TEE', sizes)], { remove_variants: true })
    await story.firstSync()
    await story.edit(NORTHWIND, 'variant.delete', { sku: 'TEE-4' })
    await story.nightly()
    assert.deepEqual(await story.held(OUTLET), { catalogue: '1 of 10 variants deleted: more than 5 %' })
    const { db, account_id } = story
    const [set] = await setsOf(db, account_id, { state: 'held' })
    await decide(db, { account_id, who: 'ann', set: set!.change_set_id, decision: 'reject' })
    await story.run('nightly')
    assert.deepEqual(await story.held(OUTLET), {})
    assert.equal((await story.variant(OUTLET, 'TEE-4')).sku, 'TEE-4')
})

test('rule 88: with inventory off the open stock set is superseded, and not written', async (t) => {
    const there = [single('Thing 1', 'SKU-1', { variant: { available: 3 } })]
    const story = await shopsWith(t, things(1), {}, there)
    await story.nightly()
    assert.deepEqual(await sets(story), ['stock held'])
    await story.settings(OUTLET, plain({ inventory: false }))
    await story.nightly()
    assert.deepEqual(await sets(story), ['stock superseded'])
    const superseded = decide(story.db, { account_id: story.account_id, who: 'ann', set: '1', decision: 'approve' })
    await assert.rejects(superseded, /Change set 1 was superseded by a newer comparison: look at changes list\./)
})
