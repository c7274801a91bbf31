import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, cornerGoods, dozen, NORTHWIND } from '../helpers/cast.ts'
import { plain, startStory } from '../helpers/story.ts'

const goods = { [NORTHWIND]: dozen, [CORNER_SHOP]: cornerGoods }
const connections = [{ destination: CORNER_SHOP, settings: plain() }]

test('D9: the first change set of a connection is held until a person approves it', async (t) => {
    const story = await startStory(t, { goods, connections })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await story.approveAll()
    const mug = await story.product(CORNER_SHOP, 'mug')
    assert.deepEqual([mug.variants[0]!.price, mug.media.length, mug.publishedOn.length], ['8.00', 2, 1])
})

test('rule 81: the second run over unchanged shops writes nothing', async (t) => {
    const story = await startStory(t, { goods, connections })
    await story.firstSync()
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
})
