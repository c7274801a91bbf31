import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, DESTINATION, rowsOf, type Shops, synced } from './load/loading.ts'
import { agree, changeEverything, everyMutation, storyOf } from './load/story.ts'

const unwritten = (shops: Shops) =>
    rowsOf(
        shops,
        `select entity, action, field, label, status, message from changes
        where status not in ('applied', 'as_stored', 'superseded')`,
    )
const unanswered = (shops: Shops) => rowsOf(shops, `select name, state, error from calls where state <> 'answered'`)

/** Strikes the first call of every mutation there is. */
async function failEvery(shops: Shops, kind: string): Promise<void> {
    for (const name of everyMutation) await at(shops, 'fail.next', { kind, shop: DESTINATION, name })
}

test('rule 81: every kind of change is written once, and the second run has nothing to do', async (t) => {
    const shops = await storyOf(t)
    await agree(shops)
    await changeEverything(shops)
    await synced(shops)
    assert.deepEqual(await unwritten(shops), [])
    await agree(shops)
    assert.deepEqual(await synced(shops), {})
    await agree(shops)
})

for (const { kind, says } of [
    { kind: 'timeout_after', says: 'answers are lost after the write was done' },
    { kind: 'timeout_before', says: 'requests are lost before they arrive' },
    { kind: 'bad_gateway', says: 'a gateway answers 502' },
    { kind: 'throttled', says: 'requests are refused for their rate' },
]) {
    test(`rule 89: when ${says}, for the first call of each kind, nothing is missing or there twice`, async (t) => {
        const shops = await storyOf(t)
        await changeEverything(shops)
        await failEvery(shops, kind)
        await synced(shops)
        assert.deepEqual(await unwritten(shops), [])
        assert.deepEqual(await unanswered(shops), [])
        await agree(shops)
        assert.deepEqual(await synced(shops), {})
    })
}
