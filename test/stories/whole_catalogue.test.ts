import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, MARKET_STALL, NORTHWIND, OUTLET } from '../helpers/cast.ts'
import { plain } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'

const northwind = { products: 240, seed: 11 }

const goods = {
    [NORTHWIND]: northwind,
    [CORNER_SHOP]: { of: northwind, share: 0.3 },
    [OUTLET]: { of: northwind, share: 0.1, seed: 3 },
}

const connections = [
    { destination: CORNER_SHOP, settings: plain({ price_rules: [{ percent: '10', round: '.99' }] }) },
    {
        destination: MARKET_STALL,
        settings: plain({ scopes: ['sale', 'new-arrivals'].map((value) => ({ kind: 'collection', value })) }),
    },
    {
        destination: OUTLET,
        settings: plain({
            existing_items: 'overwrite',
            lock_rules: ['price', 'compare_at_price'].map((field) => ({ field, mode: 'create_only' })),
        }),
    },
]

test('rule 81: a catalogue with the oddities of real ones agrees after its first sync, and then nothing is written', async (t) => {
    const story = await syncedStory(t, { goods, connections })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})
