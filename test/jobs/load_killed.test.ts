import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConnection } from '../../jobs/load.ts'
import { runOf } from './extract/extracting.ts'
import { dyingAt, Killed } from './load/dying.ts'
import { compared, connectionOf, loadedIn, rowsOf, synced } from './load/loading.ts'
import { agree, changeAnew, storyOf } from './load/story.ts'

/** Steps at which the process dies, spread over a load of some sixty. */
const deaths = [3, 9, 16, 27, 34, 50]

test('rule 89: killed before or after the send of a call, the next run ends as an undisturbed one would', async (t) => {
    const shops = await storyOf(t)
    for (const [index, step] of deaths.entries()) {
        await changeAnew(shops, index + 1)
        const context = dyingAt(await compared(shops), step)
        await assert.rejects(loadConnection(context, await connectionOf(shops)), Killed, `dies at step ${step}`)
        // Every other time the set itself is taken up again, without a comparison before it.
        if (index % 2) await loadedIn(await runOf(shops.db, shops.account_id), shops)
        await synced(shops)
        await agree(shops)
        assert.deepEqual(
            await rowsOf(shops, `select name, state from calls where state <> 'answered'`),
            [],
            `step ${step}`,
        )
    }
    assert.deepEqual(await synced(shops), {})
})
