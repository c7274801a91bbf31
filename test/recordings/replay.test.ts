import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { after, test } from 'node:test'
import { notReplayed } from './not_replayed.ts'
import { readRecording } from './recording.ts'
import { scenarios } from './scenarios/index.ts'
import { Stage } from './stage.ts'

const folder = process.env.SHOPIFY_RECORDINGS

if (folder === undefined || folder === '') {
    test('recorded exchanges are replayed', { skip: 'SHOPIFY_RECORDINGS names no folder of recordings' }, () => {})
} else {
    const files = globSync('**/*.json', { cwd: folder }).toSorted()
    let exchanges = 0
    let replayed = 0

    for (const { file, shop, play } of scenarios) {
        test(`what was recorded in ${file} is answered the same`, async (t) => {
            const stage = await Stage.set(readRecording(folder, file), shop)
            t.after(() => stage.close())
            await play(stage)
            assert.ok(stage.replayed > 0)
            exchanges += stage.replayed
            replayed += 1
        })
    }

    test('every recording is replayed or has its own reason not to be', () => {
        const known = new Set([...scenarios.map(({ file }) => file), ...Object.keys(notReplayed)])
        assert.deepEqual(
            files.filter((file) => !known.has(file)),
            [],
        )
        assert.deepEqual(
            [...known].filter((file) => !files.includes(file)),
            [],
        )
        const reasons = Object.values(notReplayed)
        assert.equal(new Set(reasons).size, reasons.length, 'two recordings share a reason; each needs its own')
    })

    after(() => {
        console.log(`replayed ${replayed} of ${files.length} recordings (${exchanges} exchanges)`)
        for (const [file, reason] of Object.entries(notReplayed)) console.log(`not replayed: ${file}: ${reason}`)
    })
}
